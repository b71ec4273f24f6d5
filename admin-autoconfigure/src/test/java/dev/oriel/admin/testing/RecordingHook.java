package dev.oriel.admin.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import dev.oriel.admin.extension.AfterWrite;
import dev.oriel.admin.extension.BeforeWrite;
import dev.oriel.admin.extension.PendingRow;
import dev.oriel.admin.extension.Write;
import dev.oriel.admin.extension.WriteHook;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A hook that writes down how it is called, and does what a test wants.
 */
public class RecordingHook implements WriteHook {

	public final List<BeforeWrite> befores = new ArrayList<>();

	public final List<AfterWrite> afters = new ArrayList<>();

	public final List<AfterWrite> commits = new ArrayList<>();

	public final List<String> calls = new ArrayList<>();

	public Consumer<BeforeWrite> before = (write) -> {
	};

	public Consumer<AfterWrite> after = (write) -> {
	};

	public Consumer<AfterWrite> afterCommit = (write) -> {
	};

	@Override
	public void before(BeforeWrite write) {
		assertThat(write.rows()).extracting(PendingRow::values).doesNotContainNull();
		this.befores.add(write);
		this.calls.add("before " + describe(write, write.rows().size()));
		this.before.accept(write);
	}

	@Override
	public void after(AfterWrite write) {
		this.afters.add(write);
		this.calls.add("after " + describe(write, write.rows().size()));
		this.after.accept(write);
	}

	@Override
	public void afterCommit(AfterWrite write) {
		this.commits.add(write);
		this.calls.add("committed " + describe(write, write.rows().size()));
		this.afterCommit.accept(write);
	}

	private static String describe(Write write, int rows) {
		return write.operation() + " " + rows;
	}

	/**
	 * Return the images of the rows of the last call after a write, without the columns
	 * that are null.
	 */
	public String images() {
		return String.join("; ", images(this.afters.subList(this.afters.size() - 1, this.afters.size())));
	}

	/**
	 * Return the images of the rows of some calls, each without the columns that are
	 * null.
	 */
	public static List<String> images(List<AfterWrite> writes) {
		return writes.stream()
			.flatMap((write) -> write.rows().stream())
			.map((row) -> (row.before() + " -> " + row.after()).replaceAll("\"\\w+\":null,?", ""))
			.toList();
	}

}

package dev.oriel.admin.data;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import dev.oriel.admin.extension.AfterWrite;
import dev.oriel.admin.extension.BeforeWrite;
import dev.oriel.admin.extension.Write;
import dev.oriel.admin.extension.WriteHook;

/**
 * A hook that writes down how it is called, and does what a test wants.
 */
class RecordingHook implements WriteHook {

	final List<BeforeWrite> befores = new ArrayList<>();

	final List<AfterWrite> afters = new ArrayList<>();

	final List<AfterWrite> commits = new ArrayList<>();

	final List<String> calls = new ArrayList<>();

	Consumer<BeforeWrite> before = (write) -> {
	};

	Consumer<AfterWrite> after = (write) -> {
	};

	Consumer<AfterWrite> afterCommit = (write) -> {
	};

	@Override
	public void before(BeforeWrite write) {
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
	String images() {
		return this.afters.get(this.afters.size() - 1)
			.rows()
			.stream()
			.map((row) -> row.before() + " -> " + row.after())
			.collect(Collectors.joining("; "))
			.replaceAll("\"\\w+\":null,?", "");
	}

}

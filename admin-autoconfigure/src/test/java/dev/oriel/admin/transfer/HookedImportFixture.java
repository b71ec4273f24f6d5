package dev.oriel.admin.transfer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import javax.sql.DataSource;

import dev.oriel.admin.extension.AfterWrite;
import dev.oriel.admin.extension.BeforeWrite;
import dev.oriel.admin.extension.PendingRow;
import dev.oriel.admin.extension.Write;
import dev.oriel.admin.extension.WriteHook;
import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the tests of imports into relations with hooks share.
 */
@ExtendWith(OutputCaptureExtension.class)
abstract class HookedImportFixture {

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create("dev/oriel/admin/transfer/import.sql");

	@TempDir
	Path directory;

	final DataSource host = database.dataSource();

	final JdbcTemplate jdbc = new JdbcTemplate(this.host);

	final Recording hook = new Recording();

	ImportRig rig;

	@BeforeEach
	void reset() {
		database.execute("TRUNCATE place, item, node, guarded, kinds RESTART IDENTITY CASCADE;"
				+ "INSERT INTO place VALUES (1, 'here'), (2, 'there');"
				+ "CREATE TABLE IF NOT EXISTS log (line text); TRUNCATE log");
		this.rig = ImportRig.of(database, this.directory, this.hook);
	}

	@AfterEach
	void nothingIsLeftOnTheThread() {
		assertThat(TransactionSynchronizationManager.getResourceMap()).isEmpty();
		assertThat(TransactionSynchronizationManager.isSynchronizationActive()).isFalse();
		this.rig.jobs().close();
		assertThat(this.directory).isEmptyDirectory();
	}

	String items() {
		return String.valueOf(this.jdbc.queryForObject(
				"SELECT coalesce(string_agg(concat_ws('|', id, name, place_id, price, note), '; ' ORDER BY id), '') FROM item",
				String.class));
	}

	/**
	 * A hook that writes down how it is called, and does what a test wants.
	 */
	static final class Recording implements WriteHook {

		final List<String> calls = new ArrayList<>();

		final List<String> images = new ArrayList<>();

		final List<String> committed = new ArrayList<>();

		Consumer<BeforeWrite> before = (write) -> {
		};

		Consumer<AfterWrite> after = (write) -> {
		};

		Consumer<AfterWrite> afterCommit = (write) -> {
		};

		@Override
		public void before(BeforeWrite write) {
			note("before", write, write.rows().size());
			assertThat(write.rows()).extracting(PendingRow::values).doesNotContainNull();
			this.before.accept(write);
		}

		@Override
		public void after(AfterWrite write) {
			note("after", write, write.rows().size());
			this.images.addAll(images(write));
			this.after.accept(write);
		}

		@Override
		public void afterCommit(AfterWrite write) {
			note("committed", write, write.rows().size());
			this.committed.addAll(images(write));
			this.afterCommit.accept(write);
		}

		private void note(String call, Write write, int rows) {
			this.calls.add(call + " " + write.operation() + " " + rows);
		}

		private static List<String> images(AfterWrite write) {
			return write.rows()
				.stream()
				.map((row) -> (row.before() + " -> " + row.after()).replaceAll("\"\\w+\":null,?", ""))
				.toList();
		}

	}

}

package dev.oriel.admin.transfer;

import java.nio.file.Path;

import javax.sql.DataSource;

import dev.oriel.admin.testing.PostgresDatabase;
import dev.oriel.admin.testing.RecordingHook;
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

	final RecordingHook hook = new RecordingHook();

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

}

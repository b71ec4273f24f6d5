package dev.oriel.admin.transfer;

import java.nio.file.Path;

import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the tests of imports share.
 */
abstract class ImportFixture {

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create("dev/oriel/admin/transfer/import.sql");

	@TempDir
	Path directory;

	ImportRig rig;

	@BeforeEach
	void reset() {
		database.execute("TRUNCATE place, item, node, guarded, kinds RESTART IDENTITY CASCADE;"
				+ "INSERT INTO place VALUES (1, 'here'), (2, 'there')");
		this.rig = ImportRig.of(database, this.directory);
	}

	static String items() {
		return database.jdbc()
			.sql("SELECT coalesce(string_agg(concat_ws('|', id, name, coalesce(place_id::text, ''), coalesce(price::text, ''), "
					+ "coalesce(day::text, '')), '; ' ORDER BY id), '') FROM item")
			.query(String.class)
			.single();
	}

}

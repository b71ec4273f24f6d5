package dev.oriel.admin.data;

import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What the tests of rows that are written with their relatives share.
 */
abstract class FamilyWritesFixture {

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create("dev/oriel/admin/data/family.sql");

	Rig rig;

	@BeforeEach
	void reset() {
		String tables = database.jdbc()
			.sql("SELECT string_agg(quote_ident(tablename), ', ') FROM pg_tables WHERE schemaname = 'public'")
			.query(String.class)
			.single();
		database.execute("TRUNCATE " + tables + " RESTART IDENTITY; ALTER SEQUENCE ticket_number RESTART; "
				+ "INSERT INTO sector VALUES ('it', 'Software'), ('food', 'Food'); "
				+ "INSERT INTO company (name, sector_code) VALUES ('One', 'it'), ('Two', NULL); "
				+ "INSERT INTO finance (company_id, year) VALUES (1, 2001), (1, 2002), (2, 2001); "
				+ "INSERT INTO team (company_id, name) VALUES (1, 'a'), (1, 'b'), (2, 'c'); "
				+ "INSERT INTO tag (name) VALUES ('old'), ('big'), ('new'); "
				+ "INSERT INTO company_tag (company_id, tag_id) VALUES (1, 1), (1, 2), (2, 2)");
		this.rig = Rig.of(database);
	}

	String insert(String relation, String body) {
		return compact(this.rig.insert(relation, body));
	}

	String update(String relation, String query, String body) {
		return compact(this.rig.update(relation, query, body));
	}

	static String compact(String json) {
		return json.replaceAll(",\\s+\\{", ",{");
	}

	static String column(String sql) {
		return String.join(",", database.jdbc().sql(sql).query(String.class).list());
	}

}

package dev.oriel.sample;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The data that the stories are told with.
 */
class MigrationIntegrationTests {

	private static final String RELATIONS = """
			select format('%I.%I', schemaname, tablename) from pg_tables
			where schemaname in ('company', 'customers', 'housing', 'engine')
			""";

	private static String url;

	@BeforeAll
	static void migrate() {
		url = migratedDatabase();
	}

	private static String migratedDatabase() {
		String database = TestDatabase.create();
		Flyway.configure().dataSource(database, null, null).load().migrate();
		return database;
	}

	@Test
	void fillsEachTable() throws SQLException {
		Map<String, String> counts = query(url, "select count(*) from %s");
		assertThat(counts).hasSize(20)
			.containsEntry("company.company", "500")
			.containsEntry("company.finance", "20000")
			.containsEntry("customers.customer", "5000")
			.containsEntry("customers.bank_account", "4468")
			.containsEntry("engine.file", "800")
			.containsEntry("engine.job", "1950")
			.containsEntry("engine.worker", "6")
			.containsEntry("housing.ward", "8")
			.containsEntry("housing.census_tract", "206")
			.containsEntry("housing.project", "362")
			.containsEntry("housing.building_permit", "12000")
			.containsEntry("housing.crime", "200000")
			.containsEntry("housing.tax", "15000")
			.containsEntry("housing.metro_station", "40")
			.containsEntry("housing.metro_distance", "1086");
		assertThat(counts.values()).doesNotContain("0");
	}

	@Test
	void makesTheSameDataEachTime() throws SQLException {
		String digest = "select md5(string_agg(t::text, chr(10) order by t::text)) from %s as t";
		assertThat(query(migratedDatabase(), digest)).isEqualTo(query(url, digest));
	}

	@Test
	void givesEveryAccountAValidIban() throws SQLException {
		assertThat(single("""
				select count(*) from customers.bank_account
				where (substr(iban, 5) || '1314' || substr(iban, 3, 2))::numeric % 97 <> 1
				""")).isEqualTo("0");
	}

	@Test
	void describesEveryTableAndView() throws SQLException {
		assertThat(single("""
				select string_agg(c.oid::regclass::text, ', ') from pg_class c
				where c.relkind in ('r', 'v', 'm')
				  and c.relnamespace::regnamespace::text in ('company', 'customers', 'housing', 'engine')
				  and obj_description(c.oid, 'pg_class') is null
				""")).isNull();
	}

	@Test
	void countsTheRowsOfEachTableForThePlanner() throws SQLException {
		assertThat(single("""
				select count(*) from pg_class
				where relkind = 'r' and reltuples < 0
				  and relnamespace::regnamespace::text in ('company', 'customers', 'housing', 'engine')
				""")).isEqualTo("0");
	}

	private static String single(String sql) throws SQLException {
		try (Connection connection = TestDatabase.connect(url);
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery(sql)) {
			rows.next();
			return rows.getString(1);
		}
	}

	private static Map<String, String> query(String database, String sqlPerTable) throws SQLException {
		Map<String, String> results = new TreeMap<>();
		try (Connection connection = TestDatabase.connect(database);
				Statement statement = connection.createStatement();
				Statement perTable = connection.createStatement();
				ResultSet tables = statement.executeQuery(RELATIONS)) {
			while (tables.next()) {
				String table = tables.getString(1);
				try (ResultSet row = perTable.executeQuery(sqlPerTable.formatted(table))) {
					row.next();
					results.put(table, row.getString(1));
				}
			}
		}
		return results;
	}

}

package dev.oriel.admin.data;

import java.util.ArrayList;
import java.util.List;

import dev.oriel.admin.query.Anchor;
import dev.oriel.admin.query.Filter;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.sql.Bound;
import dev.oriel.admin.sql.Keyset;
import dev.oriel.admin.sql.Scope;
import dev.oriel.admin.sql.Returned;
import dev.oriel.admin.sql.SqlStatement;
import dev.oriel.admin.sql.VersionMode;
import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a page far inside of a table reads as much of it as the first one. What is
 * compared are blocks, because time depends on who else uses the machine.
 */
class KeysetCostIntegrationTests {

	private static final int ROWS = 50_000;

	private static final int PAGE = 50;

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create();

	@BeforeAll
	static void fill() {
		database.execute(
				"""
						CREATE TABLE big (id int PRIMARY KEY, at timestamptz NOT NULL, status text NOT NULL, rank int, name text);
						INSERT INTO big SELECT n, timestamptz '2024-01-01' + n / 10 * interval '1 minute', 's' || n %% 3,
						  nullif(n / 100, 499), 'name ' || n FROM generate_series(1, %d) n;
						CREATE INDEX ON big (at, id);
						CREATE INDEX ON big (status, id);
						CREATE INDEX ON big (rank, id);
						CREATE INDEX ON big (status, at DESC, id);
						"""
					.formatted(ROWS));
		// Not with the rest: VACUUM runs in no transaction.
		database.execute("VACUUM ANALYZE big");
	}

	@ParameterizedTest
	@CsvSource({ "id", "id.desc", "at", "at.desc", "status", "status.desc", "rank", "rank.desc",
			"'status,at.desc,id.asc'" })
	void deepPagesReadNoMoreThanTheFirst(String order) throws Exception {
		Query query = Rig.query("order=" + order).withPage((long) PAGE, null);
		Rig rig = Rig.of(database);
		Relation relation = rig.source().snapshot().relation(Rig.name("big"));
		Keyset keyset = Keyset.of(new Scope(relation, relation.columnsByName().keySet(), Filter.NONE), query);
		long first = blocks(
				keyset.rows(Returned.json(VersionMode.NONE), false, new Bound(Anchor.Side.AFTER, List.of()), PAGE + 1));
		RowPage deep = rig.reader()
			.read(Rig.CALLER, Rig.name("big"), query.withPage(1L, (long) (ROWS * 0.99)), ReadOptions.DEFAULTS);
		List<String> place = place(deep.rows().get(0), query);
		for (Anchor.Side side : Anchor.Side.values()) {
			long blocks = blocks(keyset.rows(Returned.json(VersionMode.NONE), false, new Bound(side, place), PAGE + 2));
			// A few more for the way down from the roots of the index.
			assertThat(blocks).as("%s, first page %d", side, first).isLessThan(first * 12 / 10 + 10);
		}
	}

	private static List<String> place(Row row, Query query) {
		JsonNode json = JsonMapper.shared().readTree(row.json());
		List<String> columns = new ArrayList<>(query.order().stream().map((term) -> term.column().column()).toList());
		if (!columns.contains("id")) {
			columns.add("id");
		}
		return columns.stream().map((column) -> json.get(column).asString()).toList();
	}

	private static long blocks(SqlStatement statement) throws Exception {
		SqlStatement explained = new SqlStatement(
				"EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) " + statement.sql(), statement.args());
		String plan = new Database(database.dataSource(), Rig.SETTINGS)
			.read((connection) -> Database.query(connection, explained, (rows) -> {
				rows.next();
				return rows.getString(1);
			}));
		JsonNode root = JsonMapper.shared().readTree(plan).get(0).get("Plan");
		return root.get("Shared Hit Blocks").asLong() + root.get("Shared Read Blocks").asLong();
	}

}

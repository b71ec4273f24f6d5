package dev.oriel.admin.benchmark;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import javax.sql.DataSource;

import dev.oriel.admin.query.Anchor;
import dev.oriel.admin.query.Filter;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.query.QueryParser;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.Relationships;
import dev.oriel.admin.schema.SchemaSnapshot;
import dev.oriel.admin.schema.postgres.PostgresSchemaSource;
import dev.oriel.admin.schema.postgres.ReflectionSettings;
import dev.oriel.admin.sql.Bound;
import dev.oriel.admin.sql.Keyset;
import dev.oriel.admin.sql.ReadStatements;
import dev.oriel.admin.sql.Related;
import dev.oriel.admin.sql.Returned;
import dev.oriel.admin.sql.RowFormat;
import dev.oriel.admin.sql.Scope;
import dev.oriel.admin.sql.SqlStatement;
import dev.oriel.admin.sql.VersionMode;

/**
 * The statements that Oriel runs for each kind of read, for the endpoints that it is
 * compared with.
 */
final class StatementsOfReads {

	private static final String VALUE = "4711";

	private static final Returned RETURNED = new Returned(VersionMode.NONE, RowFormat.JSON, false);

	private final Map<String, Read> reads = new ConcurrentHashMap<>();

	private final SchemaSnapshot snapshot;

	StatementsOfReads(DataSource dataSource) {
		try (PostgresSchemaSource source = new PostgresSchemaSource(dataSource, ReflectionSettings.ALL)) {
			this.snapshot = source.snapshot();
		}
		put("page", "order=id&limit=50");
		put("filtered", "customer_id=eq." + VALUE + "&order=placed_at.desc&limit=50");
		put("row", "id=eq." + VALUE + "&limit=10000");
		put("embedded", "select=id,status,total,customer(id,name,country)&order=id&limit=50&customer.limit=10000");
		Keyset keyset = Keyset.of(scope("orders"), query("order=id"));
		this.reads.put("after",
				new Read(keyset.rows(RETURNED, false, new Bound(Anchor.Side.AFTER, List.of(VALUE)), 52), 1));
	}

	private void put(String name, String query) {
		this.reads.put(name, new Read(ReadStatements.rows(scope("orders"), query(query), RETURNED), 0));
	}

	private static Query query(String query) {
		return new QueryParser().parse(query);
	}

	private Scope scope(String name) {
		return scope(new RelationName("public", name));
	}

	private Scope scope(RelationName name) {
		Relation relation = this.snapshot.relation(name);
		Related related = new Related(new Relationships(this.snapshot), this::scope, (any) -> List.of());
		return new Scope(relation, relation.columnsByName().keySet(), Filter.NONE, related, null);
	}

	Read get(String name) {
		return this.reads.get(name);
	}

	/**
	 * A statement.
	 *
	 * @param statement the statement
	 * @param skipped how many rows at the beginning are not shown; if there are any, the
	 * last is not shown either
	 */
	record Read(SqlStatement statement, int skipped) {

		String sql() {
			return this.statement.sql();
		}

		List<String> args(String value) {
			return this.statement.args().stream().map((arg) -> VALUE.equals(arg) ? value : arg).toList();
		}

	}

}

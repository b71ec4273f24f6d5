package dev.oriel.admin.benchmark;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import javax.sql.DataSource;

import dev.oriel.admin.query.Filter;
import dev.oriel.admin.query.QueryParser;
import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.postgres.PostgresSchemaSource;
import dev.oriel.admin.schema.postgres.ReflectionSettings;
import dev.oriel.admin.sql.Changes;
import dev.oriel.admin.sql.InsertedRows;
import dev.oriel.admin.sql.Returned;
import dev.oriel.admin.sql.RowFormat;
import dev.oriel.admin.sql.Scope;
import dev.oriel.admin.sql.SqlStatement;
import dev.oriel.admin.sql.VersionMode;
import dev.oriel.admin.sql.WriteStatements;

/**
 * The statements that Oriel runs for each kind of write, for the endpoints that it is
 * compared with.
 */
final class StatementsOfWrites {

	private static final String BODY = "the body";

	private static final String VALUE = "4711";

	private static final Returned RETURNED = new Returned(VersionMode.NONE, RowFormat.JSON, true);

	private final Map<String, SqlStatement> writes;

	StatementsOfWrites(DataSource dataSource) {
		try (PostgresSchemaSource source = new PostgresSchemaSource(dataSource, ReflectionSettings.ALL)) {
			Relation orders = source.snapshot().relation(new RelationName("public", "orders"));
			Scope scope = new Scope(orders, orders.columnsByName().keySet(), Filter.NONE);
			this.writes = Map.of("insert",
					WriteStatements.insert(scope,
							new InsertedRows(columns(orders, "customer_id", "status", "total", "ref"), BODY),
							new QueryParser().parse(""), RETURNED),
					"update", WriteStatements.update(scope, new Changes(columns(orders, "status", "total"), BODY),
							new QueryParser().parse("id=eq." + VALUE), null, RETURNED));
		}
	}

	private static List<Column> columns(Relation relation, String... names) {
		return Stream.of(names).map(relation::column).toList();
	}

	String sql(String name) {
		return this.writes.get(name).sql();
	}

	List<String> args(String name, String body, String value) {
		return this.writes.get(name)
			.args()
			.stream()
			.map((arg) -> BODY.equals(arg) ? body : (VALUE.equals(arg) ? value : arg))
			.toList();
	}

}

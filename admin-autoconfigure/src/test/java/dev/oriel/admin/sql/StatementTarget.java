package dev.oriel.admin.sql;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.oriel.admin.query.Filter;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.query.QueryException;
import dev.oriel.admin.query.QueryParser;
import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.DataType;
import dev.oriel.admin.schema.ForeignKey;
import dev.oriel.admin.schema.Privileges;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.schema.RelationKind;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.Relationships;
import dev.oriel.admin.schema.SchemaSnapshot;

/**
 * What a fuzzer calls with query strings whose statements are to be looked at: a query
 * with all its values and aliases exchanged must give the same statement, save for the
 * quoted aliases. So nothing that a client writes gets into a statement unquoted, and its
 * number of arguments is that of its placeholders.
 */
public final class StatementTarget {

	private static final QueryParser PARSER = new QueryParser();

	private static final Pattern QUOTED = Pattern.compile("\"(?:[^\"]|\"\")*\"|'(?:[^']|'')*'");

	private static final Scope SCOPE = Fixture.scope();

	private StatementTarget() {
	}

	/**
	 * Try one input; the name is what fuzzers look for.
	 * @param input a query string
	 */
	public static void fuzzerTestOneInput(byte[] input) {
		accepts(SCOPE, new String(input, StandardCharsets.UTF_8));
	}

	static boolean accepts(String text) {
		return accepts(SCOPE, text);
	}

	/**
	 * Whether a query string makes statements; if not, it must be refused.
	 * @param scope the relation that is asked
	 * @param text the query string
	 */
	static boolean accepts(Scope scope, String text) {
		Query query;
		List<SqlStatement> statements;
		try {
			query = PARSER.parse(text);
			statements = statements(scope, query);
		}
		catch (QueryException ex) {
			require(!ex.code().isBlank() && !String.valueOf(ex.getMessage()).isBlank(), text);
			return false;
		}
		ExchangedTexts exchanged = new ExchangedTexts();
		List<SqlStatement> others = statements(scope, exchanged.of(query));
		for (int i = 0; i < statements.size(); i++) {
			String sql = statements.get(i).sql();
			require(sql.equals(restored(others.get(i).sql(), exchanged.aliases())), text + "\n" + sql);
			String bare = QUOTED.matcher(sql).replaceAll("");
			long placeholders = bare.chars().filter((character) -> character == '?').count();
			require(placeholders == statements.get(i).args().size(), text + "\n" + sql);
			require(Stream.of("\"", "'", ";", "--", "/*", "\\", "$").noneMatch(bare::contains), text + "\n" + sql);
		}
		return true;
	}

	static List<SqlStatement> statements(Scope scope, Query query) {
		return List.of(ReadStatements.rows(scope, query, VersionMode.IN_ROW), ReadStatements.count(scope, query, 0),
				ReadStatements.plan(scope, query));
	}

	private static String restored(String sql, Map<String, String> aliases) {
		String restored = sql;
		for (Map.Entry<String, String> alias : aliases.entrySet()) {
			restored = restored.replace(Identifiers.quote(alias.getKey()), Identifiers.quote(alias.getValue()));
		}
		return restored;
	}

	private static void require(boolean condition, String text) {
		if (!condition) {
			throw new AssertionError("Not what the query means: " + text);
		}
	}

	/**
	 * A relation with columns of many types, and relations around it.
	 */
	private static final class Fixture {

		private static final DataType TEXT = base("text", "text", 'S');

		private static final RelationName THING = new RelationName("s", "thing");

		private static final RelationName PARENT = new RelationName("s", "pa\"rent");

		private static final RelationName CHILD = new RelationName("s", "child");

		static Scope scope() {
			List<Column> columns = List.of(column("id", base("integer", "int4", 'N')), column("t", TEXT),
					column("q", TEXT), column("first name", TEXT), column("a\"b", TEXT), column("order", TEXT),
					column("n", base("numeric", "numeric", 'N')), column("f", base("double precision", "float8", 'N')),
					column("b", base("boolean", "bool", 'B')), column("u", base("uuid", "uuid", 'U')),
					column("d", base("date", "date", 'D')), column("ts", base("timestamp", "timestamp", 'D')),
					column("tz", base("timestamp with time zone", "timestamptz", 'D')),
					column("j", base("json", "json", 'U')), column("jb", base("jsonb", "jsonb", 'U')),
					column("by", base("bytea", "bytea", 'U')), column("v", base("tsvector", "tsvector", 'U')),
					column("r", new DataType.Range(3904, "int4range", false)),
					column("e", new DataType.Enumeration(9001, "s.mood", List.of("ok"))),
					column("dom", new DataType.Domain(9002, "s.label", TEXT, false, List.of())),
					column("ta", new DataType.Array(1009, "text[]", TEXT)));
			List<ForeignKey> keys = List.of(key("to_parent", THING, "n", PARENT), key("to_self", THING, "f", THING));
			SchemaSnapshot snapshot = new SchemaSnapshot("1", "test", List.of("s"),
					List.of(relation(THING, columns, keys), relation(PARENT, columns, List.of()),
							relation(CHILD, columns, List.of(key("to_thing", CHILD, "n", THING)))));
			Relationships relationships = new Relationships(snapshot);
			return scope(snapshot, relationships, THING);
		}

		private static Scope scope(SchemaSnapshot snapshot, Relationships relationships, RelationName name) {
			Relation relation = snapshot.relation(name);
			if (relation == null) {
				throw new IllegalStateException("There is no " + name);
			}
			Related related = new Related(relationships, (other) -> scope(snapshot, relationships, other),
					(other) -> List.of());
			return new Scope(relation,
					relation.columns().stream().map(Column::name).collect(Collectors.toUnmodifiableSet()), Filter.NONE,
					related, null);
		}

		private static Relation relation(RelationName name, List<Column> columns, List<ForeignKey> keys) {
			return new Relation(1, name, RelationKind.TABLE, null, new ArrayList<>(columns), List.of("id"), List.of(),
					keys, null, null, Privileges.ALL);
		}

		private static ForeignKey key(String name, RelationName source, String column, RelationName target) {
			return new ForeignKey(name, source, List.of(column), target, List.of("id"), ForeignKey.Action.NO_ACTION,
					false);
		}

		private static DataType base(String sqlName, String name, char category) {
			return new DataType.Base(1, sqlName, name, category);
		}

		private static Column column(String name, DataType type) {
			return new Column(name, 1, type, type.sqlName(), true, null, Column.Identity.NONE, false, null,
					Privileges.ALL);
		}

	}

}

package dev.oriel.admin.schema.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;

import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.Function;
import dev.oriel.admin.schema.Privileges;
import dev.oriel.admin.schema.RelationName;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The functions of some schemas that can be called with given values.
 */
final class FunctionCatalog {

	/*
	 * Arguments of pseudo-types cannot be given as text, and triggers cannot be called at
	 * all. A row whose type has no columns of its own gets them from the arguments that
	 * the function gives; where there are none either, they are only known after the
	 * call. What extensions bring along is theirs, as it is with relations.
	 */
	private static final String SQL = """
			SELECT p.oid, n.nspname, p.proname, p.provolatile, p.proretset, p.prorettype, p.pronargs, p.pronargdefaults,
			  d.description, has_function_privilege(p.oid, 'EXECUTE') AS executable,
			  CAST(coalesce(p.proallargtypes, CAST(p.proargtypes AS oid[])) AS bigint[]) AS argument_types,
			  CAST(p.proargmodes AS text[]) AS argument_modes, p.proargnames AS argument_names,
			  ARRAY(SELECT CAST(a.attname AS text) FROM pg_attribute a
			    WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum) AS column_names,
			  ARRAY(SELECT CAST(a.atttypid AS bigint) FROM pg_attribute a
			    WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum) AS column_types,
			  CASE WHEN c.relkind <> 'c' THEN cn.nspname END AS relation_schema, c.relname AS relation_name,
			  an.nspname AS computed_schema, ac.relname AS computed_name, NOT p.proretset OR p.prorows = 1 AS single
			FROM pg_proc p
			JOIN pg_namespace n ON n.oid = p.pronamespace
			JOIN pg_type t ON t.oid = p.prorettype
			LEFT JOIN pg_type b ON b.oid = t.typbasetype
			LEFT JOIN pg_class c ON c.oid = coalesce(b.typrelid, t.typrelid)
			LEFT JOIN pg_namespace cn ON cn.oid = c.relnamespace
			LEFT JOIN pg_class ac
			  ON p.pronargs = 1 AND ac.reltype = p.proargtypes[0] AND ac.relkind IN ('r', 'p', 'v', 'm', 'f')
			LEFT JOIN pg_namespace an ON an.oid = ac.relnamespace
			LEFT JOIN pg_description d ON d.objoid = p.oid AND d.classoid = 'pg_proc'::regclass AND d.objsubid = 0
			WHERE n.nspname = ANY (CAST(? AS text[]))
			  AND p.prokind = 'f'
			  AND (t.typtype <> 'p' OR t.oid IN ('void'::regtype, 'record'::regtype))
			  AND NOT EXISTS (
			    SELECT FROM unnest(CAST(p.proargtypes AS oid[])) i(type) JOIN pg_type it ON it.oid = i.type
			    WHERE it.typtype = 'p' OR it.oid IN (SELECT e.typarray FROM pg_type e WHERE e.typtype = 'p'))
			  AND NOT EXISTS (
			    SELECT FROM pg_depend e WHERE e.classid = 'pg_proc'::regclass AND e.objid = p.oid AND e.deptype = 'e')
			""";

	private static final long VOID = 2278;

	private static final Privileges READABLE = new Privileges(true, false, false, false);

	private final List<FunctionRow> rows;

	private FunctionCatalog(List<FunctionRow> rows) {
		this.rows = rows;
	}

	static FunctionCatalog read(JdbcClient catalog, List<String> schemas) {
		return new FunctionCatalog(catalog.sql(SQL)
			.param(schemas.toArray(String[]::new))
			.query((row, number) -> FunctionRow.of(row))
			.list()
			.stream()
			.sorted(Comparator.comparing((FunctionRow row) -> schemas.indexOf(row.schema()))
				.thenComparing(FunctionRow::name)
				.thenComparing(FunctionRow::oid))
			.toList());
	}

	/**
	 * Return the types that the functions take and give.
	 */
	long[] types() {
		return this.rows.stream()
			.flatMapToLong((row) -> LongStream.concat(LongStream.of(row.resultType()),
					LongStream.concat(row.argumentTypes().stream().mapToLong(Long::longValue),
							row.columnTypes().stream().mapToLong(Long::longValue))))
			.distinct()
			.toArray();
	}

	List<Function> all(TypeCatalog types) {
		return this.rows.stream().map((row) -> row.function(types)).toList();
	}

	private record FunctionRow(long oid, String schema, String name, String volatility, boolean set, long resultType,
			int inputs, int defaults, @Nullable String comment, boolean executable, List<Long> argumentTypes,
			List<String> argumentModes, List<String> argumentNames, List<String> columnNames, List<Long> columnTypes,
			@Nullable RelationName relation, Function.@Nullable Computed computed) {

		static FunctionRow of(ResultSet row) throws SQLException {
			String relationSchema = row.getString("relation_schema");
			return new FunctionRow(row.getLong("oid"), row.getString("nspname"), row.getString("proname"),
					row.getString("provolatile"), row.getBoolean("proretset"), row.getLong("prorettype"),
					row.getInt("pronargs"), row.getInt("pronargdefaults"), row.getString("description"),
					row.getBoolean("executable"), Rows.longs(row, "argument_types"), Rows.texts(row, "argument_modes"),
					Rows.texts(row, "argument_names"), Rows.texts(row, "column_names"), Rows.longs(row, "column_types"),
					(relationSchema != null) ? new RelationName(relationSchema, row.getString("relation_name")) : null,
					computed(row));
		}

		private static Function.@Nullable Computed computed(ResultSet row) throws SQLException {
			String schema = row.getString("computed_schema");
			return (schema != null) ? new Function.Computed(new RelationName(schema, row.getString("computed_name")),
					row.getBoolean("single")) : null;
		}

		Function function(TypeCatalog types) {
			List<Function.Argument> arguments = arguments(types);
			return new Function(this.oid, this.schema, this.name, arguments, result(arguments, types),
					declaredVolatility(), this.comment, this.executable, this.computed);
		}

		private List<Function.Argument> arguments(TypeCatalog types) {
			List<Function.Argument> arguments = new ArrayList<>();
			int input = 0;
			for (int i = 0; i < this.argumentTypes.size(); i++) {
				Function.Mode mode = this.argumentModes.isEmpty() ? Function.Mode.IN : mode(this.argumentModes.get(i));
				input += mode.isInput() ? 1 : 0;
				// Defaults belong to the last of the arguments that are given.
				boolean optional = mode.isInput() && input > this.inputs - this.defaults;
				arguments.add(new Function.Argument(this.argumentNames.isEmpty() ? "" : this.argumentNames.get(i),
						types.type(this.argumentTypes.get(i)), mode, optional));
			}
			return arguments;
		}

		private Function.Result result(List<Function.Argument> arguments, TypeCatalog types) {
			List<Column> columns = new ArrayList<>();
			for (int i = 0; i < this.columnNames.size(); i++) {
				columns.add(column(this.columnNames.get(i), i + 1, this.columnTypes.get(i), types));
			}
			List<Function.Argument> outputs = arguments.stream()
				.filter((argument) -> argument.mode() != Function.Mode.IN && argument.mode() != Function.Mode.VARIADIC)
				.toList();
			// PostgreSQL gives several nameless ones a name, but not a single one.
			boolean named = outputs.size() > 1 || (outputs.size() == 1 && !outputs.get(0).name().isEmpty());
			if (named && columns.isEmpty()) {
				for (Function.Argument output : outputs) {
					int position = columns.size() + 1;
					String label = output.name().isEmpty() ? "column" + position : output.name();
					columns.add(column(label, position, output.type().oid(), types));
				}
			}
			return new Function.Result(types.type(this.resultType), shape(columns), this.set, columns, this.relation);
		}

		private static Column column(String name, int position, long type, TypeCatalog types) {
			return new Column(name, position, types.type(type), types.type(type).sqlName(), true, null,
					Column.Identity.NONE, false, null, READABLE);
		}

		private Function.Shape shape(List<Column> columns) {
			if (this.resultType == VOID) {
				return Function.Shape.VOID;
			}
			return columns.isEmpty() ? Function.Shape.VALUE : Function.Shape.ROW;
		}

		private Function.Volatility declaredVolatility() {
			return switch (this.volatility) {
				case "i" -> Function.Volatility.IMMUTABLE;
				case "s" -> Function.Volatility.STABLE;
				default -> Function.Volatility.VOLATILE;
			};
		}

		private static Function.Mode mode(String proargmode) {
			return switch (proargmode) {
				case "o" -> Function.Mode.OUT;
				case "b" -> Function.Mode.INOUT;
				case "v" -> Function.Mode.VARIADIC;
				case "t" -> Function.Mode.TABLE;
				default -> Function.Mode.IN;
			};
		}

	}

}

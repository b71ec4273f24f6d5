package dev.oriel.admin.sql;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.oriel.admin.schema.Column;

import org.jspecify.annotations.Nullable;

/**
 * The temporary table that a file is copied into before its rows become rows of a
 * relation, and the one that holds what is wrong with them. Both are gone with the
 * transaction.
 * <p>
 * A row has its line, then the texts: those of the file, to give them back, and those
 * that were put into another form. Then comes whether its values have to be looked at
 * ({@code suspect}), the numbers of the texts that are not there at all ({@code absent}),
 * and what its reader found wrong with it ({@code mistakes}).
 *
 * @param texts how many texts of the file a row has
 * @param converted how many texts in another form a row has
 * @since 0.1.0
 */
public record Staging(int texts, int converted) {

	/** What stands between two mistakes of a row. */
	public static final char NEXT_MISTAKE = '\u001E';

	/**
	 * What stands between the parts of a mistake: its SQLSTATE, what is wrong, what to do
	 * and the column.
	 */
	public static final char NEXT_PART = '\u001F';

	static final String TABLE = "pg_temp.oriel_import";

	static final String REJECTED = "pg_temp.oriel_rejected";

	/** The condition that a row is not rejected. */
	static final String OPEN = "NOT EXISTS (SELECT FROM " + REJECTED + " x WHERE x.line = s.line)";

	/** The columns of {@link #REJECTED}, in their order. */
	static final String REASON = "line, own, code, message, detail, hint, at, rule, table_schema, table_name";

	/**
	 * Return the statements that make the tables.
	 */
	public List<SqlStatement> create() {
		return Stream
			.of("CREATE TEMPORARY TABLE oriel_import (line int8, suspect bool, absent int2[], mistakes text, "
					+ columns(" text") + ") ON COMMIT DROP",
					"CREATE TEMPORARY TABLE oriel_rejected (line int8, own bool, code text, message text, "
							+ "detail text, hint text, at text, rule text, table_schema text, table_name text) "
							+ "ON COMMIT DROP")
			.map((sql) -> new SqlStatement(sql, List.of()))
			.toList();
	}

	/**
	 * Return the statement that takes rows as lines of text, with all columns in the
	 * order above. The table has them in another one, so that what is looked at in each
	 * row stands before the texts.
	 */
	public SqlStatement copy() {
		return new SqlStatement("COPY " + TABLE + " (line, " + columns("")
				+ ", suspect, absent, mistakes) FROM STDIN (FORMAT text, ENCODING 'UTF8')", List.of());
	}

	/**
	 * Return the statement that makes rows quick to find by their line.
	 */
	public SqlStatement index() {
		return new SqlStatement("CREATE INDEX ON " + TABLE + " (line)", List.of());
	}

	/**
	 * Return the statement that makes rejected rows quick to find.
	 */
	public SqlStatement indexRejected() {
		return new SqlStatement("CREATE INDEX IF NOT EXISTS oriel_rejected_line ON " + REJECTED + " (line)", List.of());
	}

	/**
	 * Return the statement that tells how many blocks the rows take.
	 */
	public SqlStatement blocks() {
		return new SqlStatement(
				"SELECT pg_catalog.pg_relation_size('" + TABLE + "') / pg_catalog.current_setting('block_size')::int8",
				List.of());
	}

	/**
	 * Return the statement that tells how many bytes the rows take, long texts included.
	 */
	public SqlStatement size() {
		return new SqlStatement("SELECT pg_catalog.pg_table_size('" + TABLE + "')", List.of());
	}

	/**
	 * Return the statement that tells how many rows are rejected.
	 */
	public SqlStatement countRejected() {
		return new SqlStatement("SELECT count(DISTINCT line) FROM " + REJECTED, List.of());
	}

	/**
	 * Return the statement that tells PostgreSQL's planner how few the rejected rows are.
	 * Without it, it sorts all rows to find them.
	 */
	public SqlStatement analyzeRejected() {
		return new SqlStatement("ANALYZE " + REJECTED, List.of());
	}

	/**
	 * Return the statement that gives the rejected rows in their order, each as often as
	 * there are reasons: the reason's columns, then the texts of the file.
	 */
	public SqlStatement rejected() {
		String texts = IntStream.rangeClosed(1, this.texts)
			.mapToObj((number) -> ", s." + text(number).name())
			.collect(Collectors.joining());
		String reason = Stream.of(REASON.split(", ")).map((name) -> "x." + name).collect(Collectors.joining(", "));
		// Without OFFSET the planner, which takes all rows for rejected, sorts all of
		// them.
		return new SqlStatement("SELECT * FROM (SELECT " + reason + texts + " FROM " + REJECTED + " x JOIN " + TABLE
				+ " s ON s.line = x.line OFFSET 0) f ORDER BY f.line, f.at NULLS LAST, f.code", List.of());
	}

	/**
	 * Return the statement that rejects the rows in which their reader found a mistake.
	 */
	public SqlStatement rejectMistakes() {
		return new SqlStatement(
				"INSERT INTO " + REJECTED + " (line, own, code, message, hint, at) SELECT s.line, true, "
						+ IntStream.rangeClosed(1, 4)
							.mapToObj((field) -> "nullif(split_part(m.mistake, E'\\x1F', " + field + "), '')")
							.collect(Collectors.joining(", "))
						+ " FROM " + TABLE
						+ " s CROSS JOIN LATERAL unnest(string_to_array(s.mistakes, E'\\x1E')) AS m(mistake) "
						+ "WHERE s.mistakes IS NOT NULL",
				List.of());
	}

	/**
	 * Return the statement that rejects a row.
	 * @param line its line
	 * @param own whether the reason is said as it may be told
	 * @param reason the reason's other columns, in their order
	 */
	public SqlStatement reject(long line, boolean own, List<@Nullable String> reason) {
		SqlText sql = new SqlText().add("INSERT INTO " + REJECTED + " (" + REASON + ") VALUES (");
		sql.value(Long.toString(line), "int8").add(own ? ", true" : ", false");
		reason.forEach((part) -> {
			sql.add(", ");
			if (part == null) {
				sql.add("NULL");
			}
			else {
				// What the application says may hold anything.
				sql.value(part.replace('\0', ' '), "text");
			}
		});
		return sql.add(")").toStatement();
	}

	/**
	 * Return the statement that admits the rows again that pointed at a row which was not
	 * there, because it may be by now.
	 */
	public SqlStatement admitPointing() {
		return new SqlStatement("DELETE FROM " + REJECTED + " WHERE code = '23503' AND NOT own", List.of());
	}

	/**
	 * Return the statement that does the same and gives their lines.
	 */
	public SqlStatement admitPointingLines() {
		return new SqlStatement(admitPointing().sql() + " RETURNING line", List.of());
	}

	/**
	 * Return a text of the file.
	 * @param number its number, from 1
	 */
	public Source text(int number) {
		return new Source("r" + number, number);
	}

	/**
	 * Return a text that was put into another form.
	 * @param number its number, from 1
	 */
	public Source converted(int number) {
		return new Source("v" + number, this.texts + number);
	}

	private String columns(String type) {
		return Stream
			.concat(IntStream.rangeClosed(1, this.texts).mapToObj(this::text),
					IntStream.rangeClosed(1, this.converted).mapToObj(this::converted))
			.map((source) -> source.name() + type)
			.collect(Collectors.joining(", "));
	}

	/**
	 * Write the rows that are not rejected, as {@code s}. What is rejected is left out
	 * before anything looks at the values, because they may fit no type.
	 * @param columns those whose values are looked at: carrying the others along costs as
	 * much as finding out which rows are rejected
	 */
	static String rows(Part part, boolean rejected, List<StagedColumn> columns) {
		if (part.equals(Part.ALL) && !rejected) {
			return TABLE + " s";
		}
		String absent = columns.stream().anyMatch(StagedColumn::optional) ? ", s.absent" : "";
		String texts = columns.stream()
			.map((column) -> ", s." + column.source().name())
			.distinct()
			.collect(Collectors.joining());
		return "(SELECT s.line" + absent + texts + " FROM " + TABLE + " s WHERE " + part.condition()
				+ (rejected ? " AND " + OPEN : "") + " OFFSET 0) s";
	}

	/**
	 * Return the staged column of that name, or {@code null} if the file does not give
	 * it.
	 */
	static @Nullable StagedColumn find(List<StagedColumn> columns, String name) {
		return columns.stream().filter((column) -> column.column().name().equals(name)).findFirst().orElse(null);
	}

	static String names(List<Column> columns) {
		return columns.stream().map((column) -> Identifiers.quote(column.name())).collect(Collectors.joining(", "));
	}

	/**
	 * A column of texts.
	 *
	 * @param name its name in the staging table
	 * @param number its number among all texts, from 1
	 */
	public record Source(String name, int number) {
	}

	/**
	 * Some of the rows.
	 *
	 * @param condition what is true of them
	 */
	public record Part(String condition) {

		/** All rows. */
		public static final Part ALL = new Part("true");

		/** The rows between the lines that the loop over single rows is at. */
		static final Part LINES = new Part("s.line BETWEEN \"oriel first\" AND \"oriel last\"");

		/**
		 * Return the rows in some of the blocks, which are rows that follow each other.
		 * @param from the first block
		 * @param to the block after the last
		 */
		public static Part blocks(long from, long to) {
			return new Part("s.ctid >= '(%d,0)'::tid AND s.ctid < '(%d,0)'::tid".formatted(from, to));
		}

		/**
		 * Return the rows from a block on.
		 * @param from the first block
		 */
		public static Part from(long from) {
			return (from == 0) ? ALL : new Part("s.ctid >= '(%d,0)'::tid".formatted(from));
		}

	}

}

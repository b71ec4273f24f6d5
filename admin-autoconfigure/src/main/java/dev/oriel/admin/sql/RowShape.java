package dev.oriel.admin.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.oriel.admin.schema.RelationKind;

import org.jspecify.annotations.Nullable;

/**
 * How rows leave a statement: first the text of the row, then the texts of its key, then
 * its version. The columns inside carry names of ours ({@code c1}, {@code k1}, {@code v},
 * and {@code m} for a row that is there), so no name of a client or a table can clash
 * with them.
 */
final class RowShape {

	private static final String VERSION_FIELD = "_version";

	private final Level level;

	private final VersionMode version;

	private final Page page;

	private final List<Embedding> required;

	private final boolean counted;

	private final RowFormat format;

	private final List<String> key;

	/**
	 * @param counted whether a relation {@code n} is joined, with the number of all rows
	 * and at least one row
	 */
	RowShape(Level level, Returned returned, boolean counted) {
		this(level, returned, List.of(), counted);
	}

	/**
	 * @param required what is embedded and must be there for a row to be shown
	 */
	RowShape(Level level, Returned returned, List<Embedding> required) {
		this(level, returned, required, false);
	}

	private RowShape(Level level, Returned returned, List<Embedding> required, boolean counted) {
		this.level = level;
		this.format = returned.format();
		this.version = level.isGrouped() ? VersionMode.NONE : returned.version();
		this.key = returned.keys() ? level.key() : List.of();
		this.required = required;
		this.counted = counted;
		this.page = new Page(level, Stream.concat(level.embeddings().shown().stream(), required.stream()).toList());
	}

	/**
	 * Return the names of the answer's fields, in their order.
	 */
	static List<String> fields(Level level, VersionMode version) {
		List<String> fields = new ArrayList<>(level.slots().stream().map(Slot::label).toList());
		if (version == VersionMode.IN_ROW && !level.isGrouped()) {
			fields.add(VERSION_FIELD);
		}
		return fields;
	}

	/**
	 * Write the inner columns, after {@code SELECT} or {@code RETURNING}, and return
	 * whether there are any.
	 */
	boolean writeInner(SqlText sql) {
		boolean any = this.page.writeColumns(sql);
		for (int i = 0; i < this.key.size(); i++) {
			sql.add(any ? ", " : "").add(keyText(this.key.get(i))).add(" AS k" + (i + 1));
			any = true;
		}
		if (this.version != VersionMode.NONE) {
			sql.add(any ? ", " : "").add(versionText(this.level.scope())).add(" AS v");
			any = true;
		}
		if (this.counted) {
			sql.add(any ? ", TRUE AS m" : "TRUE AS m");
			any = true;
		}
		return any;
	}

	/**
	 * Write what is joined inside of the inner statement.
	 */
	void writeInnerJoins(SqlText sql) {
		this.page.writeInnerJoins(sql);
	}

	void writeGroupBy(SqlText sql) {
		this.page.writeGroupBy(sql);
	}

	/**
	 * Write the outer select list, for an inner statement called {@code p}.
	 */
	void writeOuter(SqlText sql) {
		sql.add(this.counted ? "SELECT CASE WHEN p.m THEN " : "SELECT ");
		if (!this.required.isEmpty()) {
			sql.add("CASE WHEN ").join(" AND ", this.required, (each) -> each.writeExists(this.page::joinColumn, sql));
			sql.add(" THEN ");
		}
		sql.add(this.format.of("o"));
		sql.add((this.counted || !this.required.isEmpty()) ? " END" : "");
		for (int i = 0; i < this.key.size(); i++) {
			sql.add(", p.k" + (i + 1));
		}
		if (this.version != VersionMode.NONE) {
			sql.add(", p.v");
		}
		if (this.counted) {
			sql.add(", n.n");
		}
	}

	/**
	 * Write the answer's fields as columns of their own, for an inner statement called
	 * {@code p}, and no other column.
	 */
	void writeFields(SqlText sql) {
		sql.add("SELECT ").join(", ", this.page.texts(versionField()), sql::add);
	}

	/**
	 * Write the answer's fields as columns of their own that are JSON, or of a type whose
	 * texts are easily made into JSON.
	 */
	void writeJsonFields(SqlText sql) {
		sql.add("SELECT ").join(", ", this.page.jsonTexts(versionField()), sql::add);
	}

	/**
	 * Write what is joined to {@code p} for the answer's fields.
	 */
	void writeJoins(SqlText sql) {
		this.page.writeJoins(sql);
	}

	private @Nullable String versionField() {
		return (this.version == VersionMode.IN_ROW) ? VERSION_FIELD : null;
	}

	/**
	 * Write what makes {@code o}, the answer's row, out of {@code p}.
	 */
	void writeAnswer(SqlText sql) {
		this.page.writeJoins(sql);
		List<String> fields = this.format.equals(RowFormat.RECORD) ? this.page.texts(versionField())
				: this.page.fields(versionField());
		this.page.writeAnswer(fields, sql);
	}

	/**
	 * Return the expression for a row's version. The system column {@code xmin} names the
	 * transaction that wrote the row; where there is none, the row's own text stands in.
	 * Rows of a partitioned table have it when read, but not when written through it.
	 */
	static String versionText(Scope scope) {
		RelationKind kind = scope.relation().kind();
		boolean hasXmin = kind == RelationKind.TABLE || kind == RelationKind.MATERIALIZED_VIEW;
		return hasXmin ? Expressions.ROW + ".xmin::text" : "md5((" + Expressions.ROW + ".*)::text)";
	}

	static String keyText(String column) {
		return Expressions.ROW + "." + Identifiers.quote(column) + "::text";
	}

}

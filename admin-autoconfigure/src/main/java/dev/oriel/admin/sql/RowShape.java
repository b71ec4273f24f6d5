package dev.oriel.admin.sql;

import java.util.List;

import dev.oriel.admin.query.Query;
import dev.oriel.admin.schema.RelationKind;

/**
 * How rows leave a statement: first the row as JSON, then the texts of its key, then its
 * version. The columns inside carry names of ours ({@code c1}, {@code k1}, {@code v}), so
 * no name of a client or a table can clash with them.
 */
final class RowShape {

	private static final String VERSION_FIELD = "_version";

	private final Scope scope;

	private final Projection projection;

	private final VersionMode version;

	private final List<String> key;

	RowShape(Scope scope, Expressions expressions, Query query, VersionMode version) {
		this.scope = scope;
		this.projection = Projection.of(scope, expressions, query.select());
		this.version = this.projection.isGrouped() ? VersionMode.NONE : version;
		this.key = this.projection.isGrouped() ? List.of() : scope.key();
	}

	boolean isGrouped() {
		return this.projection.isGrouped();
	}

	List<String> key() {
		return this.key;
	}

	/**
	 * Write the inner columns, after {@code SELECT} or {@code RETURNING}.
	 */
	void writeInner(SqlText sql) {
		this.projection.write(sql);
		boolean first = this.projection.labels().isEmpty();
		for (int i = 0; i < this.key.size(); i++) {
			sql.add(first ? "" : ", ").add(keyText(this.key.get(i))).add(" AS k" + (i + 1));
			first = false;
		}
		if (this.version != VersionMode.NONE) {
			sql.add(first ? "" : ", ").add(versionText(this.scope)).add(" AS v");
		}
	}

	void writeGroupBy(SqlText sql) {
		if (this.projection.isGrouped()) {
			this.projection.writeGroupBy(sql);
		}
	}

	/**
	 * Write the outer select list, for an inner statement called {@code p}.
	 */
	void writeOuter(SqlText sql) {
		// With the star, because a column of the same name would be taken otherwise.
		sql.add("SELECT row_to_json(o.*)::text");
		for (int i = 0; i < this.key.size(); i++) {
			sql.add(", p.k" + (i + 1));
		}
		if (this.version != VersionMode.NONE) {
			sql.add(", p.v");
		}
	}

	/**
	 * Write what makes {@code o}, the answer's row, out of {@code p}.
	 */
	void writeLateral(SqlText sql) {
		sql.add(" CROSS JOIN LATERAL (SELECT ");
		List<String> labels = this.projection.labels();
		for (int i = 0; i < labels.size(); i++) {
			sql.add((i > 0) ? ", " : "").add("p." + Projection.column(i) + " AS " + Identifiers.quote(labels.get(i)));
		}
		if (this.version == VersionMode.IN_ROW) {
			sql.add(labels.isEmpty() ? "" : ", ").add("p.v AS " + Identifiers.quote(VERSION_FIELD));
		}
		sql.add(") o");
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

package dev.oriel.admin.sql;

import java.util.List;

import dev.oriel.admin.schema.Column;

/**
 * Writes images of whole rows, beside what a client gets of them: the JSON of columns
 * that the client may not see, too. The columns inside carry names of ours ({@code w1}),
 * and the image's row the alias {@code i}.
 *
 * @param columns the columns of the image; none if there is no image
 */
record RowImages(List<Column> columns) {

	/**
	 * Write the inner columns and return whether there are any.
	 */
	boolean writeInner(SqlText sql) {
		for (int i = 0; i < this.columns.size(); i++) {
			sql.add((i > 0) ? ", " : "").add(Expressions.ROW + "." + Identifiers.quote(this.columns.get(i).name()));
			sql.add(" AS " + inner(i));
		}
		return !this.columns.isEmpty();
	}

	/**
	 * Return the expression for the image, outside of the inner statement {@code p}.
	 */
	String text() {
		return RowFormat.JSON.of("i");
	}

	/**
	 * Write what is joined to {@code p} for the image.
	 */
	void writeJoin(SqlText sql) {
		if (this.columns.isEmpty()) {
			return;
		}
		sql.add(" CROSS JOIN LATERAL (SELECT ");
		for (int i = 0; i < this.columns.size(); i++) {
			Column column = this.columns.get(i);
			sql.add((i > 0) ? ", " : "").add(ExactValue.of("p." + inner(i), column.type()));
			sql.add(" AS " + Identifiers.quote(column.name()));
		}
		sql.add(") i");
	}

	private static String inner(int index) {
		return "w" + (index + 1);
	}

}

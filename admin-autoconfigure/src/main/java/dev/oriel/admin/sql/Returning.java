package dev.oriel.admin.sql;

import java.util.List;

import dev.oriel.admin.query.QueryException;

import org.jspecify.annotations.Nullable;

/**
 * Writes what a statement returns of the rows that it has written: the columns that
 * {@link ReadStatements#rows} has; then {@code ok}, whether the row meets the rules on
 * rows; {@code u}, how many rows were merged so far, where that is counted; {@code e},
 * the number of the row, where rows are named; and {@code h}, the row's image, where that
 * is wanted.
 */
final class Returning {

	private Returning() {
	}

	/**
	 * Finish a statement that begins with {@code WITH p AS (}.
	 * @param merged the expression for how many rows were merged, or {@code null}
	 * @param numbered whether rows have numbers, which they are ordered by if the query
	 * has no order
	 */
	static SqlStatement write(Level level, Returned returned, @Nullable String merged, boolean numbered, SqlText sql) {
		if (level.isGrouped()) {
			throw new QueryException("PGRST123", "Use of aggregate functions is not allowed",
					"The rows that a write returns cannot be grouped.", null);
		}
		// What a write embeds is about the rows shown, not about those written.
		RowShape shape = new RowShape(level, returned, level.embeddings().inner());
		RowImages images = new RowImages(returned.image());
		List<SortKey> order = level.query().order().stream().map((term) -> SortKey.of(level, term)).toList();
		sql.add(" RETURNING ");
		sql.add(shape.writeInner(sql) ? ", " : "");
		sql.add(images.writeInner(sql) ? ", (" : "(");
		new Conditions(level.expressions().unrestricted()).write(level.scope().rows(), sql);
		sql.add(") IS TRUE AS ok" + ((merged != null) ? ", " + merged + " AS u" : "") + (numbered ? ", e.n AS e" : ""));
		for (int i = 0; i < order.size(); i++) {
			sql.add(", ");
			order.get(i).writeValue(sql);
			sql.add(" AS s" + (i + 1));
		}
		sql.add(") ");
		shape.writeOuter(sql);
		sql.add(", p.ok" + ((merged != null) ? ", p.u" : "") + (numbered ? ", p.e" : ""));
		sql.add(returned.image().isEmpty() ? " FROM p" : ", " + images.text() + " AS h FROM p");
		shape.writeAnswer(sql);
		images.writeJoin(sql);
		if (numbered && order.isEmpty()) {
			sql.add(" ORDER BY p.e");
		}
		Ordering.writeOf(order, (i) -> "p.s" + (i + 1), sql);
		return sql.toStatement();
	}

}

package dev.oriel.admin.sql;

import java.util.ArrayList;
import java.util.List;

import dev.oriel.admin.query.ColumnPath;
import dev.oriel.admin.query.OrderTerm;

/**
 * Writes in which order rows come. It is always total where rows have a key: the key is
 * appended to what the client asks for.
 */
final class Ordering {

	private Ordering() {
	}

	static void write(Level level, SqlText sql) {
		List<OrderTerm> order = level.query().order();
		List<OrderTerm> terms = new ArrayList<>(order);
		for (String column : level.key()) {
			ColumnPath path = ColumnPath.of(column);
			if (order.stream().noneMatch((term) -> term.column().equals(path) && term.embed() == null)) {
				terms.add(OrderTerm.by(column));
			}
		}
		if (terms.isEmpty()) {
			return;
		}
		sql.add(" ORDER BY ").join(", ", terms, (term) -> writeTerm(term, level, sql));
	}

	private static void writeTerm(OrderTerm term, Level level, SqlText sql) {
		if (term.embed() != null) {
			level.embeddings().labelled(term.embed()).writeValue(term.column(), sql);
		}
		else {
			level.expressions().write(term.column(), sql);
		}
		sql.add(term.descending() ? " DESC" : "");
		if (term.nullsFirst() != null) {
			sql.add(term.nullsFirst() ? " NULLS FIRST" : " NULLS LAST");
		}
	}

}

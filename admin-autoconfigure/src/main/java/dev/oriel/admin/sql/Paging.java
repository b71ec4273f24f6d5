package dev.oriel.admin.sql;

import dev.oriel.admin.query.Query;

/**
 * Writes which part of the rows is meant.
 */
final class Paging {

	private Paging() {
	}

	static void write(Query query, SqlText sql) {
		if (query.limit() != null) {
			sql.add(" LIMIT ").value(query.limit().toString(), "int8");
		}
		writeOffset(query, sql);
	}

	static void writeOffset(Query query, SqlText sql) {
		if (query.offset() != null && query.offset() > 0) {
			sql.add(" OFFSET ").value(query.offset().toString(), "int8");
		}
	}

}

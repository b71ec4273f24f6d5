package dev.oriel.admin.sql;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import dev.oriel.admin.query.ColumnPath;
import dev.oriel.admin.query.Filter;
import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.DataType;

/**
 * Writes whether every word occurs in one of the columns. Texts and the labels of
 * enumerations match where the word is a part of them, in whatever case; numbers and
 * UUIDs match the word that says the same value. Columns that the caller may not read are
 * not searched.
 */
final class WordSearch {

	private static final Pattern UUID = Pattern.compile("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

	private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,40}(\\.[0-9]{1,40})?");

	private final Expressions expressions;

	WordSearch(Expressions expressions) {
		this.expressions = expressions;
	}

	/**
	 * Write the condition.
	 * @param definite whether it must not be unknown where columns are NULL, so that its
	 * negation finds all other rows; no index is of use then
	 */
	void write(Filter.Search search, boolean definite, SqlText sql) {
		List<Column> columns = this.expressions.columns();
		sql.add("(").join(" AND ", search.words(), (word) -> writeWord(word, columns, sql)).add(")");
		sql.add(definite ? " IS TRUE" : "");
	}

	private void writeWord(String word, List<Column> columns, SqlText sql) {
		List<Column> candidates = new ArrayList<>();
		for (Column column : columns) {
			if (mayHold(column.type().unwrapped(), word)) {
				candidates.add(column);
			}
		}
		if (candidates.isEmpty()) {
			sql.add("FALSE");
			return;
		}
		sql.add("(").join(" OR ", candidates, (column) -> writeColumn(column, word, sql)).add(")");
	}

	private void writeColumn(Column column, String word, SqlText sql) {
		ColumnPath path = ColumnPath.of(column.name());
		this.expressions.write(path, sql);
		DataType type = column.type().unwrapped();
		if (isText(type)) {
			// Collations under which different texts are equal know no ILIKE.
			sql.add("::text COLLATE pg_catalog.\"default\" ILIKE ").value("%" + escape(word) + "%", "text");
		}
		else {
			sql.add(" = ").value(word, type.sqlName());
		}
	}

	private static boolean mayHold(DataType type, String word) {
		if (isText(type)) {
			return true;
		}
		return switch ((type instanceof DataType.Base base) ? base.name() : "") {
			case "int2" -> isInteger(word, 16);
			case "int4" -> isInteger(word, 32);
			case "int8" -> isInteger(word, 64);
			case "numeric" -> NUMBER.matcher(word).matches();
			// Bounded, because a number that is too small or too large for it is an
			// error.
			case "float4", "float8" -> word.length() <= 20 && NUMBER.matcher(word).matches();
			case "uuid" -> UUID.matcher(word).matches();
			default -> false;
		};
	}

	private static boolean isText(DataType type) {
		return type instanceof DataType.Enumeration || (type instanceof DataType.Base base && base.category() == 'S')
				|| (type instanceof DataType.Base quotedChar && quotedChar.name().equals("char"));
	}

	private static boolean isInteger(String word, int bits) {
		return NUMBER.matcher(word).matches() && word.indexOf('.') < 0 && new BigInteger(word).bitLength() < bits;
	}

	private static String escape(String word) {
		return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
	}

}

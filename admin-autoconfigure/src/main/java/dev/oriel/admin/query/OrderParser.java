package dev.oriel.admin.query;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Reads {@code order}: {@code a.desc.nullslast,data->b,embed(c).desc}.
 */
final class OrderParser {

	private final Scanner scanner;

	OrderParser(Scanner scanner) {
		this.scanner = scanner;
	}

	List<OrderTerm> parse() {
		List<OrderTerm> terms = new ArrayList<>();
		do {
			terms.add(term());
			this.scanner.skipBlanks();
		}
		while (this.scanner.skip(","));
		this.scanner.expectEnd("\",\"");
		return terms;
	}

	private OrderTerm term() {
		String name = PathParser.name(this.scanner).text();
		String embed = null;
		ColumnPath column;
		if (this.scanner.skip("(")) {
			embed = name;
			column = PathParser.column(this.scanner);
			this.scanner.expect(")");
		}
		else {
			column = new ColumnPath(name, PathParser.steps(this.scanner));
		}
		return direction(column, embed);
	}

	private OrderTerm direction(ColumnPath column, @Nullable String embed) {
		Boolean descending = null;
		Boolean nullsFirst = null;
		while (nullsFirst == null && this.scanner.skip(".")) {
			int start = this.scanner.position();
			String word = this.scanner.word();
			boolean direction = word.equals("asc") || word.equals("desc");
			if (direction && descending == null) {
				descending = word.equals("desc");
			}
			else if (word.equals("nullsfirst") || word.equals("nullslast")) {
				nullsFirst = word.equals("nullsfirst");
			}
			else {
				this.scanner.reset(start);
				throw unknownDirection(descending != null);
			}
		}
		return new OrderTerm(column, embed, Boolean.TRUE.equals(descending), nullsFirst);
	}

	private QueryException unknownDirection(boolean onlyNulls) {
		return onlyNulls ? this.scanner.unexpected("\"nullsfirst\"", "\"nullslast\"")
				: this.scanner.unexpected("\"asc\"", "\"desc\"", "\"nullsfirst\"", "\"nullslast\"");
	}

}

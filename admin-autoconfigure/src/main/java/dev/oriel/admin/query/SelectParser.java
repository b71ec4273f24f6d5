package dev.oriel.admin.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import dev.oriel.admin.query.SelectItem.Aggregate;
import dev.oriel.admin.query.SelectItem.Embed;
import dev.oriel.admin.query.SelectItem.Field;
import dev.oriel.admin.query.SelectItem.Join;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code select}: columns, aggregates and embedded relations with what is selected
 * of them.
 */
final class SelectParser {

	private final Scanner scanner;

	private final Limits limits;

	SelectParser(Scanner scanner, Limits limits) {
		this.scanner = scanner;
		this.limits = limits;
	}

	List<SelectItem> parse() {
		List<SelectItem> items = items(0);
		this.scanner.expectEnd("\",\"");
		return items;
	}

	private List<SelectItem> items(int depth) {
		this.scanner.skipBlanks();
		List<SelectItem> items = new ArrayList<>();
		if (isEnd()) {
			return items;
		}
		do {
			this.scanner.skipBlanks();
			items.add(item(depth));
			this.scanner.skipBlanks();
		}
		while (this.scanner.skip(","));
		return items;
	}

	private SelectItem item(int depth) {
		if (this.scanner.skip("...")) {
			return embed(PathParser.name(this.scanner).text(), null, true, depth);
		}
		if (this.scanner.skip("*")) {
			this.scanner.skipBlanks();
			if (!isEnd() && this.scanner.peek() != ',') {
				throw this.scanner.unexpected("\")\"", "\",\"", "end of input");
			}
			return new SelectItem.All();
		}
		Name name = PathParser.name(this.scanner);
		String alias = null;
		if (!this.scanner.lookingAt("::") && this.scanner.skip(":")) {
			alias = name.text();
			name = PathParser.name(this.scanner);
		}
		if (name.is("count") && this.scanner.lookingAt("(")) {
			parentheses();
			return new SelectItem.Count(alias, cast());
		}
		boolean related = this.scanner.lookingAt("(") || this.scanner.lookingAt("!");
		return related ? embed(name.text(), alias, false, depth) : field(name.text(), alias);
	}

	private SelectItem field(String column, @Nullable String alias) {
		ColumnPath path = new ColumnPath(column, PathParser.steps(this.scanner));
		String cast = cast();
		Aggregate aggregate = null;
		String aggregateCast = null;
		if (this.scanner.skip(".")) {
			aggregate = aggregate();
			aggregateCast = cast();
		}
		if (!isEnd() && this.scanner.peek() != ',') {
			throw this.scanner.unexpected("letter", "digit", "\"-\"", "\"->>\"", "\"->\"", "\"::\"", "\".\"", "\")\"",
					"\",\"", "end of input");
		}
		return new Field(path, alias, cast, aggregate, aggregateCast);
	}

	private @Nullable String cast() {
		return this.scanner.skip("::") ? PathParser.identifier(this.scanner) : null;
	}

	private Aggregate aggregate() {
		int start = this.scanner.position();
		String word = this.scanner.word();
		for (Aggregate aggregate : Aggregate.values()) {
			if (aggregate.name().toLowerCase(Locale.ROOT).equals(word)) {
				parentheses();
				return aggregate;
			}
		}
		this.scanner.reset(start);
		throw this.scanner.unexpected("\"sum\"", "\"avg\"", "\"count\"", "\"max\"", "\"min\"");
	}

	private void parentheses() {
		this.scanner.expect("(");
		this.scanner.expect(")");
		this.scanner.skipBlanks();
	}

	private Embed embed(String target, @Nullable String alias, boolean spread, int depth) {
		String hint = null;
		Join join = null;
		while ((hint == null || join == null) && this.scanner.skip("!")) {
			int start = this.scanner.position();
			Name name = PathParser.name(this.scanner);
			Join named = join(name);
			if ((named != null) ? join != null : hint != null) {
				this.scanner.reset(start);
				throw this.scanner.unexpected((named != null) ? "hint" : "\"inner\"", "\"(\"");
			}
			join = (named != null) ? named : join;
			hint = (named != null) ? hint : name.text();
		}
		this.limits.embed(this.scanner, depth + 1);
		this.scanner.expect("(");
		List<SelectItem> items = items(depth + 1);
		this.scanner.expect(")");
		return new Embed(target, alias, hint, (join != null) ? join : Join.LEFT, spread, Query.ALL.withSelect(items));
	}

	private static @Nullable Join join(Name name) {
		if (name.is("inner")) {
			return Join.INNER;
		}
		return name.is("left") ? Join.LEFT : null;
	}

	private boolean isEnd() {
		return this.scanner.peek() == Scanner.END || this.scanner.peek() == ')';
	}

}

package dev.oriel.admin.query;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import dev.oriel.admin.query.SelectItem.Count;
import dev.oriel.admin.query.SelectItem.Embed;
import dev.oriel.admin.query.SelectItem.Field;
import dev.oriel.admin.query.SelectItem.Join;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code select} and {@code order}.
 */
final class SelectWriter {

	private SelectWriter() {
	}

	static String select(List<SelectItem> items) {
		return items.stream().map(SelectWriter::item).collect(Collectors.joining(","));
	}

	private static String item(SelectItem item) {
		if (item instanceof Field field) {
			return alias(field.alias()) + path(field.column()) + cast(field.cast()) + aggregate(field);
		}
		if (item instanceof Count count) {
			return alias(count.alias()) + "count()" + cast(count.cast());
		}
		if (item instanceof Embed embed) {
			String start = embed.spread() ? "..." : alias(embed.alias());
			String hint = (embed.hint() != null) ? "!" + Name.write(embed.hint()) : "";
			String join = (embed.join() == Join.INNER) ? "!inner" : "";
			return start + Name.write(embed.target()) + hint + join + "(" + select(embed.query().select()) + ")";
		}
		return "*";
	}

	private static String alias(@Nullable String alias) {
		return (alias != null) ? Name.write(alias) + ":" : "";
	}

	private static String cast(@Nullable String cast) {
		return (cast != null) ? "::" + Name.requireIdentifier(cast) : "";
	}

	private static String aggregate(Field field) {
		if (field.aggregate() == null) {
			return "";
		}
		return "." + field.aggregate().name().toLowerCase(Locale.ROOT) + "()" + cast(field.aggregateCast());
	}

	static String order(List<OrderTerm> terms) {
		return terms.stream().map(SelectWriter::term).collect(Collectors.joining(","));
	}

	private static String term(OrderTerm term) {
		String path = path(term.column());
		String start = (term.embed() != null) ? Name.write(term.embed()) + "(" + path + ")" : path;
		String direction = term.descending() ? ".desc" : "";
		if (term.nullsFirst() == null) {
			return start + direction;
		}
		return start + direction + (term.nullsFirst() ? ".nullsfirst" : ".nullslast");
	}

	static String path(ColumnPath path) {
		StringBuilder written = new StringBuilder(Name.write(path.column()));
		for (ColumnPath.Step step : path.path()) {
			boolean bare = step.index() || (Name.isPlain(step.key()) && !Character.isDigit(step.key().charAt(0)));
			written.append(step.asText() ? "->>" : "->").append(bare ? step.key() : Name.quote(step.key()));
		}
		return written.toString();
	}

}

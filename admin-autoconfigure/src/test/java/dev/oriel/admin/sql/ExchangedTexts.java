package dev.oriel.admin.sql;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.oriel.admin.query.ColumnPath;
import dev.oriel.admin.query.Filter;
import dev.oriel.admin.query.OrderTerm;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.query.SelectItem;
import org.jspecify.annotations.Nullable;

/**
 * Puts other texts in place of the values and aliases of a query, and leaves the names of
 * relations and columns, and whatever decides the form of a statement.
 */
final class ExchangedTexts {

	private final Map<String, String> aliases = new LinkedHashMap<>();

	/**
	 * Return the aliases there were, by those in their place.
	 */
	Map<String, String> aliases() {
		return this.aliases;
	}

	Query of(Query query) {
		Map<String, String> labels = new LinkedHashMap<>();
		List<SelectItem> select = query.select().stream().map((item) -> item(item, labels)).toList();
		List<OrderTerm> order = query.order()
			.stream()
			.map((term) -> new OrderTerm(path(term.column()), label(term.embed(), labels), term.descending(),
					term.nullsFirst()))
			.toList();
		return new Query(select, filter(query.filter(), labels), order, (query.limit() != null) ? 7L : null,
				(query.offset() != null) ? Long.valueOf(query.offset() > 0 ? 9 : 0) : null);
	}

	private SelectItem item(SelectItem item, Map<String, String> labels) {
		if (item instanceof SelectItem.Field field) {
			return new SelectItem.Field(field.column(), alias(field.alias()), field.cast(), field.aggregate(),
					field.aggregateCast());
		}
		if (item instanceof SelectItem.Count count) {
			return new SelectItem.Count(alias(count.alias()), count.cast());
		}
		if (item instanceof SelectItem.Embed embed) {
			String alias = alias(embed.alias());
			labels.put(embed.label(), (alias != null) ? alias : embed.label());
			return new SelectItem.Embed(embed.target(), alias, embed.hint(), embed.join(), embed.spread(),
					of(embed.query()));
		}
		return item;
	}

	private @Nullable String alias(@Nullable String alias) {
		if (alias == null) {
			return null;
		}
		String other = "\u00A7" + this.aliases.size() + "\u00A7";
		this.aliases.put(other, alias);
		return other;
	}

	private static @Nullable String label(@Nullable String label, Map<String, String> labels) {
		return (label != null) ? labels.getOrDefault(label, label) : null;
	}

	private Filter filter(Filter filter, Map<String, String> labels) {
		if (filter instanceof Filter.And and) {
			return new Filter.And(and.filters().stream().map((each) -> filter(each, labels)).toList());
		}
		if (filter instanceof Filter.Or or) {
			return new Filter.Or(or.filters().stream().map((each) -> filter(each, labels)).toList());
		}
		if (filter instanceof Filter.Not not) {
			return new Filter.Not(filter(not.filter(), labels));
		}
		if (filter instanceof Filter.Comparison comparison) {
			return new Filter.Comparison(path(comparison.column()), comparison.operator(), comparison.quantifier(),
					comparison.values().stream().map((value) -> "value").toList(),
					(comparison.language() != null) ? "language" : null);
		}
		if (filter instanceof Filter.Within within) {
			return new Filter.Within(path(within.column()), within.side(), within.period(),
					(within.zone() != null) ? "Zone" : null);
		}
		if (filter instanceof Filter.Search search) {
			return new Filter.Search(search.words().stream().map(ExchangedTexts::word).toList());
		}
		if (filter instanceof Filter.Embedded embedded) {
			return new Filter.Embedded(labels.getOrDefault(embedded.embed(), embedded.embed()), embedded.missing());
		}
		Filter.Is is = (Filter.Is) filter;
		return new Filter.Is(path(is.column()), is.test());
	}

	/**
	 * Keep what makes a word a number or a UUID, because these are looked for elsewhere.
	 */
	private static String word(String word) {
		return word.replaceAll("[a-fA-F]", "a").replaceAll("[g-zG-Z]", "z");
	}

	private static ColumnPath path(ColumnPath path) {
		return new ColumnPath(path.column(),
				path.path()
					.stream()
					.map((step) -> new ColumnPath.Step(step.index() ? "3" : "key", step.index(), step.asText()))
					.toList());
	}

}

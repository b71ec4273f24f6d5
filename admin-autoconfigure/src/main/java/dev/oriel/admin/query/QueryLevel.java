package dev.oriel.admin.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import dev.oriel.admin.query.SelectItem.Embed;
import org.jspecify.annotations.Nullable;

/**
 * A query that is being put together from its parameters, with one level below for each
 * embedded relation.
 */
final class QueryLevel {

	private final List<SelectItem> select;

	private final List<Child> children = new ArrayList<>();

	private final Set<String> labels;

	private final List<Filter> filters = new ArrayList<>();

	private @Nullable List<OrderTerm> order;

	private @Nullable Long limit;

	private @Nullable Long offset;

	private @Nullable Anchor anchor;

	QueryLevel(List<SelectItem> select) {
		this.select = select;
		for (SelectItem item : select) {
			if (item instanceof Embed embed) {
				this.children.add(new Child(embed, new QueryLevel(embed.query().select())));
			}
		}
		this.labels = this.children.stream().map((child) -> child.embed().label()).collect(Collectors.toSet());
	}

	/**
	 * Return the labels of the embedded relations.
	 */
	Set<String> labels() {
		return this.labels;
	}

	QueryLevel level(List<String> path) {
		QueryLevel level = this;
		for (String name : path) {
			level = level.child(name).level();
		}
		return level;
	}

	/**
	 * Return the child of that label or, as older clients write it, of that target.
	 */
	private Child child(String name) {
		Child labelled = find((embed) -> embed.label().equals(name));
		Child child = (labelled != null) ? labelled : find((embed) -> embed.target().equals(name));
		if (child == null) {
			throw new QueryException("PGRST108", "'" + name + "' is not an embedded resource in this request", null,
					"Verify that '" + name + "' is included in the 'select' query parameter.");
		}
		return child;
	}

	private @Nullable Child find(Predicate<Embed> predicate) {
		for (Child child : this.children) {
			if (predicate.test(child.embed())) {
				return child;
			}
		}
		return null;
	}

	/**
	 * Add a filter, unless every row meets it.
	 */
	void filter(Filter filter) {
		if (!filter.equals(Filter.NONE)) {
			this.filters.add(filter);
		}
	}

	/**
	 * Set the order; of several the first counts, as with {@code select}.
	 */
	void order(List<OrderTerm> terms) {
		List<OrderTerm> labelled = terms.stream().map(this::labelled).toList();
		if (this.order == null) {
			this.order = labelled;
		}
	}

	private OrderTerm labelled(OrderTerm term) {
		if (term.embed() == null) {
			return term;
		}
		String label = child(term.embed()).embed().label();
		return new OrderTerm(term.column(), label, term.descending(), term.nullsFirst());
	}

	/**
	 * Set the limit; of several the last counts.
	 */
	void limit(long limit) {
		this.limit = limit;
	}

	/**
	 * Set the offset; of several the last counts.
	 */
	void offset(long offset) {
		this.offset = offset;
	}

	/**
	 * Set where the page begins or ends. Of several none could be preferred.
	 */
	void anchor(Anchor anchor) {
		if (this.anchor != null) {
			throw new QueryException("PGRST100", "A page has only one cursor",
					"There is '" + this.anchor.side().parameter() + "' and then '" + anchor.side().parameter() + "'",
					"Give either 'after' or 'before', once.");
		}
		this.anchor = anchor;
	}

	Query toQuery() {
		List<SelectItem> items = new ArrayList<>();
		int embeds = 0;
		for (SelectItem item : this.select) {
			items.add((item instanceof Embed) ? this.children.get(embeds++).toEmbed() : item);
		}
		Filter filter = (this.filters.size() == 1) ? this.filters.get(0) : new Filter.And(this.filters);
		return new Query(items, filter, (this.order != null) ? this.order : List.of(), this.limit, this.offset,
				this.anchor);
	}

	/**
	 * An embedded relation, and what is asked of it.
	 */
	private record Child(Embed embed, QueryLevel level) {

		Embed toEmbed() {
			return this.embed.withQuery(this.level.toQuery());
		}

	}

}

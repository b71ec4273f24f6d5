package dev.oriel.admin.query;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What a client asks of one relation: an immutable tree of names and texts, not yet
 * looked up in any schema.
 *
 * @param select what to return; empty means every column
 * @param filter which rows
 * @param order in which order; empty means none was asked for
 * @param limit how many rows at most, or {@code null}
 * @param offset how many rows to skip, or {@code null}
 * @param anchor the place in the order where the page begins or ends, or {@code null};
 * only the rows of the relation itself have one
 * @since 0.1.0
 */
public record Query(List<SelectItem> select, Filter filter, List<OrderTerm> order, @Nullable Long limit,
		@Nullable Long offset, @Nullable Anchor anchor) {

	/** Every row and every column, in no particular order. */
	public static final Query ALL = new Query(List.of(), Filter.NONE, List.of(), null, null);

	public Query {
		select = List.copyOf(select);
		order = List.copyOf(order);
	}

	/**
	 * Create a query whose page is found by counting rows.
	 * @param select what to return; empty means every column
	 * @param filter which rows
	 * @param order in which order; empty means none was asked for
	 * @param limit how many rows at most, or {@code null}
	 * @param offset how many rows to skip, or {@code null}
	 */
	public Query(List<SelectItem> select, Filter filter, List<OrderTerm> order, @Nullable Long limit,
			@Nullable Long offset) {
		this(select, filter, order, limit, offset, null);
	}

	public Query withSelect(List<SelectItem> select) {
		return new Query(select, this.filter, this.order, this.limit, this.offset, this.anchor);
	}

	public Query withFilter(Filter filter) {
		return new Query(this.select, filter, this.order, this.limit, this.offset, this.anchor);
	}

	public Query withOrder(List<OrderTerm> order) {
		return new Query(this.select, this.filter, order, this.limit, this.offset, this.anchor);
	}

	public Query withPage(@Nullable Long limit, @Nullable Long offset) {
		return new Query(this.select, this.filter, this.order, limit, offset, this.anchor);
	}

	public Query withAnchor(@Nullable Anchor anchor) {
		return new Query(this.select, this.filter, this.order, this.limit, this.offset, anchor);
	}

	/**
	 * Return the same query for at most so many rows, here and in each embedded list.
	 * @param rows how many
	 */
	public Query atMost(long rows) {
		Long limit = (this.limit != null) ? Math.min(this.limit, rows) : rows;
		return withSelect(this.select.stream()
			.map((item) -> (item instanceof SelectItem.Embed embed) ? embed.withQuery(embed.query().atMost(rows))
					: item)
			.toList()).withPage(limit, this.offset);
	}

	/**
	 * Return the same query without its fields: what it embeds is only there to be
	 * filtered or ordered by.
	 */
	public Query withoutFields() {
		return withSelect(this.select.stream()
			.filter(SelectItem.Embed.class::isInstance)
			.map(SelectItem.Embed.class::cast)
			.<SelectItem>map((embed) -> embed.withQuery(embed.query().withoutFields()))
			.toList());
	}

}

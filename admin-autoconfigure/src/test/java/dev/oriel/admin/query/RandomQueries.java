package dev.oriel.admin.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import dev.oriel.admin.query.Filter.Comparison;
import dev.oriel.admin.query.Filter.Quantifier;
import dev.oriel.admin.query.SelectItem.Aggregate;
import dev.oriel.admin.query.SelectItem.Embed;
import dev.oriel.admin.query.SelectItem.Field;
import dev.oriel.admin.query.SelectItem.Join;
import org.jspecify.annotations.Nullable;

/**
 * Makes random queries out of names and values that are awkward to write.
 */
final class RandomQueries {

	private static final List<String> TEXTS = List.of("a", "id", "first name", "a-b", "a--b", "-a", " a", "a ", "",
			"order", "select", "and", "or", "not", "count", "inner", "left", "limit", "null", "NULL", "0", "-1", "1a",
			"1.5", "*", "a,b", "(a)", ")", "{a,b}", "{", "}", "\"", "\\", "a\"b\\", "a.b", "a:b", "a::b", "after",
			"before", "~a", "->", "->>a", "!", "%", "+", "&", "=", "#", "?", "/", ";", "\n", "\t", "é", "नाम", "موارد",
			"😀", "eq.1", "not.eq.1", "*x*", "[1,2)", "q", "is.x", "not.in.(a)", "within(UTC).", "\u00a0", "today");

	private static final List<String> IDENTIFIERS = List.of("text", "int4", "double precision", "pg_catalog$", "größe");

	private final Random random;

	RandomQueries(long seed) {
		this.random = new Random(seed);
	}

	Query query() {
		return query(0);
	}

	private Query query(int depth) {
		List<SelectItem> select = new ArrayList<>();
		List<String> labels = new ArrayList<>();
		for (int i = size(4); i > 0; i--) {
			SelectItem item = item(depth);
			if (!(item instanceof Embed embed)) {
				select.add(item);
			}
			else if (!labels.contains(embed.label())) {
				labels.add(embed.label());
				select.add(item);
			}
		}
		List<Filter> filters = filters(size(4), labels, 1);
		Filter filter = (filters.size() == 1) ? filters.get(0) : new Filter.And(filters);
		List<OrderTerm> order = list(size(3), () -> order(labels));
		Anchor anchor = (depth == 0) ? orNull(this::anchor) : null;
		return new Query(select, filter, order, rows(), rows(), anchor);
	}

	private Anchor anchor() {
		return new Anchor(one(List.of(Anchor.Side.values())), one(List.of("~", "~e30", "~-_aZ09")));
	}

	private SelectItem item(int depth) {
		return switch (size(6)) {
			case 0 -> new SelectItem.All();
			case 1 -> new SelectItem.Count(orNull(this::text), orNull(this::identifier));
			case 2, 3 -> (depth < 3) ? embed(depth) : new SelectItem.All();
			default -> {
				Aggregate aggregate = orNull(() -> one(List.of(Aggregate.values())));
				yield new Field(path(), orNull(this::text), orNull(this::identifier), aggregate,
						(aggregate != null) ? orNull(this::identifier) : null);
			}
		};
	}

	private Embed embed(int depth) {
		boolean spread = this.random.nextBoolean();
		return new Embed(text(), spread ? null : orNull(this::text), orNull(this::text),
				one(List.of(Join.LEFT, Join.INNER)), spread, query(depth + 1));
	}

	private OrderTerm order(List<String> labels) {
		String embed = labels.isEmpty() ? null : orNull(() -> one(labels));
		return new OrderTerm(path(), embed, this.random.nextBoolean(), orNull(this.random::nextBoolean));
	}

	private List<Filter> filters(int size, List<String> labels, int depth) {
		return list(size, () -> filter(labels, depth));
	}

	private Filter filter(List<String> labels, int depth) {
		switch ((depth < 4) ? size(11) : 4 + size(7)) {
			case 0, 1 -> {
				return new Filter.And(filters(2 + size(2), labels, depth + 1));
			}
			case 2 -> {
				return new Filter.Or(filters(2 + size(2), labels, depth + 1));
			}
			case 3 -> {
				return new Filter.Not(filter(labels, depth + 1));
			}
			case 4 -> {
				return labels.isEmpty() ? comparison() : new Filter.Embedded(one(labels), this.random.nextBoolean());
			}
			case 5 -> {
				ColumnPath path = path();
				boolean label = path.path().isEmpty() && labels.contains(path.column());
				return label ? comparison() : new Filter.Is(path, one(List.of(Filter.Test.values())));
			}
			case 6 -> {
				return new Filter.Within(path(), one(List.of(Filter.Side.values())), period(), orNull(this::zone));
			}
			case 7 -> {
				return new Filter.Search(list(1 + size(3), this::word));
			}
			default -> {
				return comparison();
			}
		}
	}

	private Period period() {
		Period.Frame frame = one(List.of(Period.Frame.values()));
		Period.Unit unit = one(List.of(Period.Unit.values()));
		return switch (frame) {
			case THIS, LAST, NEXT -> Period.of(frame, unit);
			case COUNTED_LAST, COUNTED_NEXT -> new Period(frame, 1 + size(Period.MAX_COUNT), unit);
			case TO_DATE -> Period.of(frame, one(List.of(Period.Unit.WEEK, Period.Unit.YEAR)));
		};
	}

	private String zone() {
		return one(List.of("UTC", "Europe/Berlin", "America/Port-au-Prince", "Etc/GMT+5", "America/St_Johns"));
	}

	private String word() {
		String word = text();
		return word.isEmpty() ? "word" : word;
	}

	private Filter comparison() {
		Operator operator = one(List.of(Operator.values()));
		Quantifier quantifier = operator.isQuantifiable() ? orNull(() -> one(List.of(Quantifier.values()))) : null;
		boolean several = quantifier != null || operator == Operator.IN;
		String language = operator.isFullText() ? orNull(this::identifier) : null;
		return new Comparison(path(), operator, quantifier, list(several ? size(4) : 1, this::text), language);
	}

	private ColumnPath path() {
		return new ColumnPath(text(), list(Math.max(0, size(5) - 2), this::step));
	}

	private ColumnPath.Step step() {
		boolean index = this.random.nextBoolean();
		String key = index ? Integer.toString(this.random.nextInt()) : text();
		return new ColumnPath.Step(key, index, this.random.nextBoolean());
	}

	private @Nullable Long rows() {
		return orNull(() -> this.random.nextLong() & Long.MAX_VALUE);
	}

	private String text() {
		return this.random.nextBoolean() ? one(TEXTS) : one(TEXTS) + one(TEXTS);
	}

	private String identifier() {
		return one(IDENTIFIERS);
	}

	private int size(int bound) {
		return this.random.nextInt(bound);
	}

	private <T> T one(List<T> list) {
		return list.get(this.random.nextInt(list.size()));
	}

	private <T> @Nullable T orNull(Supplier<T> supplier) {
		return this.random.nextBoolean() ? supplier.get() : null;
	}

	private static <T> List<T> list(int size, Supplier<T> supplier) {
		return IntStream.range(0, size).mapToObj((i) -> supplier.get()).toList();
	}

}

package dev.oriel.admin.live.convergence;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import dev.oriel.admin.live.convergence.RandomSchema.View;
import dev.oriel.admin.live.convergence.RandomTable.Column;
import dev.oriel.admin.live.convergence.RandomTable.Key;
import dev.oriel.admin.live.convergence.RandomTable.Kind;

/**
 * Queries that use all of the language on a random schema. Most of them are valid for
 * most callers; the others have to fail alike everywhere.
 */
final class RandomQueries {

	private final Dice dice;

	private final RandomSchema schema;

	RandomQueries(long seed, RandomSchema schema) {
		this.dice = new Dice(seed);
		this.schema = schema;
	}

	/**
	 * Return a query of some relation.
	 */
	RandomQuery next() {
		if (!this.schema.views().isEmpty() && this.dice.oneIn(3)) {
			return ofView(this.dice.one(this.schema.views()));
		}
		RandomTable table = this.dice.one(this.schema.tables());
		if (this.dice.oneIn(7)) {
			return groups(table);
		}
		return (table.key() == Key.NONE || table.kind() == Kind.INHERITED) ? withoutKey(table) : ofTable(table);
	}

	private RandomQuery ofTable(RandomTable table) {
		List<String> parts = new ArrayList<>();
		parts.addAll(select(table));
		parts.addAll(filters(table));
		boolean ordered = !this.dice.oneIn(3);
		if (ordered) {
			parts.add("order=" + order(table));
		}
		boolean page = !this.dice.oneIn(3);
		if (page) {
			parts.add("limit=" + (1 + this.dice.below(25)));
			if (this.dice.oneIn(4)) {
				parts.add("offset=" + this.dice.below(20));
			}
		}
		boolean anchored = page && parts.stream().noneMatch((part) -> part.startsWith("offset")) && this.dice.oneIn(3);
		return query(table.name(), parts, true, anchored);
	}

	/**
	 * Rows that come in no certain order, unless it is by all there is of them.
	 */
	private RandomQuery withoutKey(RandomTable table) {
		List<String> parts = new ArrayList<>(filters(table));
		return this.dice.oneIn(2) ? query(table.name(), parts, false, false) : page(table.name(), parts);
	}

	private RandomQuery ofView(View view) {
		List<String> parts = new ArrayList<>();
		if (this.dice.oneIn(2)) {
			parts.add(this.dice.one(List.of("vis=lt.2", "n=gt.10", "label=like.*1*", "or=(vis.eq.0,label.is.null)",
					"n=not.in.(1,2,3,5,8,13,21)", "q=row")));
		}
		return this.dice.oneIn(2) ? query(view.name(), parts, false, false) : page(view.name(), parts);
	}

	private RandomQuery page(String relation, List<String> filters) {
		List<String> parts = new ArrayList<>(filters);
		parts.add("select=vis,n,label");
		parts.add("order=" + this.dice.one(List.of("n.desc.nullslast", "n.asc.nullsfirst", "n"))
				+ this.dice.one(List.of(",vis,label", ",label.desc,vis", ",vis.desc,label.nullsfirst")));
		parts.add("limit=" + (1 + this.dice.below(20)));
		return query(relation, parts, true, false);
	}

	private RandomQuery groups(RandomTable table) {
		List<String> parts = new ArrayList<>(filters(table));
		List<String> columns = new ArrayList<>(List.of("vis", "label"));
		table.columns()
			.stream()
			.filter((column) -> column.type().exact())
			.forEach((column) -> columns.add(column.name()));
		String by = this.dice.one(columns);
		parts.add("select=" + by + ",count(),n.max(),least:n.min(),vis_sum:vis.sum()");
		return query(table.name(), parts, false, false);
	}

	private List<String> select(RandomTable table) {
		List<RandomTable> children = this.schema.tables()
			.stream()
			.filter((other) -> other.parent() == table && other.key() != Key.NONE && other.kind() != Kind.INHERITED)
			.toList();
		int choice = this.dice.below(10);
		RandomTable parent = table.parent();
		if (parent != null && choice < 5) {
			return toOne(table, parent);
		}
		if (!children.isEmpty() && choice < 7) {
			return toMany(this.dice.one(children));
		}
		if (choice == 7) {
			return List.of("select=n,twice,label");
		}
		if (choice == 8) {
			Column column = this.dice.one(table.columns());
			return List.of("select=vis,text:" + column.name() + "::text,n");
		}
		return List.of();
	}

	private List<String> toOne(RandomTable table, RandomTable parent) {
		RandomTable grandparent = parent.parent();
		return switch (this.dice.below(6)) {
			case 0 -> List.of("select=*,p:" + parent.name() + "(label,vis)");
			case 1 -> List.of("select=n,...%s(parent_label:label,parent_n:n)".formatted(parent.name()));
			case 2 -> List.of("select=*,p:%s!inner(label)".formatted(parent.name()), "p.vis=lt.3");
			case 3 -> List.of("select=label,p:ref(*)");
			case 4 -> List.of("select=n,p:%s()".formatted(parent.name()), "p=not.is.null");
			default -> List.of("select=n,p:%s(label%s)".formatted(parent.name(),
					(grandparent != null) ? ",g:" + grandparent.name() + "(n,label)" : ""));
		};
	}

	private List<String> toMany(RandomTable child) {
		return switch (this.dice.below(5)) {
			case 0 -> List.of("select=label,kids:%s(n,label)".formatted(child.name()), "kids.order=n.desc.nullslast",
					"kids.limit=3");
			case 1 -> List.of("select=n,kids:%s!inner(*)".formatted(child.name()), "kids.vis=eq.1");
			case 2 -> List.of("select=label,kids:%s(count(),n.max())".formatted(child.name()));
			case 3 -> List.of("select=n,...%s(kids:label)".formatted(child.name()));
			default -> List.of("select=*,kids:%s()".formatted(child.name()), "kids=is.null");
		};
	}

	private List<String> filters(RandomTable table) {
		List<String> filters = new ArrayList<>();
		for (int i = this.dice.below(3); i > 0; i--) {
			filters.add(switch (this.dice.below(8)) {
				case 0 -> this.dice.one(List.of("or", "not.or", "and", "not.and"))
						+ "=(%s,%s)".formatted(nested(table), nested(table));
				case 1 -> "q=" + this.dice.one(List.of("row", "row 1", "a", "\"row 1\"", "1"));
				case 2 -> "vis=" + this.dice.one(List.of("lt.2", "gte.1", "in.(0,3)", "not.eq.2"));
				default -> {
					Column column = this.dice.one(table.columns());
					yield column.name() + "=" + (this.dice.oneIn(4) ? "not." : "") + condition(column, false);
				}
			});
		}
		return filters;
	}

	private String nested(RandomTable table) {
		if (this.dice.oneIn(6)) {
			return "and(%s,%s)".formatted("vis.gt.0", "n.lt.50");
		}
		Column column = this.dice.one(table.columns());
		return column.name() + (this.dice.oneIn(4) ? ".not." : ".") + condition(column, true);
	}

	private String condition(Column column, boolean inLogic) {
		if (column.nullable() && this.dice.oneIn(4)) {
			return "is.null";
		}
		String operator = this.dice.one(column.type().operators());
		String value = this.dice.one(column.type().values());
		return switch (operator) {
			case "is" -> "is." + value;
			case "in" -> "in.(%s,%s)".formatted(quote(value), quote(this.dice.one(column.type().values())));
			case "like", "ilike" -> operator + "."
					+ value(this.dice.one(List.of("*a*", "a*", "*1", "_", "*b\\*", "*" + "ä" + "*")), inLogic);
			case "match", "imatch" ->
				operator + "." + value(this.dice.one(List.of("^a", "b$", ".", "^.{2}$")), inLogic);
			case "fts", "plfts" -> operator + "(simple)." + value(this.dice.one(List.of("a", "b", "ab")), inLogic);
			case "eq(any)", "like(any)" -> operator + "."
					+ (inLogic ? quote("{1,2}") : "{%s}".formatted(this.dice.one(List.of("1,2", "0", "2,7"))));
			default -> operator + "." + value(value, inLogic);
		};
	}

	private static String value(String value, boolean inLogic) {
		return inLogic ? quote(value) : value;
	}

	private static String quote(String value) {
		return "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
	}

	private String order(RandomTable table) {
		List<String> names = new ArrayList<>(List.of("vis", "n", "label", "vis", "n"));
		table.columns()
			.stream()
			.filter((column) -> column.type().orderable())
			.forEach((column) -> names.add(column.name()));
		return this.dice.some(names.stream().distinct().toList(), 1 + this.dice.below(3))
			.stream()
			.map((name) -> name + this.dice.one(List.of("", ".asc", ".desc", ".desc"))
					+ this.dice.one(List.of("", "", ".nullsfirst", ".nullslast")))
			.collect(Collectors.joining(","));
	}

	private RandomQuery query(String relation, List<String> parts, boolean ordered, boolean anchored) {
		String text = parts.stream().map(RandomQueries::encode).collect(Collectors.joining("&"));
		return new RandomQuery(relation, text, ordered, anchored);
	}

	private static String encode(String part) {
		int equals = part.indexOf('=');
		return encodeText(part.substring(0, equals)) + "=" + encodeText(part.substring(equals + 1));
	}

	private static String encodeText(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
	}

	/**
	 * A query.
	 *
	 * @param relation the relation
	 * @param text the query string, as it stands in a URL
	 * @param ordered whether the order of the rows is certain
	 * @param anchored whether to subscribe to the page behind the one of the query
	 */
	record RandomQuery(String relation, String text, boolean ordered, boolean anchored) {

		RandomQuery behind(String cursor) {
			return new RandomQuery(this.relation, this.text + "&after=" + cursor, this.ordered, false);
		}

		@Override
		public String toString() {
			return this.relation + "?" + this.text;
		}

	}

}

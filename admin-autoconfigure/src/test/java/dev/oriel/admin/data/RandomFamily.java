package dev.oriel.admin.data;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes families for the tables of {@code family.sql}. Each row has a text that no other
 * row has.
 */
final class RandomFamily {

	private final Random random;

	private final String prefix;

	private int names;

	private int rows;

	/**
	 * @param seed tells which families are made
	 */
	RandomFamily(long seed) {
		this.random = new Random(seed);
		this.prefix = "s" + seed + "-";
	}

	Random random() {
		return this.random;
	}

	/**
	 * Return how many rows the families made so far have that were not there before,
	 * those of junctions included.
	 */
	int rows() {
		return this.rows;
	}

	/**
	 * Return a family, and the relation it begins at.
	 */
	Made make() {
		return switch (this.random.nextInt(6)) {
			case 0 -> new Made("node", node(3));
			case 1 -> new Made("orders", order());
			case 2 -> new Made("firm", firm());
			case 3 -> new Made("country", country());
			case 4 -> {
				ObjectNode company = company();
				this.rows -= (company.get("team") != null) ? rows((ArrayNode) company.get("team")) : 0;
				company.remove("team");
				yield new Made("task", task().set("team", team(false).set("company", company)));
			}
			default -> new Made("company", company());
		};
	}

	ObjectNode company() {
		ObjectNode company = row().put("name", text());
		if (this.random.nextBoolean()) {
			company.put("turnover", number());
		}
		if (this.random.nextBoolean()) {
			company.set("sector", row().put("code", text()).put("label", text()));
		}
		else if (this.random.nextBoolean()) {
			company.putNull("sector");
		}
		if (this.random.nextBoolean()) {
			company.set("address", row().put("city", text()));
		}
		if (this.random.nextBoolean()) {
			company.set("logo", row().put("text", text()));
		}
		maybeList(company, "finance", this::finance);
		maybeList(company, "team", () -> team(true));
		maybeList(company, "tag", this::tag);
		return company;
	}

	ObjectNode finance() {
		ObjectNode finance = row().put("year", 1901 + this.names++ % 30_000);
		if (this.random.nextBoolean()) {
			finance.put("quarter", this.random.nextInt(1, 5));
		}
		if (this.random.nextBoolean()) {
			finance.put("revenue", new BigDecimal(this.random.nextInt(1_000_000) + ".25"));
		}
		return finance;
	}

	ObjectNode team(boolean tasks) {
		ObjectNode team = row().put("name", text());
		if (tasks) {
			maybeList(team, "task", this::task);
		}
		return team;
	}

	private ObjectNode task() {
		ObjectNode task = row().put("title", text());
		return this.random.nextBoolean() ? task.put("done", this.random.nextBoolean()) : task;
	}

	ObjectNode tag() {
		this.rows++;
		return row().put("name", text());
	}

	private ObjectNode node(int depth) {
		ObjectNode node = row().put("name", text());
		if (depth == 3 && this.random.nextBoolean()) {
			node.set("parent", row().put("name", text()));
		}
		if (depth > 0) {
			maybeList(node, "node", () -> node(depth - 1));
		}
		return node;
	}

	private ObjectNode order() {
		ObjectNode order = row().put("customer", text());
		maybeList(order, "line", () -> {
			ObjectNode line = row().put("no", ++this.names).put("product", text());
			maybeList(line, "serial_no", () -> row().put("serial", text()));
			return line;
		});
		return order;
	}

	private ObjectNode firm() {
		ObjectNode firm = row().put("name", text());
		if (this.random.nextBoolean()) {
			firm.set("main_contact", row().put("name", text()));
		}
		maybeList(firm, "contact!firm_of", () -> row().put("name", text()));
		return firm;
	}

	private ObjectNode country() {
		ObjectNode country = row().put("name", text());
		country.set("capital", row().put("name", text()));
		maybeList(country, "city!country_of", () -> row().put("name", text()));
		return country;
	}

	private void maybeList(ObjectNode row, String name, Supplier<ObjectNode> element) {
		if (this.random.nextInt(3) > 0) {
			ArrayNode list = row.putArray(name);
			int size = this.random.nextInt(4);
			for (int i = 0; i < size; i++) {
				list.add(element.get());
			}
		}
	}

	private ObjectNode row() {
		this.rows++;
		return FamilyJson.MAPPER.createObjectNode();
	}

	private String text() {
		String special = List.of("", "ä", "\"", "\\", "\u2028", "😀", "'", "}]").get(this.random.nextInt(8));
		return this.prefix + this.names++ + special;
	}

	private BigDecimal number() {
		return new BigDecimal(new BigInteger(this.random.nextInt(1, 200), this.random), this.random.nextInt(30));
	}

	private static int rows(ArrayNode list) {
		int rows = 0;
		for (JsonNode row : list) {
			rows += rows((ObjectNode) row).size();
		}
		return rows;
	}

	/**
	 * Return all rows of a family.
	 */
	static List<ObjectNode> rows(ObjectNode family) {
		List<ObjectNode> rows = new ArrayList<>(List.of(family));
		for (JsonNode value : family) {
			if (value instanceof ObjectNode row) {
				rows.addAll(rows(row));
			}
			else if (value instanceof ArrayNode list) {
				list.forEach((row) -> rows.addAll(rows((ObjectNode) row)));
			}
		}
		return rows;
	}

	/**
	 * A family that was made.
	 *
	 * @param relation the relation that it begins at
	 * @param family the family
	 */
	record Made(String relation, ObjectNode family) {

		/**
		 * Return the select list of the same shape.
		 */
		String select() {
			return select(List.of(this.family));
		}

		private static String select(List<ObjectNode> rows) {
			return "*" + rows.stream()
				.flatMap((row) -> row.propertyNames().stream())
				.distinct()
				.filter((name) -> rows.stream().anyMatch((row) -> isEmbed(row, name)))
				.map((name) -> ",\"" + name + "\":" + name + "(" + select(related(rows, name)) + ")")
				.collect(Collectors.joining());
		}

		private static boolean isEmbed(ObjectNode row, String name) {
			JsonNode value = row.get(name);
			return value != null && (value.isContainer() || name.equals("sector"));
		}

		private static List<ObjectNode> related(List<ObjectNode> rows, String name) {
			List<ObjectNode> related = new ArrayList<>();
			for (ObjectNode row : rows) {
				if (row.get(name) instanceof ObjectNode one) {
					related.add(one);
				}
				else if (row.get(name) instanceof ArrayNode list) {
					list.forEach((each) -> related.add((ObjectNode) each));
				}
			}
			return related;
		}

	}

}

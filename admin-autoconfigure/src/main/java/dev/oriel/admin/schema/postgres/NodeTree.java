package dev.oriel.admin.schema.postgres;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Reads the text of a {@code pg_node_tree}, in which PostgreSQL keeps the definitions of
 * views: <code>{NAME :field value …}</code> for a node, parentheses for a list, tokens
 * for all else. Which fields a node has differs between versions; that it is written in
 * this way does not.
 */
final class NodeTree {

	/** Deeper than anything people write, but not too deep for a stack. */
	private static final int MAX_DEPTH = 500;

	private final String text;

	private int position;

	private int depth;

	private NodeTree(String text) {
		this.text = text;
	}

	/**
	 * Return the only query of a rule.
	 * @param text the rule's action
	 * @throws IllegalArgumentException if it is none
	 */
	static Node query(String text) {
		Object tree = new NodeTree(text).value(null);
		if (tree instanceof List<?> list && list.size() == 1 && list.get(0) instanceof Node node && node.is("QUERY")) {
			return node;
		}
		throw new IllegalArgumentException("The action of a view is one query");
	}

	private Object value(@Nullable String token) {
		String first = (token != null) ? token : token();
		if (++this.depth > MAX_DEPTH) {
			throw new IllegalArgumentException("The tree is too deep");
		}
		Object value = switch (first) {
			case "{" -> node();
			case "(" -> list();
			default -> first;
		};
		this.depth--;
		return value;
	}

	private Node node() {
		String name = token();
		Map<String, Object> fields = new HashMap<>();
		String token = token();
		while (!token.equals("}")) {
			String field = token.substring(1);
			// A name may look like a field, so the first token after one is its value.
			fields.put(field, value(token()));
			token = token();
			while (!token.equals("}") && !token.startsWith(":")) {
				// What follows are the bytes of a constant.
				value(token);
				token = token();
			}
		}
		return new Node(name, fields);
	}

	private List<Object> list() {
		List<Object> items = new ArrayList<>();
		for (String token = token(); !token.equals(")"); token = token()) {
			items.add(value(token));
		}
		return items;
	}

	/**
	 * Return the next token as it is written: a backslash keeps the character after it
	 * from ending the token.
	 */
	private String token() {
		while (this.position < this.text.length() && isBlank(this.text.charAt(this.position))) {
			this.position++;
		}
		int start = this.position;
		while (this.position < this.text.length()) {
			char character = this.text.charAt(this.position);
			if (isBlank(character)) {
				break;
			}
			if (character == '(' || character == ')' || character == '{' || character == '}') {
				this.position += (this.position == start) ? 1 : 0;
				break;
			}
			this.position += (character == '\\') ? 2 : 1;
		}
		if (this.position == start || this.position > this.text.length()) {
			throw new IllegalArgumentException("The tree ends too early");
		}
		return this.text.substring(start, this.position);
	}

	private static boolean isBlank(char character) {
		return character == ' ' || character == '\n' || character == '\t';
	}

	/**
	 * A node.
	 *
	 * @param name its type
	 * @param fields its fields; a field that is not set is the token {@code <>}
	 */
	record Node(String name, Map<String, Object> fields) {

		boolean is(String type) {
			return this.name.equals(type);
		}

		/**
		 * Return the number in a field, 0 where there is none.
		 */
		int number(String field) {
			return (int) oid(field);
		}

		/**
		 * Return the OID in a field, 0 where there is none.
		 */
		long oid(String field) {
			return (this.fields.get(field) instanceof String token) ? Long.parseLong(token) : 0;
		}

		String token(String field) {
			return (this.fields.get(field) instanceof String token) ? token : "";
		}

		boolean flag(String field) {
			return "true".equals(this.fields.get(field));
		}

		/**
		 * Whether a field holds a node or a list with something in it.
		 */
		boolean has(String field) {
			Object value = this.fields.get(field);
			return value instanceof Node || (value instanceof List<?> list && !list.isEmpty());
		}

		/**
		 * Return the nodes in a field: those of a list, a single one, or none.
		 */
		List<Node> nodes(String field) {
			Object value = this.fields.get(field);
			if (value instanceof Node node) {
				return List.of(node);
			}
			return (value instanceof List<?> list)
					? list.stream().filter(Node.class::isInstance).map(Node.class::cast).toList() : List.of();
		}

	}

}

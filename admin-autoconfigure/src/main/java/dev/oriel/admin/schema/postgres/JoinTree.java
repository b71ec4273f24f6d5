package dev.oriel.admin.schema.postgres;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.oriel.admin.schema.postgres.NodeTree.Node;
import org.jspecify.annotations.Nullable;

/**
 * How the sources of a query are joined.
 */
final class JoinTree {

	private static final int INNER = 0;

	private static final int LEFT = 1;

	private static final int RIGHT = 3;

	private final Set<Integer> places = new HashSet<>();

	private final Set<Integer> optional = new HashSet<>();

	private final List<Condition> conditions = new ArrayList<>();

	private JoinTree() {
	}

	static JoinTree of(Node query) {
		JoinTree tree = new JoinTree();
		query.nodes("jointree").forEach((node) -> tree.add(node, null));
		return tree;
	}

	/**
	 * Return the places of the sources that are joined, from 1.
	 */
	Set<Integer> places() {
		return this.places;
	}

	/**
	 * Whether all columns of a source may be NULL because an outer join finds no row.
	 */
	boolean isOptional(int place) {
		return this.optional.contains(place);
	}

	/**
	 * Return what must hold, split at each AND.
	 */
	List<Condition> conditions() {
		return this.conditions;
	}

	private void add(Node node, @Nullable Set<Integer> side) {
		if (node.is("RANGETBLREF")) {
			this.places.add(node.number("rtindex"));
		}
		else if (node.is("FROMEXPR")) {
			node.nodes("fromlist").forEach((each) -> add(each, side));
			addConditions(node.nodes("quals"), side);
		}
		else if (node.is("JOINEXPR")) {
			addJoin(node, side);
		}
	}

	private void addJoin(Node join, @Nullable Set<Integer> side) {
		int type = join.number("jointype");
		Set<Integer> left = places(join.nodes("larg"));
		Set<Integer> right = places(join.nodes("rarg"));
		switch (type) {
			case INNER -> addSides(join, side, side, side);
			case LEFT -> {
				this.optional.addAll(right);
				addSides(join, side, right, right);
			}
			case RIGHT -> {
				this.optional.addAll(left);
				addSides(join, left, side, left);
			}
			default -> {
				this.optional.addAll(left);
				this.optional.addAll(right);
				// What a full join compares holds for no side on its own.
				addSides(join, left, right, Set.of());
			}
		}
	}

	private void addSides(Node join, @Nullable Set<Integer> left, @Nullable Set<Integer> right,
			@Nullable Set<Integer> conditions) {
		join.nodes("larg").forEach((each) -> add(each, left));
		join.nodes("rarg").forEach((each) -> add(each, right));
		addConditions(join.nodes("quals"), conditions);
	}

	private void addConditions(List<Node> conditions, @Nullable Set<Integer> side) {
		for (Node node : conditions) {
			if (node.is("BOOLEXPR") && node.token("boolop").equals("and")) {
				addConditions(node.nodes("args"), side);
			}
			else {
				this.conditions.add(new Condition(node, side));
			}
		}
	}

	private static Set<Integer> places(List<Node> nodes) {
		JoinTree tree = new JoinTree();
		nodes.forEach((node) -> tree.add(node, null));
		return tree.places;
	}

	/**
	 * Something that must hold.
	 *
	 * @param node the condition
	 * @param side the sources for whose rows it holds, because an outer join leaves them
	 * out together; {@code null} if it holds for every row
	 */
	record Condition(Node node, @Nullable Set<Integer> side) {

		/**
		 * Whether it holds wherever there is a row at one of two places.
		 */
		boolean holdsFor(int one, int other) {
			return this.side == null || this.side.contains(one) || this.side.contains(other);
		}

	}

}

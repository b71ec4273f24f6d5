package dev.oriel.admin.schema.postgres;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;

import dev.oriel.admin.schema.postgres.NodeTree.Node;
import dev.oriel.admin.schema.postgres.ViewShape.Origin;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what a query's columns are and which of them name a row.
 */
final class ViewQuery {

	private static final int RELATION = 0;

	private static final int SUBQUERY = 1;

	private static final int JOIN = 2;

	private static final int WITH = 6;

	private static final int GROUP = 9;

	/** The type {@code text}, which {@code varchar} is compared as. */
	private static final long TEXT = 25;

	private final Node query;

	private final @Nullable ViewQuery outer;

	private final LongFunction<ViewShape> relations;

	private final Set<Long> equalities;

	private final List<Node> sources;

	private final JoinTree joins;

	private final Map<Integer, ViewShape> shapes = new HashMap<>();

	private ViewQuery(Node query, @Nullable ViewQuery outer, LongFunction<ViewShape> relations, Set<Long> equalities) {
		this.query = query;
		this.outer = outer;
		this.relations = relations;
		this.equalities = equalities;
		this.sources = query.nodes("rtable");
		this.joins = JoinTree.of(query);
	}

	/**
	 * Return what is known of a query's rows.
	 * @param query the query
	 * @param relations the same for the relations that it names
	 * @param equalities the operators that unique indexes compare with
	 */
	static ViewShape shape(Node query, LongFunction<ViewShape> relations, Set<Long> equalities) {
		return new ViewQuery(query, null, relations, equalities).shape();
	}

	private ViewShape shape() {
		if (this.query.has("setOperations")) {
			return ViewShape.UNKNOWN;
		}
		Map<Integer, Variable> variables = new HashMap<>();
		Map<Integer, Origin> origins = new HashMap<>();
		for (Node entry : this.query.nodes("targetList")) {
			Variable variable = entry.flag("resjunk") ? null : variable(entry.nodes("expr"));
			if (variable != null) {
				variables.put(entry.number("resno"), variable);
				Origin origin = origin(variable);
				if (origin != null) {
					origins.put(entry.number("resno"), origin);
				}
			}
		}
		return new ViewShape(origins, keys(variables));
	}

	private @Nullable Origin origin(Variable variable) {
		int place = variable.source();
		Node source = this.sources.get(place - 1);
		boolean view = source.token("relkind").equals("v") || source.token("relkind").equals("m");
		Origin origin = (source.number("rtekind") == RELATION && !view)
				? new Origin(source.oid("relid"), variable.column(), "", false)
				: source(place).origins().get(variable.column());
		return (origin != null) ? origin.within(place, this.joins.isOptional(place)) : null;
	}

	private List<Set<Integer>> keys(Map<Integer, Variable> variables) {
		if (this.query.flag("hasTargetSRFs") || this.query.has("groupingSets")) {
			return List.of();
		}
		List<Set<Integer>> keys = new ArrayList<>();
		boolean folded = this.query.flag("hasAggs") && !this.query.has("groupClause");
		if (folded || this.joins.places().isEmpty()) {
			keys.add(Set.of());
		}
		addListed("groupClause", keys);
		addListed("distinctClause", keys);
		for (int place : this.joins.places()) {
			if (determinesAll(place)) {
				for (Set<Integer> key : source(place).keys()) {
					keys.addAll(shown(place, key, variables));
				}
			}
		}
		return keys;
	}

	/**
	 * Add the columns that a clause lists, each combination of which comes once, if all
	 * of them are shown.
	 */
	private void addListed(String clause, List<Set<Integer>> keys) {
		if (!this.query.has(clause)) {
			return;
		}
		Map<Integer, Integer> numbers = new HashMap<>();
		for (Node entry : this.query.nodes("targetList")) {
			if (!entry.flag("resjunk")) {
				numbers.put(entry.number("ressortgroupref"), entry.number("resno"));
			}
		}
		List<Integer> listed = this.query.nodes(clause)
			.stream()
			.map((item) -> numbers.getOrDefault(item.number("tleSortGroupRef"), 0))
			.toList();
		if (!listed.contains(0)) {
			keys.add(Set.copyOf(listed));
		}
	}

	private static List<Set<Integer>> shown(int place, Set<Integer> key, Map<Integer, Variable> variables) {
		List<List<Integer>> alternatives = new ArrayList<>();
		for (int column : key) {
			Variable wanted = new Variable(place, column);
			alternatives.add(variables.entrySet()
				.stream()
				.filter((each) -> each.getValue().equals(wanted))
				.map(Map.Entry::getKey)
				.sorted()
				.toList());
		}
		return Combinations.of(alternatives).stream().map(Set::copyOf).toList();
	}

	/**
	 * Whether a row at one place comes together with at most one row at every other.
	 */
	private boolean determinesAll(int place) {
		List<Equality> equal = new ArrayList<>();
		for (JoinTree.Condition condition : this.joins.conditions()) {
			equality(condition).ifPresent(equal::add);
		}
		Set<Integer> known = new HashSet<>(Set.of(place));
		boolean more = true;
		while (more) {
			more = false;
			for (int other : this.joins.places()) {
				if (!known.contains(other) && isDetermined(other, place, known, equal)) {
					more = known.add(other);
				}
			}
		}
		return known.containsAll(this.joins.places());
	}

	private boolean isDetermined(int other, int place, Set<Integer> known, List<Equality> equal) {
		Set<Integer> given = new HashSet<>();
		for (Equality each : equal) {
			if (each.condition().holdsFor(other, place)) {
				each.given(other, known).ifPresent(given::add);
			}
		}
		return source(other).isUnique(given);
	}

	private Optional<Equality> equality(JoinTree.Condition condition) {
		Node node = condition.node();
		List<Node> operands = node.nodes("args");
		if (!node.is("OPEXPR") || !this.equalities.contains(node.oid("opno")) || operands.size() != 2) {
			return Optional.empty();
		}
		Variable left = variable(List.of(operands.get(0)));
		Variable right = variable(List.of(operands.get(1)));
		boolean constant = operands.stream().anyMatch((operand) -> operand.is("CONST"));
		return ((left != null && right != null) || (constant && (left != null || right != null)))
				? Optional.of(new Equality(condition, left, right)) : Optional.empty();
	}

	/**
	 * Return which column an expression is, or {@code null} if it is none.
	 */
	private @Nullable Variable variable(List<Node> expression) {
		Node node = expression.isEmpty() ? null : expression.get(0);
		if (node != null && node.is("RELABELTYPE") && node.oid("resulttype") == TEXT) {
			return variable(node.nodes("arg"));
		}
		if (node == null || !node.is("VAR") || node.number("varlevelsup") > 0 || node.number("varattno") < 1
				|| node.number("varno") < 1 || node.number("varno") > this.sources.size()) {
			return null;
		}
		Node source = this.sources.get(node.number("varno") - 1);
		int column = node.number("varattno");
		return switch (source.number("rtekind")) {
			case JOIN -> aliased(source.nodes("joinaliasvars"), column);
			case GROUP -> aliased(source.nodes("groupexprs"), column);
			default -> new Variable(node.number("varno"), column);
		};
	}

	private @Nullable Variable aliased(List<Node> expressions, int column) {
		return (column <= expressions.size()) ? variable(List.of(expressions.get(column - 1))) : null;
	}

	private ViewShape source(int place) {
		ViewShape shape = this.shapes.get(place);
		if (shape == null) {
			shape = shapeOf(this.sources.get(place - 1));
			this.shapes.put(place, shape);
		}
		return shape;
	}

	private ViewShape shapeOf(Node source) {
		return switch (source.number("rtekind")) {
			case RELATION -> this.relations.apply(source.oid("relid"));
			case SUBQUERY -> subquery(source);
			case WITH -> common(source.token("ctename"), source.number("ctelevelsup"));
			default -> ViewShape.UNKNOWN;
		};
	}

	private ViewShape subquery(Node source) {
		ViewShape shape = inner(source.nodes("subquery"));
		// One that is asked for each row again repeats its own rows.
		return source.flag("lateral")
				? new ViewShape(shape.origins(), shape.keys().stream().filter(Set::isEmpty).toList()) : shape;
	}

	private ViewShape common(String name, int levels) {
		if (levels > 0) {
			return (this.outer != null) ? this.outer.common(name, levels - 1) : ViewShape.UNKNOWN;
		}
		return this.query.nodes("cteList")
			.stream()
			.filter((each) -> each.token("ctename").equals(name) && !each.flag("cterecursive"))
			.findFirst()
			.map((each) -> inner(each.nodes("ctequery")))
			.orElse(ViewShape.UNKNOWN);
	}

	private ViewShape inner(List<Node> query) {
		return (query.size() == 1) ? new ViewQuery(query.get(0), this, this.relations, this.equalities).shape()
				: ViewShape.UNKNOWN;
	}

	/**
	 * A column of a source.
	 */
	private record Variable(int source, int column) {
	}

	/**
	 * Two columns that are equal, or one that equals a constant.
	 */
	private record Equality(JoinTree.Condition condition, @Nullable Variable left, @Nullable Variable right) {

		/**
		 * Return the column of a source that is known by this.
		 */
		Optional<Integer> given(int source, Set<Integer> known) {
			if (this.left != null && this.left.source() == source && isKnown(this.right, known)) {
				return Optional.of(this.left.column());
			}
			if (this.right != null && this.right.source() == source && isKnown(this.left, known)) {
				return Optional.of(this.right.column());
			}
			return Optional.empty();
		}

		private static boolean isKnown(@Nullable Variable variable, Set<Integer> known) {
			return variable == null || known.contains(variable.source());
		}

	}

}

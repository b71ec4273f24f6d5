package dev.oriel.admin.live;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import dev.oriel.admin.data.RowMatch;
import dev.oriel.admin.data.RowTest;
import dev.oriel.admin.schema.ForeignKey;
import dev.oriel.admin.schema.RelationName;
import org.jspecify.annotations.Nullable;

/**
 * Finds the windows that changed rows of a relation concern, and has them read again. A
 * window that is not found shows what it would show if it were read: the rows that it
 * shows did not change, and those that did either do not belong to it as they are now or
 * come behind its last row. Whatever cannot be found out concerns the window.
 */
final class Evaluation {

	/** Above this, a related row is shown nearly everywhere. */
	private static final int MANY = 1_000;

	private final RelationName relation;

	private final ChangedRows rows;

	private final Predicate<Window> scope;

	private final Windows windows;

	private final RowSource source;

	private final CircuitBreaker breaker;

	private final Set<Window> concerned = new HashSet<>();

	private int spared;

	/**
	 * @param relation the relation
	 * @param rows its changed rows, not just any
	 * @param scope which windows are to be looked at
	 * @param windows all windows
	 * @param source finds out which rows belong to which windows
	 * @param breaker decides what the source is asked
	 */
	Evaluation(RelationName relation, ChangedRows rows, Predicate<Window> scope, Windows windows, RowSource source,
			CircuitBreaker breaker) {
		this.relation = relation;
		this.rows = rows;
		this.scope = scope;
		this.windows = windows;
		this.source = source;
		this.breaker = breaker;
	}

	/**
	 * Have the windows read again that are concerned. Windows that are being read must
	 * have been told before that there is something that they may not see.
	 */
	void run() {
		Dependants dependants = this.windows.dependants(this.relation);
		if (dependants == null) {
			return;
		}
		concern(dependants.concernedBy(this.rows));
		dependants.labelled().forEach(this::evaluateLabels);
		evaluateNew(dependants);
	}

	/**
	 * Return how many windows were read again, or will be.
	 */
	int concerned() {
		return this.concerned.size();
	}

	/**
	 * Return how many windows were tested and not concerned.
	 */
	int spared() {
		return this.spared;
	}

	private void concern(Collection<Window> windows) {
		for (Window window : windows) {
			if (isOpen(window) && this.concerned.add(window)) {
				window.refresh().changed(this.rows.committed());
			}
		}
	}

	/**
	 * Look for windows that show rows of another relation which point at changed ones. A
	 * row that points at one no longer has changed itself.
	 */
	private void evaluateLabels(ForeignKey key, List<Window> windows) {
		Set<Window> left = new LinkedHashSet<>(windows);
		left.removeIf((window) -> !isOpen(window));
		if (left.isEmpty()) {
			return;
		}
		List<List<@Nullable String>> pointing = this.breaker.ask(key, left.size(),
				(limit) -> this.source.referencing(key, this.rows.keys(), MANY + 1, limit));
		Dependants showing = this.windows.dependants(key.source());
		if (pointing != null && pointing.size() <= MANY && showing != null) {
			left.retainAll(showing.showing(pointing.stream().map(Evaluation::known).toList()));
		}
		concern(left);
	}

	private static List<String> known(List<@Nullable String> key) {
		return new ArrayList<>(key);
	}

	/**
	 * Look for windows that changed rows belong to now and did not before.
	 */
	private void evaluateNew(Dependants dependants) {
		Map<Window, RowTest> candidates = dependants.candidates(values(dependants.requiredColumns()));
		Map<String, Map<Window, RowTest>> byStatement = new LinkedHashMap<>();
		candidates.forEach((window, test) -> {
			if (isOpen(window)) {
				byStatement.computeIfAbsent(test.statement(), (same) -> new LinkedHashMap<>()).put(window, test);
			}
		});
		byStatement.forEach(this::test);
	}

	/**
	 * Return the values that changed rows have in some columns. Those that are gone have
	 * none, and those that change again meanwhile will be looked at again.
	 */
	private Map<String, Set<@Nullable String>> values(List<String> columns) {
		Map<String, Set<@Nullable String>> values = new HashMap<>();
		if (columns.isEmpty()) {
			return values;
		}
		List<List<@Nullable String>> found = this.breaker.ask(this.relation, 0,
				(limit) -> this.source.values(this.relation, columns, this.rows.keys(), limit));
		if (found == null) {
			return values;
		}
		for (int i = 0; i < columns.size(); i++) {
			Set<@Nullable String> column = new HashSet<>();
			for (List<@Nullable String> row : found) {
				column.add(row.get(i));
			}
			values.put(columns.get(i), column);
		}
		return values;
	}

	private void test(String statement, Map<Window, RowTest> candidates) {
		List<Window> windows = List.copyOf(candidates.keySet());
		List<RowMatch> matches = this.breaker.ask(statement, windows.size(),
				(limit) -> this.source.matches(List.copyOf(candidates.values()), this.rows.keys(), limit));
		if (matches == null) {
			concern(windows);
			return;
		}
		this.spared += windows.size();
		for (RowMatch match : matches) {
			Window window = windows.get(match.test());
			if (match.inside()) {
				this.spared--;
				concern(List.of(window));
			}
			else {
				window.count().invalidate();
			}
		}
	}

	/**
	 * Whether it is yet to be found out if a window is concerned.
	 */
	private boolean isOpen(Window window) {
		return this.scope.test(window) && !this.concerned.contains(window)
				&& !window.refresh().accounts(this.relation, this.rows);
	}

}

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

import dev.oriel.admin.data.Footprint;
import dev.oriel.admin.data.Row;
import dev.oriel.admin.data.RowTest;
import dev.oriel.admin.schema.ForeignKey;
import dev.oriel.admin.schema.RelationName;
import org.jspecify.annotations.Nullable;

/**
 * The windows that depend on one relation, arranged so that those are found quickly which
 * a change concerns. A window takes its place when it has been read; before that, it will
 * be read anyway.
 */
final class Dependants {

	private final Set<Window> windows = new LinkedHashSet<>();

	private final Map<Window, Interest> interests = new HashMap<>();

	private final Set<Window> whole = new HashSet<>();

	/** Windows that begin at a place in the order, before which rows may come in. */
	private final Set<Window> anchored = new HashSet<>();

	/** Windows whose rows make up the answer together. */
	private final Set<Window> joint = new HashSet<>();

	private final ShownKeys shown = new ShownKeys();

	private final RequiredValues required = new RequiredValues();

	private final Map<ForeignKey, Set<Window>> labelled = new HashMap<>();

	synchronized void add(Window window) {
		this.windows.add(window);
		if (window.newer() != null) {
			this.anchored.add(window);
		}
	}

	/**
	 * Remove a window and return whether it was the last.
	 */
	synchronized boolean remove(Window window) {
		this.windows.remove(window);
		this.anchored.remove(window);
		replace(window, this.interests.remove(window), null);
		return this.windows.isEmpty();
	}

	/**
	 * Give a window its place, or another one, unless it was removed.
	 */
	synchronized void place(Window window, Interest interest) {
		if (this.windows.contains(window)) {
			replace(window, this.interests.put(window, interest), interest);
		}
	}

	private void replace(Window window, @Nullable Interest before, @Nullable Interest after) {
		this.whole.remove(window);
		this.shown.replace(window, shown(before), shown(after));
		if (before instanceof Interest.Rows rows) {
			takeOut(window, rows);
		}
		if (after instanceof Interest.Rows rows) {
			putIn(window, rows);
		}
		else if (after != null) {
			this.whole.add(window);
		}
	}

	private static List<Row> shown(@Nullable Interest interest) {
		return (interest instanceof Interest.Rows rows && rows.footprint() != null) ? rows.rows() : List.of();
	}

	private void takeOut(Window window, Interest.Rows rows) {
		Footprint footprint = rows.footprint();
		if (footprint != null) {
			this.joint.remove(window);
			this.required.remove(window, footprint);
		}
		for (ForeignKey key : rows.labels()) {
			this.labelled.computeIfPresent(key, (same, windows) -> {
				windows.remove(window);
				return windows.isEmpty() ? null : windows;
			});
		}
	}

	private void putIn(Window window, Interest.Rows rows) {
		Footprint footprint = rows.footprint();
		if (footprint != null) {
			if (!footprint.single()) {
				this.joint.add(window);
			}
			this.required.add(window, footprint);
		}
		rows.labels().forEach((key) -> this.labelled.computeIfAbsent(key, (same) -> new HashSet<>()).add(window));
	}

	synchronized List<Window> all() {
		return List.copyOf(this.windows);
	}

	/**
	 * Return the windows that changed rows concern for certain: those to which any change
	 * matters, and those that show one of the rows.
	 */
	synchronized Set<Window> concernedBy(ChangedRows rows) {
		Set<Window> concerned = new LinkedHashSet<>();
		this.shown.collect(rows.keys(), concerned);
		concerned.addAll(this.whole);
		if (rows.isAltering()) {
			concerned.addAll(this.joint);
		}
		return concerned;
	}

	/**
	 * Return the windows that show one of some rows.
	 */
	synchronized Set<Window> showing(Collection<List<String>> keys) {
		Set<Window> showing = new HashSet<>();
		this.shown.collect(keys, showing);
		return showing;
	}

	/**
	 * Return the foreign keys by which rows are shown in windows of other relations, and
	 * these windows.
	 */
	synchronized Map<ForeignKey, List<Window>> labelled() {
		Map<ForeignKey, List<Window>> labelled = new HashMap<>();
		this.labelled.forEach((key, windows) -> labelled.put(key, List.copyOf(windows)));
		return labelled;
	}

	/**
	 * Return the counts of those windows of the relation that do not show all that they
	 * count.
	 */
	synchronized List<WindowCount> partialCounts() {
		List<WindowCount> counts = new ArrayList<>();
		this.interests.forEach((window, interest) -> {
			Footprint footprint = (interest instanceof Interest.Rows rows) ? rows.footprint() : null;
			if (footprint != null && !footprint.complete() && window.count().isWanted()) {
				counts.add(window.count());
			}
		});
		return counts;
	}

	/**
	 * Return what counts the rows before windows of a relation.
	 */
	synchronized List<NewerRows> newer(RelationName relation) {
		List<NewerRows> newer = new ArrayList<>();
		for (Window window : this.anchored) {
			if (window.newer() != null && window.key().relation().equals(relation)) {
				newer.add(window.newer());
			}
		}
		return newer;
	}

	/**
	 * Return the columns whose values in changed rows must be known to tell which windows
	 * they may belong to.
	 */
	synchronized List<String> requiredColumns() {
		return this.required.columns();
	}

	/**
	 * Return the windows that changed rows may belong to, with their tests.
	 * @param values the values that changed rows have in columns
	 */
	synchronized Map<Window, RowTest> candidates(Map<String, Set<@Nullable String>> values) {
		List<Window> windows = new ArrayList<>();
		this.required.collectUnconditional(windows);
		// A column that came in use since the values were read.
		for (String column : this.required.columns()) {
			Set<@Nullable String> present = values.get(column);
			if (present != null) {
				this.required.collect(column, present, windows);
			}
			else {
				this.required.collectAll(column, windows);
			}
		}
		Map<Window, RowTest> candidates = new LinkedHashMap<>();
		for (Window window : windows) {
			if (this.interests.get(window) instanceof Interest.Rows rows && rows.footprint() != null
					&& rows.footprint().test() != null) {
				candidates.put(window, rows.footprint().test());
			}
		}
		return candidates;
	}

}

package dev.oriel.admin.live;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.oriel.admin.data.Row;

/**
 * Finds the steps from one list of rows to another: first all deletes, from the end, then
 * inserts and moves from the top, then updates. Rows move only where they must.
 */
final class Diff {

	private final List<Row> before;

	private final List<Row> after;

	private final boolean keyed;

	/** For each row after, where it was before, or -1. */
	private final int[] origins;

	/** For each row after, whether it keeps its place. */
	private final boolean[] stable;

	private final List<Change> changes = new ArrayList<>();

	/** The list in between, each row by its place after. */
	private final List<Integer> current = new ArrayList<>();

	private Diff(List<Row> before, List<Row> after) {
		this.before = before;
		this.after = after;
		Identities identities = Identities.of(before, after);
		this.keyed = identities.keyed();
		this.origins = origins(identities);
		this.stable = LongestIncreasing.of(this.origins);
	}

	/**
	 * Return the steps that make the first list the second one; none if they are equal.
	 */
	static List<Change> between(List<Row> before, List<Row> after) {
		Diff diff = new Diff(before, after);
		diff.delete();
		diff.place();
		diff.update();
		return diff.changes;
	}

	private static int[] origins(Identities identities) {
		Map<Object, Integer> places = new HashMap<>();
		for (int i = 0; i < identities.before().size(); i++) {
			places.put(identities.before().get(i), i);
		}
		return identities.after().stream().mapToInt((identity) -> places.getOrDefault(identity, -1)).toArray();
	}

	private void delete() {
		int[] destinations = new int[this.before.size()];
		Arrays.fill(destinations, -1);
		for (int i = 0; i < this.origins.length; i++) {
			if (stays(i)) {
				destinations[this.origins[i]] = i;
			}
		}
		for (int i = destinations.length - 1; i >= 0; i--) {
			if (destinations[i] < 0) {
				this.changes.add(new Change.Delete(i, this.before.get(i).key()));
			}
		}
		for (int destination : destinations) {
			if (destination >= 0) {
				this.current.add(destination);
			}
		}
	}

	/**
	 * Whether a row was there before and is taken over. One without a key is worth no
	 * move: nobody can tell it from another.
	 */
	private boolean stays(int row) {
		return this.stable[row] || (this.keyed && this.origins[row] >= 0);
	}

	private void place() {
		int next = 0;
		for (int row = 0; row < this.after.size(); row++) {
			if (this.stable[row]) {
				while (this.current.get(next) != row) {
					// A row that is yet to be moved away.
					next++;
				}
			}
			else if (stays(row)) {
				next = move(row, next);
			}
			else {
				this.changes.add(new Change.Insert(next, this.after.get(row).key(), this.after.get(row).json()));
				this.current.add(next, row);
			}
			next++;
		}
	}

	private int move(int row, int next) {
		int from = this.current.indexOf(row);
		int at = (from < next) ? next - 1 : next;
		if (from != at) {
			this.changes.add(new Change.Move(from, at, this.after.get(row).key()));
			this.current.remove(from);
			this.current.add(at, row);
		}
		return at;
	}

	private void update() {
		for (int row = 0; row < this.after.size(); row++) {
			Row now = this.after.get(row);
			if (stays(row) && !now.json().equals(this.before.get(this.origins[row]).json())) {
				this.changes.add(new Change.Update(row, now.key(), now.json()));
			}
		}
	}

}

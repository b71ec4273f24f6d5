package dev.oriel.admin.change.wal;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.oriel.admin.change.ChangeEvent;
import dev.oriel.admin.change.ChangeEvent.Operation;
import dev.oriel.admin.schema.RelationName;
import org.jspecify.annotations.Nullable;

/**
 * What one transaction did to one table.
 */
final class TableChanges {

	/** More keys than this are not worth telling one by one. */
	private static final int MANY = 1_000;

	private final Map<Operation, Set<List<String>>> keys = new EnumMap<>(Operation.class);

	private int count;

	private @Nullable Operation mark;

	/**
	 * Whether any row may be concerned, so that no more keys need to be told.
	 */
	boolean isMarked() {
		return this.mark != null;
	}

	/**
	 * Note that any row may be concerned.
	 */
	void mark(Operation operation) {
		if (this.mark == null) {
			this.mark = operation;
			this.keys.clear();
			this.count = 0;
		}
	}

	/**
	 * Note that a row is concerned; one without a key could be any.
	 */
	void add(Operation operation, @Nullable List<String> key) {
		if (isMarked()) {
			return;
		}
		if (key == null) {
			mark(Operation.ANY);
		}
		else if (this.keys.computeIfAbsent(operation, (same) -> new LinkedHashSet<>()).add(key)
				&& ++this.count > MANY) {
			mark(Operation.ANY);
		}
	}

	/**
	 * Return how many keys are known.
	 */
	int count() {
		return this.count;
	}

	List<ChangeEvent> events(RelationName table, String transaction) {
		if (this.mark != null) {
			return List.of(new ChangeEvent(table, this.mark, List.of(), true, transaction));
		}
		List<ChangeEvent> events = new ArrayList<>();
		this.keys.forEach((operation, changed) -> events
			.add(new ChangeEvent(table, operation, List.copyOf(changed), false, transaction)));
		return events;
	}

}

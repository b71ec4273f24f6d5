package dev.oriel.admin.live;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.oriel.admin.change.ChangeEvent;
import dev.oriel.admin.change.ChangeEvent.Operation;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a relation that changed in a while: their keys, or that it may be any. Is
 * filled by one thread and read by others afterwards.
 */
final class ChangedRows {

	/**
	 * More rows than this are as good as any: to look at each costs more than to read.
	 */
	private static final int MANY = 2_000;

	/** For each key, whether its row was inserted, whatever happened to it as well. */
	private final Map<List<String>, Boolean> keys = new HashMap<>();

	private boolean any;

	private boolean altering;

	private @Nullable Long committed;

	private long arrived = System.nanoTime();

	/**
	 * Add the rows of an event.
	 * @param texts makes the keys of the event those that windows know
	 */
	void add(ChangeEvent event, KeyTexts texts) {
		this.arrived = System.nanoTime();
		noteCommit(event.committed());
		boolean inserts = event.operation() == Operation.INSERT;
		this.altering |= !inserts;
		this.any |= event.bulk() || event.operation() == Operation.ANY || event.operation() == Operation.TRUNCATE;
		for (List<String> key : event.keys()) {
			List<String> known = this.any ? null : texts.of(key);
			this.any |= known == null;
			if (known != null) {
				add(known, inserts);
			}
		}
	}

	/**
	 * Add other rows of the same relation.
	 */
	void add(ChangedRows others) {
		this.arrived = (this.arrived - others.arrived > 0) ? this.arrived : others.arrived;
		noteCommit(others.committed);
		this.altering |= others.altering;
		this.any |= others.any;
		if (!this.any) {
			others.keys.forEach(this::add);
		}
	}

	private void add(List<String> key, boolean inserted) {
		this.keys.merge(key, inserted, Boolean::logicalOr);
		if (this.keys.size() > MANY) {
			this.any = true;
			this.keys.clear();
		}
	}

	private void noteCommit(@Nullable Long nanos) {
		if (nanos != null && (this.committed == null || nanos - this.committed < 0)) {
			this.committed = nanos;
		}
	}

	/**
	 * Whether nothing changed at all.
	 */
	boolean isEmpty() {
		return !this.any && this.keys.isEmpty();
	}

	/**
	 * Whether it may be any row.
	 */
	boolean isAny() {
		return this.any;
	}

	/**
	 * Whether rows may have changed or gone that were there before.
	 */
	boolean isAltering() {
		return this.altering;
	}

	List<List<String>> keys() {
		return new ArrayList<>(this.keys.keySet());
	}

	/**
	 * Return the keys of the rows that were inserted.
	 */
	List<List<String>> inserted() {
		return this.keys.entrySet().stream().filter(Map.Entry::getValue).map(Map.Entry::getKey).toList();
	}

	/**
	 * Return when the last of the changes was told, on the scale of
	 * {@link System#nanoTime()}. All of them were committed before.
	 */
	long arrived() {
		return this.arrived;
	}

	/**
	 * Return when the first of the changes was committed, on the scale of
	 * {@link System#nanoTime()}, or {@code null} where nobody knows.
	 */
	@Nullable Long committed() {
		return this.committed;
	}

}

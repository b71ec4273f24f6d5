package dev.oriel.admin.live;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.ObjLongConsumer;

import dev.oriel.admin.change.ChangeEvent;
import dev.oriel.admin.schema.RelationName;

/**
 * Collects the changes of each relation, so that those which come together are looked at
 * together: the first after a rest at once, the next some time later.
 */
final class Ticks {

	private static final Duration SHORTEST = Duration.ofMillis(25);

	private static final Duration LONGEST = Duration.ofMillis(250);

	private static final int FACTOR = 4;

	private final BiConsumer<RelationName, ChangedRows> evaluation;

	private final ObjLongConsumer<Runnable> executor;

	private final Map<RelationName, Pending> pending = new ConcurrentHashMap<>();

	/**
	 * @param evaluation finds the windows that changes concern
	 * @param executor runs tasks one after another, after a delay in nanoseconds
	 */
	Ticks(BiConsumer<RelationName, ChangedRows> evaluation, ObjLongConsumer<Runnable> executor) {
		this.evaluation = evaluation;
		this.executor = executor;
	}

	/**
	 * Take a change. Returns at once.
	 */
	void add(ChangeEvent event, KeyTexts texts) {
		this.pending.computeIfAbsent(event.relation(), Pending::new).add(event, texts);
	}

	/**
	 * The changes of one relation that were not looked at yet.
	 */
	private final class Pending {

		private final RelationName relation;

		private final Pace pace = new Pace(SHORTEST, FACTOR, LONGEST);

		private ChangedRows rows = new ChangedRows();

		private boolean scheduled;

		Pending(RelationName relation) {
			this.relation = relation;
		}

		synchronized void add(ChangeEvent event, KeyTexts texts) {
			this.rows.add(event, texts);
			schedule();
		}

		private void schedule() {
			if (!this.scheduled) {
				this.scheduled = true;
				Ticks.this.executor.accept(this::evaluate, this.pace.delay());
			}
		}

		private void evaluate() {
			long start = System.nanoTime();
			ChangedRows changed;
			synchronized (this) {
				changed = this.rows;
				this.rows = new ChangedRows();
			}
			try {
				Ticks.this.evaluation.accept(this.relation, changed);
			}
			finally {
				synchronized (this) {
					this.pace.succeeded(start);
					this.scheduled = false;
					if (!this.rows.isEmpty()) {
						schedule();
					}
				}
			}
		}

	}

}

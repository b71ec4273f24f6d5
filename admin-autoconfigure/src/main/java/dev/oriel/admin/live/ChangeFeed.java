package dev.oriel.admin.live;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import dev.oriel.admin.access.AccessPolicy;
import dev.oriel.admin.access.Caller;
import dev.oriel.admin.access.Operation;
import dev.oriel.admin.access.RelationAccess;
import dev.oriel.admin.change.ChangeEvent;
import dev.oriel.admin.query.Filter;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.SchemaSource;
import dev.oriel.admin.schema.SchemaUnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * Passes changes on as they are, to programs that want to know of them rather than see
 * rows.
 */
final class ChangeFeed {

	private final SchemaSource schema;

	private final AccessPolicy policy;

	private final Windows windows;

	private final Map<RelationName, Set<Reader>> readers = new ConcurrentHashMap<>();

	ChangeFeed(SchemaSource schema, AccessPolicy policy, Windows windows) {
		this.schema = schema;
		this.policy = policy;
		this.windows = windows;
	}

	Subscription subscribe(Caller caller, RelationName relation, Consumer<LiveMessage> sink) {
		Reader reader = new Reader(caller, relation, sink);
		this.readers.compute(relation, (name, others) -> {
			Set<Reader> all = (others != null) ? others : ConcurrentHashMap.newKeySet();
			all.add(reader);
			return all;
		});
		this.windows.watch(relation);
		return reader;
	}

	void changed(ChangeEvent event) {
		this.readers.getOrDefault(event.relation(), Set.of()).forEach((reader) -> reader.tell(event));
	}

	void resync() {
		this.readers.keySet().forEach((relation) -> changed(ChangeEvent.anything(relation)));
	}

	/**
	 * One who reads the changes of a relation.
	 */
	private final class Reader implements Subscription {

		private final Caller caller;

		private final RelationName relation;

		private final Consumer<LiveMessage> sink;

		Reader(Caller caller, RelationName relation, Consumer<LiveMessage> sink) {
			this.caller = caller;
			this.relation = relation;
			this.sink = sink;
		}

		void tell(ChangeEvent event) {
			LiveMessage message = message(event);
			if (message != null) {
				this.sink.accept(message);
			}
		}

		@Override
		public @Nullable LiveMessage current() {
			return message(ChangeEvent.anything(this.relation));
		}

		private @Nullable LiveMessage message(ChangeEvent event) {
			RelationAccess access = access();
			if (access == null || !access.allows(Operation.SELECT)) {
				return null;
			}
			return Messages.event(event, access.rows().equals(Filter.NONE) && readsKey(access));
		}

		private boolean readsKey(RelationAccess access) {
			Relation known = ChangeFeed.this.schema.snapshot().relation(this.relation);
			// Which rows policies hide, nobody knows who does not read them.
			return known != null && !known.structure().rowSecurity().enabled()
					&& access.readable().containsAll(known.primaryKey())
					&& known.uniqueKeys().stream().allMatch((key) -> access.readable().containsAll(key.columns()));
		}

		private @Nullable RelationAccess access() {
			try {
				Relation known = ChangeFeed.this.schema.snapshot().relation(this.relation);
				return (known != null) ? ChangeFeed.this.policy.decide(this.caller, known) : null;
			}
			catch (SchemaUnavailableException ex) {
				return null;
			}
		}

		@Override
		public void close() {
			AtomicBoolean there = new AtomicBoolean();
			ChangeFeed.this.readers.computeIfPresent(this.relation, (name, others) -> {
				there.set(others.remove(this));
				return others.isEmpty() ? null : others;
			});
			if (there.get()) {
				ChangeFeed.this.windows.unwatch(this.relation);
			}
		}

	}

}

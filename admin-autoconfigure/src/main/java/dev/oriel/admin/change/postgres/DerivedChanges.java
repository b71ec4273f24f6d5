package dev.oriel.admin.change.postgres;

import java.util.Set;
import java.util.function.Supplier;

import dev.oriel.admin.change.ChangeEvent;
import dev.oriel.admin.change.ChangeListener;
import dev.oriel.admin.schema.RelationName;
import org.jspecify.annotations.Nullable;

/**
 * Passes on the change of a stored relation as a change of each watched relation that
 * reads it. Two threads call, so calls are put in a row.
 *
 * @param listener who is told
 * @param watched the relations somebody looks at
 * @param routes where their rows come from, once that is known
 */
record DerivedChanges(ChangeListener listener, Supplier<Set<RelationName>> watched,
		Supplier<@Nullable Routes> routes) implements ChangeListener {

	@Override
	public synchronized void changed(ChangeEvent event) {
		Routes known = this.routes.get();
		for (RelationName relation : this.watched.get()) {
			if (relation.equals(event.relation())) {
				this.listener.changed(event);
			}
			else if (known != null && known.dependencies().of(relation).contains(event.relation())) {
				this.listener.changed(event.seenFrom(relation));
			}
		}
	}

	@Override
	public synchronized void resync() {
		this.listener.resync();
	}

}

package dev.oriel.admin.testing;

import java.util.Objects;
import java.util.Set;

import dev.oriel.admin.change.ChangeEvent;
import dev.oriel.admin.change.ChangeListener;
import dev.oriel.admin.change.ChangeSource;
import dev.oriel.admin.change.LiveMode;
import dev.oriel.admin.schema.RelationName;

import org.jspecify.annotations.Nullable;

/**
 * Changes that are told when a test says so.
 */
public final class GivenChanges implements ChangeSource {

	private volatile @Nullable ChangeListener listener;

	private volatile Set<RelationName> watched = Set.of();

	/**
	 * Tell of a change.
	 */
	public void tell(ChangeEvent event) {
		Objects.requireNonNull(this.listener, "Nobody has started the source").changed(event);
	}

	/**
	 * Return the relations that somebody looks at.
	 */
	public Set<RelationName> watched() {
		return this.watched;
	}

	@Override
	public void start(ChangeListener listener) {
		this.listener = listener;
	}

	@Override
	public void stop() {
		this.watched = Set.of();
	}

	@Override
	public void watch(Set<RelationName> relations) {
		this.watched = Set.copyOf(relations);
	}

	@Override
	public LiveMode mode(RelationName relation) {
		return LiveMode.TRIGGERS;
	}

}

package dev.oriel.admin.live;

import dev.oriel.admin.change.ChangeEvent;
import dev.oriel.admin.change.ChangeListener;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.schema.SchemaSource;
import dev.oriel.admin.schema.SchemaUnavailableException;

/**
 * Leads changes to the windows that may show them, and to those who read the changes
 * themselves.
 */
final class ChangeRouting implements ChangeListener {

	private final SchemaSource schema;

	private final Windows windows;

	private final ChangeFeed feed;

	private final LiveObserver observer;

	ChangeRouting(SchemaSource schema, Windows windows, ChangeFeed feed, LiveObserver observer) {
		this.schema = schema;
		this.windows = windows;
		this.feed = feed;
		this.observer = observer;
	}

	@Override
	public void changed(ChangeEvent event) {
		this.observer.ticked();
		if (isStorm(event)) {
			this.observer.stormed();
		}
		this.windows.affectedBy(event.relation()).forEach((window) -> window.changed(event.committed()));
		this.feed.changed(event);
	}

	@Override
	public void resync() {
		this.observer.ticked();
		this.observer.stormed();
		this.windows.all().forEach(Window::invalidate);
		this.feed.resync();
	}

	/**
	 * Whether a transaction changed more rows than are told one by one. Of a table
	 * without a key they never are, and what counters say is never exact.
	 */
	private boolean isStorm(ChangeEvent event) {
		if (!event.bulk() || event.transaction() == null) {
			return false;
		}
		try {
			Relation relation = this.schema.snapshot().relation(event.relation());
			return relation != null && !relation.key().isEmpty();
		}
		catch (SchemaUnavailableException ex) {
			return false;
		}
	}

}

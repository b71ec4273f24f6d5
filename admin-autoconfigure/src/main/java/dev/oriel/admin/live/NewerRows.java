package dev.oriel.admin.live;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import dev.oriel.admin.access.Caller;
import dev.oriel.admin.data.Count;
import dev.oriel.admin.query.Anchor;
import org.jspecify.annotations.Nullable;

/**
 * Counts the rows that were inserted before the place where a window begins, since
 * somebody looks at it. They shift nothing, so nobody would know of them. Of rows that
 * were not told one by one it is only known that there may be more.
 */
final class NewerRows {

	/** More are not kept in mind. */
	private static final int MOST = 1_000;

	private final WindowKey key;

	private final Caller caller;

	private final LiveEngine engine;

	private final Consumer<Count> result;

	private final Recount recount;

	private final Set<List<@Nullable String>> rows = new LinkedHashSet<>();

	private boolean exact = true;

	/**
	 * @param result told whenever rows were counted
	 */
	NewerRows(WindowKey key, Caller caller, LiveEngine engine, Consumer<Count> result) {
		this.key = key;
		this.caller = caller;
		this.engine = engine;
		this.result = result;
		this.recount = new Recount(this::count, new Pace(Duration.ofMillis(500), 20),
				(task, delay) -> engine.threads().count(caller, task, delay));
	}

	/**
	 * Whether a window begins at a place rather than with the first row.
	 */
	static boolean isCounted(WindowKey key) {
		Anchor anchor = key.query().anchor();
		return anchor != null && anchor.side() == Anchor.Side.AFTER;
	}

	/**
	 * Take changes of the window's relation.
	 */
	synchronized void changed(ChangedRows changed) {
		for (List<String> inserted : changed.inserted()) {
			if (this.rows.size() < MOST) {
				this.rows.add(inserted);
			}
			else {
				this.exact = false;
			}
		}
		if (changed.isAny()) {
			missed();
		}
		else if (!this.rows.isEmpty()) {
			this.recount.invalidate();
		}
	}

	/**
	 * Rows may have been inserted of which nobody tells.
	 */
	synchronized void missed() {
		this.exact = false;
		this.recount.invalidate();
	}

	private void count() {
		if (!this.engine.isOpen(this.key)) {
			return;
		}
		List<List<String>> asked = asked();
		List<List<@Nullable String>> found = asked.isEmpty() ? List.of()
				: this.engine.rows().preceding(this.caller, this.key.relation(), this.key.query(), asked);
		this.result.accept(kept(asked, found));
	}

	private synchronized List<List<String>> asked() {
		List<List<String>> asked = new ArrayList<>();
		this.rows.forEach((row) -> asked.add(new ArrayList<>(row)));
		return asked;
	}

	/**
	 * Forget the rows that do not stand before the window, and return how many do.
	 */
	private synchronized Count kept(List<List<String>> asked, List<List<@Nullable String>> found) {
		this.rows.removeAll(Set.copyOf(asked));
		this.rows.addAll(found);
		return new Count(found.size(), this.exact);
	}

}

package dev.oriel.admin.sql;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import dev.oriel.admin.query.Anchor;
import org.jspecify.annotations.Nullable;

/**
 * A place in the order of a {@link Keyset}, and on which side of it a page lies.
 *
 * @param side the side
 * @param values the texts of what the row there is ordered by, one for each step of the
 * order; empty for the place before the first row, if the page lies after it, or after
 * the last row
 * @since 0.1.0
 */
public record Bound(Anchor.Side side, List<@Nullable String> values) {

	public Bound {
		values = Collections.unmodifiableList(new ArrayList<>(values));
	}

	/**
	 * Whether the page lies before the place, so that its rows are looked for backwards.
	 */
	public boolean isBackward() {
		return this.side == Anchor.Side.BEFORE;
	}

	/**
	 * Whether the page is all there is at one end.
	 */
	public boolean isEnd() {
		return this.values.isEmpty();
	}

	/**
	 * Return the same place with marks in place of its values.
	 */
	Bound marked() {
		List<@Nullable String> marked = new ArrayList<>(this.values.size());
		for (int i = 0; i < this.values.size(); i++) {
			marked.add((this.values.get(i) != null) ? Marks.bound(i) : null);
		}
		return new Bound(this.side, marked);
	}

}

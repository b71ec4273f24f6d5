package dev.oriel.admin.live;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import dev.oriel.admin.access.Caller;

/**
 * Those who see a window, and by which state of all rights it was decided that they may.
 * Guarded by the window's lock.
 */
final class Audience {

	private final Set<Viewer> viewers = new LinkedHashSet<>();

	/** The oldest state of rights that anybody was let in by. */
	private long judgedBy = Long.MAX_VALUE;

	void add(Viewer viewer) {
		this.viewers.add(viewer);
		this.judgedBy = Math.min(this.judgedBy, viewer.judgedBy());
	}

	void remove(Viewer viewer) {
		this.viewers.remove(viewer);
	}

	List<Viewer> clear() {
		List<Viewer> left = all();
		this.viewers.clear();
		return left;
	}

	List<Viewer> all() {
		return List.copyOf(this.viewers);
	}

	boolean isEmpty() {
		return this.viewers.isEmpty();
	}

	int size() {
		return this.viewers.size();
	}

	/**
	 * Whether everybody may see the window by a state of rights.
	 */
	boolean isJudgedBy(long state) {
		return this.judgedBy >= state;
	}

	/**
	 * Remember by which state it was found that all who are left may see the window.
	 * Those who came since were let in by their own.
	 */
	void judged(Iterable<Viewer> judged, long state) {
		judged.forEach((viewer) -> viewer.judgedBy(state));
		this.judgedBy = this.viewers.stream().mapToLong(Viewer::judgedBy).min().orElse(state);
	}

	void tell(LiveMessage message) {
		this.viewers.forEach((viewer) -> viewer.tell(message));
	}

	/**
	 * Return those whose caller does not pass a test, which is made once for each.
	 */
	static List<Viewer> failing(List<Viewer> viewers, Predicate<Caller> test) {
		Map<Caller, Boolean> results = new HashMap<>();
		return viewers.stream().filter((viewer) -> !results.computeIfAbsent(viewer.caller(), test::test)).toList();
	}

}

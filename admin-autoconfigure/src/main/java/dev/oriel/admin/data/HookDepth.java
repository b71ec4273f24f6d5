package dev.oriel.admin.data;

import org.jspecify.annotations.Nullable;

/**
 * How deep the current thread is in hooks that write, whose writes call hooks again.
 */
final class HookDepth {

	/** More than any chain of hooks that comes to an end. */
	private static final int MAX_DEPTH = 16;

	private static final ThreadLocal<@Nullable Level> CURRENT = new ThreadLocal<>();

	private HookDepth() {
	}

	/**
	 * Whether the thread is in a hook on something that is undone at the end.
	 */
	static boolean isDryRun() {
		Level current = CURRENT.get();
		return current != null && current.dryRun();
	}

	/**
	 * Call a hook.
	 * @throws IllegalStateException when hooks seem to call each other without end
	 */
	static void deeper(boolean dryRun, Runnable call) {
		Level before = CURRENT.get();
		int depth = (before != null) ? before.depth() + 1 : 1;
		if (depth > MAX_DEPTH) {
			throw new IllegalStateException(
					"Hooks call each other %d deep: what they write calls them again. ".formatted(depth)
							+ "Let a hook leave alone what it has written itself");
		}
		CURRENT.set(new Level(depth, dryRun));
		try {
			call.run();
		}
		finally {
			if (before != null) {
				CURRENT.set(before);
			}
			else {
				CURRENT.remove();
			}
		}
	}

	/**
	 * One hook inside of others.
	 */
	private record Level(int depth, boolean dryRun) {

	}

}

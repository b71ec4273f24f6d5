package dev.oriel.admin.live;

import java.util.function.Consumer;

import dev.oriel.admin.access.Caller;

import org.jspecify.annotations.Nullable;

/**
 * Where it is known how far imports and exports are.
 *
 * @since 0.1.0
 */
public interface JobSource {

	/**
	 * Return how far a job is, as JSON, or {@code null} if there is none with this id
	 * that is the caller's.
	 * @param caller who asks
	 * @param id the id
	 */
	@Nullable String current(Caller caller, String id);

	/**
	 * Tell somebody how far a job is, now and until it has ended.
	 * @param caller who asks
	 * @param id the id of a job of the caller's
	 * @param follower takes the job as JSON
	 * @return what ends it
	 */
	Runnable follow(Caller caller, String id, Consumer<String> follower);

	/** There are none. */
	JobSource NONE = new JobSource() {

		@Override
		public @Nullable String current(Caller caller, String id) {
			return null;
		}

		@Override
		public Runnable follow(Caller caller, String id, Consumer<String> follower) {
			return () -> {
			};
		}

	};

}

package dev.oriel.admin.live;

import org.jspecify.annotations.Nullable;

/**
 * Somebody who is told of changes until it is closed.
 *
 * @since 0.1.0
 */
public interface Subscription extends AutoCloseable {

	/**
	 * Return one message that makes up for any number of messages the subscriber did not
	 * receive, or {@code null} if there is nothing to tell yet.
	 */
	@Nullable LiveMessage current();

	/**
	 * Tell the subscriber nothing more.
	 */
	@Override
	void close();

}

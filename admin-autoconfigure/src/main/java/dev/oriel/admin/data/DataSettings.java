package dev.oriel.admin.data;

import java.time.Duration;

import org.springframework.util.Assert;

/**
 * The limits that every use case keeps.
 *
 * @param maxRows how many rows one answer holds at most
 * @param statementTimeout how long one statement may run
 * @param lockTimeout how long a statement may wait for somebody else's lock
 * @param unfilteredWrites whether a write that names no rows may change all of them
 * @since 0.1.0
 */
public record DataSettings(long maxRows, Duration statementTimeout, Duration lockTimeout, boolean unfilteredWrites) {

	public DataSettings {
		Assert.isTrue(maxRows > 0, "'maxRows' must be greater than 0");
		Assert.isTrue(statementTimeout.toMillis() > 0, "'statementTimeout' must be at least 1ms");
		Assert.isTrue(lockTimeout.toMillis() > 0, "'lockTimeout' must be at least 1ms");
	}

}

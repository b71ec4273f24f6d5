package dev.oriel.admin.change.postgres;

import java.time.Duration;

import org.springframework.util.Assert;

/**
 * How changes become known.
 *
 * @param triggers who puts triggers on tables
 * @param outbox whether to use triggers where they are, rather than only counters
 * @param initializeSchema whether to create the outbox where it is missing
 * @param pollInterval how often counters are looked at
 * @since 0.1.0
 */
public record ChangeSettings(TriggerPolicy triggers, boolean outbox, boolean initializeSchema, Duration pollInterval) {

	public ChangeSettings {
		Assert.isTrue(pollInterval.toMillis() >= 100, "'pollInterval' must be at least 100ms");
	}

}

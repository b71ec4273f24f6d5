package dev.oriel.admin.change.postgres;

import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import dev.oriel.admin.change.postgres.TriggerStatus.State;
import dev.oriel.admin.schema.RelationName;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Does by itself what the policy allows: completes triggers that no longer fit, and puts
 * them on new tables.
 */
final class TriggerUpkeep {

	private static final Log logger = LogFactory.getLog(TriggerUpkeep.class);

	private static final Duration RETRY = Duration.ofMinutes(1);

	private final TriggerInstaller installer;

	private final TriggerPolicy policy;

	private final Map<RelationName, Long> failures = new HashMap<>();

	TriggerUpkeep(TriggerInstaller installer, TriggerPolicy policy) {
		this.installer = installer;
		this.policy = policy;
	}

	/**
	 * Return what is there after what could be done was done.
	 */
	Map<RelationName, TriggerStatus> apply(Map<RelationName, TriggerStatus> found) throws SQLException {
		boolean done = false;
		for (Map.Entry<RelationName, TriggerStatus> table : found.entrySet()) {
			if (table.getValue().installable() && isDue(table.getValue().state()) && !failedLately(table.getKey())) {
				done |= install(table.getKey());
			}
		}
		return done ? this.installer.status() : found;
	}

	private boolean isDue(State state) {
		return switch (this.policy) {
			case MANUAL -> false;
			case ON_REQUEST -> state == State.OUTDATED || state == State.OTHER_KEY;
			case AUTO -> state != State.INSTALLED;
		};
	}

	private boolean failedLately(RelationName table) {
		Long failure = this.failures.get(table);
		return failure != null && System.nanoTime() - failure < RETRY.toNanos();
	}

	private boolean install(RelationName table) {
		try {
			this.installer.install(table);
			this.failures.remove(table);
			return true;
		}
		catch (TriggerException ex) {
			if (this.failures.put(table, System.nanoTime()) == null) {
				logger.warn(ex.getMessage() + "; its changes are found by polling meanwhile");
			}
			return false;
		}
		catch (IllegalArgumentException ex) {
			// The table is not among those that are shown, or not yet.
			return false;
		}
	}

}

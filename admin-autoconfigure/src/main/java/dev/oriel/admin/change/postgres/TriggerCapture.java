package dev.oriel.admin.change.postgres;

import java.sql.SQLException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import dev.oriel.admin.change.ChangeEvent;
import dev.oriel.admin.change.ChangeListener;
import dev.oriel.admin.change.LiveMode;
import dev.oriel.admin.change.SourceStatus;
import dev.oriel.admin.change.postgres.TriggerStatus.State;
import dev.oriel.admin.schema.RelationName;
import org.jspecify.annotations.Nullable;

/**
 * Tells of the changes of tables that have triggers.
 */
final class TriggerCapture implements Capture {

	private final OutboxChangeSource outbox;

	private final TriggerInstaller installer;

	private final TriggerUpkeep upkeep;

	private final boolean enabled;

	private volatile @Nullable ChangeListener listener;

	/**
	 * @param outbox tells what triggers wrote
	 * @param installer knows which tables have triggers
	 * @param upkeep puts them on tables
	 * @param enabled whether to read the outbox at all
	 */
	TriggerCapture(OutboxChangeSource outbox, TriggerInstaller installer, TriggerUpkeep upkeep, boolean enabled) {
		this.outbox = outbox;
		this.installer = installer;
		this.upkeep = upkeep;
		this.enabled = enabled;
	}

	@Override
	public void start(ChangeListener listener) {
		this.listener = listener;
		if (this.enabled) {
			this.outbox.start(listener);
		}
	}

	@Override
	public void stop() {
		this.outbox.stop();
	}

	@Override
	public void watch(Set<RelationName> tables) {
		this.outbox.watch(tables);
	}

	@Override
	public LiveMode mode() {
		return (this.enabled && this.outbox.isAvailable()) ? LiveMode.TRIGGERS : LiveMode.OFF;
	}

	@Override
	public SourceStatus status() {
		return this.outbox.status();
	}

	@Override
	public Set<RelationName> captured() throws SQLException {
		Map<RelationName, TriggerStatus> found = this.installer.status();
		Set<RelationName> before = captured(found);
		ChangeListener told = this.listener;
		if (told == null || mode() == LiveMode.OFF) {
			return before;
		}
		Set<RelationName> after = captured(this.upkeep.apply(found));
		for (RelationName table : after) {
			// Nobody told what was written while triggers were missing.
			if (!before.contains(table)) {
				told.changed(ChangeEvent.anything(table));
			}
		}
		return after;
	}

	private static Set<RelationName> captured(Map<RelationName, TriggerStatus> statuses) {
		Set<RelationName> captured = new HashSet<>();
		statuses.forEach((table, status) -> {
			if (status.state() == State.INSTALLED || status.state() == State.OUTDATED) {
				captured.add(table);
			}
		});
		return captured;
	}

}

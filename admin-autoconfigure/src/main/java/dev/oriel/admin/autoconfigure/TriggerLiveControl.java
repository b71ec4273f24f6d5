package dev.oriel.admin.autoconfigure;

import java.sql.SQLException;

import dev.oriel.admin.change.postgres.PostgresChangeSource;
import dev.oriel.admin.change.postgres.TriggerException;
import dev.oriel.admin.data.Problem;
import dev.oriel.admin.data.ProblemException;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.web.LiveControl;

/**
 * Lets the page see and alter which tables have triggers.
 */
final class TriggerLiveControl implements LiveControl {

	private final PostgresChangeSource changes;

	private final boolean mayInstall;

	TriggerLiveControl(PostgresChangeSource changes, boolean mayInstall) {
		this.changes = changes;
		this.mayInstall = mayInstall;
	}

	@Override
	public String mode(Relation relation) {
		return this.changes.mode(relation.name()).label();
	}

	@Override
	public boolean installable(Relation relation) {
		return this.mayInstall && relation.kind().isTable();
	}

	@Override
	public String sql(Relation relation) {
		if (!relation.kind().isTable()) {
			return "";
		}
		try {
			return this.changes.installer().sql(relation.name());
		}
		catch (SQLException ex) {
			throw new ProblemException(Problem.unavailable(), ex);
		}
	}

	@Override
	public void install(Relation relation) {
		alter(relation, () -> this.changes.installer().install(relation.name()));
	}

	@Override
	public void remove(Relation relation) {
		alter(relation, () -> this.changes.installer().remove(relation.name()));
	}

	private void alter(Relation relation, Runnable change) {
		if (!installable(relation)) {
			throw new ProblemException(new Problem(403, "ORIEL403", "Triggers may not be altered here",
					"Either the configuration forbids it, or %s is not a table.".formatted(relation.name()), null));
		}
		try {
			change.run();
			this.changes.refresh();
		}
		catch (TriggerException ex) {
			int status = ex.isBusy() ? 409 : 400;
			throw new ProblemException(new Problem(status, "ORIEL" + status, String.valueOf(ex.getMessage()), null,
					ex.isBusy() ? "The table is in use; try again in a moment." : null), ex);
		}
	}

}

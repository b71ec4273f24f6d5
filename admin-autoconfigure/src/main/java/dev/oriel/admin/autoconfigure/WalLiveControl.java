package dev.oriel.admin.autoconfigure;

import dev.oriel.admin.change.postgres.PostgresChangeSource;
import dev.oriel.admin.data.Problem;
import dev.oriel.admin.data.ProblemException;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.web.LiveControl;

/**
 * Lets the page see which tables are followed in the write-ahead log. It alters nothing:
 * which tables can be is found out by itself, or laid down by who made the publication.
 */
final class WalLiveControl implements LiveControl {

	private final PostgresChangeSource changes;

	WalLiveControl(PostgresChangeSource changes) {
		this.changes = changes;
	}

	@Override
	public String mode(Relation relation) {
		return this.changes.mode(relation.name()).label();
	}

	@Override
	public boolean installable(Relation relation) {
		return false;
	}

	@Override
	public String sql(Relation relation) {
		return "";
	}

	@Override
	public void install(Relation relation) {
		throw refused();
	}

	@Override
	public void remove(Relation relation) {
		throw refused();
	}

	private static ProblemException refused() {
		return new ProblemException(
				new Problem(409, "ORIEL409", "Changes are read from the write-ahead log, so no triggers are used", null,
						"Add the table to the publication, or set 'oriel.live.source=triggers'."));
	}

}

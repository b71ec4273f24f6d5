package dev.oriel.admin.autoconfigure;

import java.util.function.Function;

import dev.oriel.admin.change.postgres.PostgresChangeSource;
import dev.oriel.admin.data.Problem;
import dev.oriel.admin.data.ProblemException;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.web.LiveControl;

/**
 * Lets the page see how changes become known where no triggers are used for it, so that
 * there is nothing to install.
 */
final class NoTriggers implements LiveControl {

	private final Function<Relation, String> mode;

	private final Problem refusal;

	private NoTriggers(Function<Relation, String> mode, Problem refusal) {
		this.mode = mode;
		this.refusal = refusal;
	}

	/**
	 * Changes are not pushed, because the configuration says so.
	 */
	static NoTriggers off() {
		return new NoTriggers((relation) -> "off",
				new Problem(409, "ORIEL409", "Live updates are switched off", null, "Set 'oriel.live.enabled=true'."));
	}

	/**
	 * Changes are read from the write-ahead log. Which tables are followed there is found
	 * out by itself, or laid down by who made the publication.
	 */
	static NoTriggers wal(PostgresChangeSource changes) {
		return new NoTriggers((relation) -> changes.mode(relation.name()).label(),
				new Problem(409, "ORIEL409", "Changes are read from the write-ahead log, so no triggers are used", null,
						"Add the table to the publication, or set 'oriel.live.source=triggers'."));
	}

	@Override
	public String mode(Relation relation) {
		return this.mode.apply(relation);
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
		throw new ProblemException(this.refusal);
	}

	@Override
	public void remove(Relation relation) {
		throw new ProblemException(this.refusal);
	}

}

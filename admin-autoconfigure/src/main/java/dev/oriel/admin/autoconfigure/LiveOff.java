package dev.oriel.admin.autoconfigure;

import dev.oriel.admin.data.Problem;
import dev.oriel.admin.data.ProblemException;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.web.LiveControl;

/**
 * Changes are not pushed, because the configuration says so.
 */
final class LiveOff implements LiveControl {

	@Override
	public String mode(Relation relation) {
		return "off";
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
		throw off();
	}

	@Override
	public void remove(Relation relation) {
		throw off();
	}

	private static ProblemException off() {
		return new ProblemException(
				new Problem(409, "ORIEL409", "Live updates are switched off", null, "Set 'oriel.live.enabled=true'."));
	}

}

package dev.oriel.admin.web;

import java.util.List;

import dev.oriel.admin.data.Problem;
import dev.oriel.admin.data.ProblemException;

import org.springframework.http.MediaType;

/**
 * The media types that rows are answered in.
 */
final class MediaTypes {

	/** One row as an object, instead of an array with one row. */
	static final MediaType SINGLE = MediaType.parseMediaType("application/vnd.pgrst.object+json");

	private static final MediaType ARRAY = MediaType.parseMediaType("application/vnd.pgrst.array+json");

	private MediaTypes() {
	}

	/**
	 * Whether a client asks for one object.
	 * @throws ProblemException with status 406 when it takes nothing that is offered
	 */
	static boolean wantsSingle(List<MediaType> accepted) {
		for (MediaType type : accepted) {
			if (type.equalsTypeAndSubtype(SINGLE)) {
				return true;
			}
			if (type.isCompatibleWith(MediaType.APPLICATION_JSON) || type.equalsTypeAndSubtype(ARRAY)) {
				return false;
			}
		}
		if (accepted.isEmpty()) {
			return false;
		}
		throw new ProblemException(
				new Problem(406, "PGRST107", "None of these media types are available: " + MediaType.toString(accepted),
						null, "Ask for application/json or " + SINGLE + "."));
	}

}

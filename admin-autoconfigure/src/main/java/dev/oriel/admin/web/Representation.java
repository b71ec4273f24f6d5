package dev.oriel.admin.web;

import dev.oriel.admin.data.Problem;
import dev.oriel.admin.data.ProblemException;

import org.jspecify.annotations.Nullable;

/**
 * How rows are written into the body of an answer.
 *
 * @see <a href=
 * "https://docs.postgrest.org/en/stable/references/api/resource_representation.html">
 * PostgREST: resource representation</a>
 */
sealed interface Representation {

	/** Every row in an array, with all of its fields. */
	Representation JSON = new Json(false);

	/**
	 * Return the media type as it stands in the header {@code Content-Type}, without its
	 * character set.
	 */
	String mediaType();

	default String contentType() {
		return mediaType() + ";charset=UTF-8";
	}

	/**
	 * Whether there has to be exactly one row.
	 */
	default boolean single() {
		return false;
	}

	/**
	 * Return the representation that a client wants most of those there are.
	 * @param accepted what the client takes
	 * @throws ProblemException with status 406 when it takes nothing that is offered
	 */
	static Representation negotiate(AcceptedTypes accepted) {
		for (AcceptedTypes.Range range : accepted.ranges()) {
			Representation found = of(range);
			if (found != null) {
				return found;
			}
		}
		throw new ProblemException(new Problem(406, "PGRST107", "None of these media types are available: " + accepted,
				null, "Ask for application/json or application/vnd.pgrst.object+json."));
	}

	private static @Nullable Representation of(AcceptedTypes.Range range) {
		return switch (range.type()) {
			case "application/vnd.pgrst.object+json", "application/vnd.pgrst.object" -> new Json(true);
			case "application/vnd.pgrst.array+json", "application/vnd.pgrst.array" -> JSON;
			default -> range.takes("application/json") ? JSON : null;
		};
	}

	/**
	 * JSON.
	 *
	 * @param single whether the only row is answered as an object instead of an array
	 */
	record Json(boolean single) implements Representation {

		@Override
		public String mediaType() {
			return this.single ? "application/vnd.pgrst.object+json" : "application/json";
		}

	}

}

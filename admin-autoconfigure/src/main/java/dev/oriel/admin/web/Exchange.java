package dev.oriel.admin.web;

import java.nio.charset.StandardCharsets;

import dev.oriel.admin.access.Caller;
import dev.oriel.admin.data.RowPage;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.sql.VersionMode;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * A request to a relation as it is understood.
 *
 * @param caller who asks
 * @param relation the relation
 * @param query which rows, and what of them
 * @param preferences what is asked for besides
 * @param representation how the rows are written
 * @param profile the schema that the rows come from
 */
record Exchange(Caller caller, RelationName relation, Query query, Preferences preferences,
		Representation representation, ContentProfile profile) {

	boolean single() {
		return this.representation.single();
	}

	/**
	 * Whether it is asked how the request is carried out, instead of what comes of it.
	 */
	boolean explained() {
		return this.representation instanceof Representation.Plan;
	}

	VersionMode version() {
		if (this.preferences.rowVersion()) {
			return VersionMode.IN_ROW;
		}
		return single() ? VersionMode.SEPARATE : VersionMode.NONE;
	}

	/**
	 * Begin an answer that tells which preferences were applied.
	 * @param applied their names and values, or nothing
	 */
	ServerResponse.BodyBuilder answer(HttpStatus status, String applied) {
		ServerResponse.BodyBuilder response = ServerResponse.status(status);
		return applied.isEmpty() ? response : response.header("Preference-Applied", applied);
	}

	/**
	 * End an answer with its body.
	 */
	ServerResponse body(ServerResponse.BodyBuilder response, RowPage page) {
		byte[] bytes = this.representation.body(page).getBytes(StandardCharsets.UTF_8);
		// Without message converters, which look for one that writes bytes each time.
		return response.header(HttpHeaders.CONTENT_TYPE, this.representation.contentType())
			.headers(this.profile::addTo)
			.header(HttpHeaders.CONTENT_LENGTH, Integer.toString(bytes.length))
			.build((request, servletResponse) -> {
				servletResponse.getOutputStream().write(bytes);
				return null;
			});
	}

}

package dev.oriel.admin.web;

import java.util.stream.Collectors;

import dev.oriel.admin.schema.SchemaSnapshot;

import org.springframework.http.HttpHeaders;

import org.jspecify.annotations.Nullable;

/**
 * The schema that the body of an answer comes from, as the header {@value #HEADER} tells
 * it where there are several to choose from.
 *
 * @param schema the schema as it stands in the header, or {@code null} where there is no
 * choice
 * @see <a href="https://docs.postgrest.org/en/stable/references/api/schemas.html">
 * PostgREST: schemas</a>
 */
record ContentProfile(@Nullable String schema) {

	static final String HEADER = "Content-Profile";

	static ContentProfile of(SchemaSnapshot snapshot, String schema) {
		return new ContentProfile((snapshot.schemas().size() > 1) ? escape(schema) : null);
	}

	/**
	 * Write what no header can hold as it may be written in requests, too.
	 */
	private static String escape(String schema) {
		boolean plain = schema.chars().allMatch(ContentProfile::isPlain);
		return plain ? schema
				: schema.codePoints()
					.mapToObj(
							(each) -> isPlain(each) ? Character.toString(each) : '~' + Integer.toHexString(each) + '~')
					.collect(Collectors.joining());
	}

	private static boolean isPlain(int character) {
		return character >= ' ' && character <= '~';
	}

	void addTo(HttpHeaders headers) {
		if (this.schema != null) {
			headers.set(HEADER, this.schema);
		}
	}

}

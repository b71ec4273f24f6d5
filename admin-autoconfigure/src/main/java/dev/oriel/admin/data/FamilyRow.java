package dev.oriel.admin.data;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A row of a body, with the related rows that it embeds.
 *
 * @param target the relation it belongs to
 * @param path where it stands in the body, for example {@code finance[2]}; empty for the
 * only row of a body
 * @param values the columns that it gives, each as the JSON text that was sent
 * @param version the version that the row must still have, or {@code null}
 * @param mark what is to become of a row that is there
 * @param links the related rows
 */
record FamilyRow(Target target, String path, Map<String, String> values, @Nullable String version, Mark mark,
		List<FamilyLink> links) {

	/**
	 * Return the path of a member of the row.
	 */
	String at(String name) {
		return this.path.isEmpty() ? name : this.path + "." + name;
	}

	/**
	 * What is to become of a row.
	 */
	enum Mark {

		/** It is written and linked. */
		KEEP,
		/** It no longer belongs to the row that embeds it. */
		UNLINK,
		/** It is deleted. */
		DELETE

	}

}

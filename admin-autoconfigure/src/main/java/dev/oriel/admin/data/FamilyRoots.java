package dev.oriel.admin.data;

import java.util.List;
import java.util.Map;

/**
 * How the rows of the body itself are found.
 *
 * @param lookup the columns by which they are looked for; none if they are new
 * @param key the values of these columns as JSON, for the only row; none if they stand in
 * the body
 * @param versions the versions that the only row may have
 */
record FamilyRoots(List<String> lookup, Map<String, String> key, ExpectedVersions versions) {

	/** They are new. */
	static final FamilyRoots NEW = new FamilyRoots(List.of(), Map.of(), ExpectedVersions.NONE);

}

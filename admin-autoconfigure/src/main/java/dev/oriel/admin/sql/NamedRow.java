package dev.oriel.admin.sql;

import org.jspecify.annotations.Nullable;

/**
 * A row that is named by itself, not by a condition.
 *
 * @param number what its result is told by
 * @param name what names it, a JSON object: its key, or what {@link NamedStatements#hold}
 * has told
 * @param version the version that it must still have, or {@code null}
 * @param values the values to give it, a JSON object
 * @since 0.1.0
 */
public record NamedRow(int number, String name, @Nullable String version, String values) {

}

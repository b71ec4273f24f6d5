package dev.oriel.admin.data;

import dev.oriel.admin.schema.Column;

import org.jspecify.annotations.Nullable;

/**
 * A field of rows that are copied out.
 *
 * @param name its name
 * @param type the name of its type in {@code pg_type}, for example {@code int8}; the base
 * of a domain
 * @param column the column of the relation that it is, or {@code null} where it is
 * anything else
 * @since 0.1.0
 */
public record RowField(String name, String type, @Nullable Column column) {
}

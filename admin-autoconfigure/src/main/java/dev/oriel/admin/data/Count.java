package dev.oriel.admin.data;

/**
 * How many rows a query has without its page.
 *
 * @param value the number
 * @param exact whether it was counted rather than estimated
 * @since 0.1.0
 */
public record Count(long value, boolean exact) {
}

package dev.oriel.admin.query;

/**
 * One parameter of a query string, decoded.
 *
 * @param name what stands before the equals sign
 * @param value what stands after it
 * @since 0.1.0
 */
public record Parameter(String name, String value) {
}

package dev.oriel.admin.data;

import org.jspecify.annotations.Nullable;

/**
 * One of several rows that are no longer what the caller has seen.
 *
 * @param path which element of the body names it, for example {@code [2]}; {@code null}
 * if none does
 * @param current the row as it is now, with its version, or {@code null} if it is gone
 * @since 0.1.0
 */
public record StaleRow(@Nullable String path, @Nullable Row current) {

}

package dev.oriel.admin.extension;

import org.jspecify.annotations.Nullable;

/**
 * A row that was written.
 *
 * @param before the row as it was, {@code null} if it was inserted
 * @param after the row as it is, {@code null} if it was deleted
 * @since 0.1.0
 */
public record WrittenRow(@Nullable RowImage before, @Nullable RowImage after) {
}

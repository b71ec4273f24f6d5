package dev.oriel.admin.data;

import org.jspecify.annotations.Nullable;

/**
 * Why a row, or a value of it, was refused.
 *
 * @param path where in the body it is, for example {@code [2].name}; {@code null} if the
 * body is one object
 * @param column the column, or {@code null} if it is about the row
 * @param message why
 * @since 0.1.0
 */
public record FieldError(@Nullable String path, @Nullable String column, String message) {

}

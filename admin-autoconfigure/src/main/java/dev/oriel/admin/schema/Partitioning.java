package dev.oriel.admin.schema;

import org.jspecify.annotations.Nullable;

/**
 * How a relation takes part in partitioning.
 *
 * @param key what its own partitions are made by, for example {@code RANGE (day)}, or
 * {@code null} if it has none
 * @param bound which rows of the table it is a part of are here, for example
 * {@code FOR VALUES IN (1)}, or {@code null} if it is no partition
 * @since 0.1.0
 */
public record Partitioning(@Nullable String key, @Nullable String bound) {

	/** It does not. */
	public static final Partitioning NONE = new Partitioning(null, null);

}

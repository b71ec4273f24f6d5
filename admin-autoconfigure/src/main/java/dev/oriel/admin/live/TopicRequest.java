package dev.oriel.admin.live;

import org.jspecify.annotations.Nullable;

/**
 * What a messaging client asks to be told of.
 *
 * @param destination the topic, with its query string
 * @param schema the schema of the relation, or {@code null} for the default one
 * @param count how to count: {@code none}, {@code exact}, {@code planned} or
 * {@code estimated}; {@code null} for the last
 * @param rowVersion whether each row holds its version
 * @param epoch which run of which node {@code version} is of, or {@code null}
 * @param version the version of the rows that the client has already, or {@code null}
 * @since 0.1.0
 */
public record TopicRequest(String destination, @Nullable String schema, @Nullable String count, boolean rowVersion,
		@Nullable String epoch, @Nullable String version) {
}

package dev.oriel.admin.live;

import dev.oriel.admin.data.CountMode;

/**
 * What a window shows beside the rows.
 *
 * @param withVersion whether each row holds its version
 * @param count how the rows are counted
 * @since 0.1.0
 */
public record WindowOptions(boolean withVersion, CountMode count) {
}

package dev.oriel.admin.live;

import java.util.List;

import dev.oriel.admin.change.SourceStatus;

/**
 * What the live engine is doing.
 *
 * @param windows all open windows, in no particular order
 * @param source how the source of changes is doing
 * @since 0.1.0
 */
public record LiveStatus(List<WindowStatus> windows, SourceStatus source) {

	public LiveStatus {
		windows = List.copyOf(windows);
	}

}

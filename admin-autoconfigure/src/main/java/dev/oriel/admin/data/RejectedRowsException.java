package dev.oriel.admin.data;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Hooks have refused some of the rows that were to be written together; none was.
 *
 * @since 0.1.0
 */
public final class RejectedRowsException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient Map<Integer, List<RejectedReason>> reasons;

	RejectedRowsException(Map<Integer, List<RejectedReason>> reasons) {
		super("%d rows are refused".formatted(reasons.size()));
		this.reasons = new TreeMap<>(reasons);
	}

	/**
	 * Return what is wrong with each of the rows, by its place from 0.
	 */
	public Map<Integer, List<RejectedReason>> reasons() {
		return this.reasons;
	}

}

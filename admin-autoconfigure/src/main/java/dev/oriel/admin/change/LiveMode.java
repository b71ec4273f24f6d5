package dev.oriel.admin.change;

import java.util.Locale;

/**
 * How changes of a relation become known.
 *
 * @since 0.1.0
 */
public enum LiveMode {

	/** Triggers tell of each change at once. */
	TRIGGERS,
	/** The write-ahead log tells of each change at once. */
	WAL,
	/** Counters are looked at every now and then. */
	POLLING,
	/** The relation is computed from others and read again when one of those changed. */
	REQUERY,
	/** Changes do not become known. */
	OFF;

	/**
	 * Return the name that clients see, in lower case.
	 */
	public String label() {
		return name().toLowerCase(Locale.ROOT);
	}

}

package dev.oriel.admin.change.postgres;

/**
 * Who puts triggers on tables.
 *
 * @since 0.1.0
 */
public enum TriggerPolicy {

	/** An administrator does, table by table or all at once, in the page. */
	ON_REQUEST,
	/** Oriel does, on every table it may. */
	AUTO,
	/** Nobody but the host's own migrations; Oriel changes nothing. */
	MANUAL

}

package dev.oriel.admin.sql;

/**
 * When PostgreSQL should plan a statement that it keeps prepared.
 *
 * @since 0.1.0
 */
public enum Planning {

	/** With each execution, because the best plan depends on the values. */
	EACH_TIME,

	/** Once, because the best plan is the same for all values. */
	ONCE

}

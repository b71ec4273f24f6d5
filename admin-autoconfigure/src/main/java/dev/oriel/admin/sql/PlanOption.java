package dev.oriel.admin.sql;

/**
 * What a plan tells besides its nodes and their costs.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-explain.html">PostgreSQL:
 * EXPLAIN</a>
 * @since 0.1.0
 */
public enum PlanOption {

	/** What really happened, for which the request is carried out. */
	ANALYZE,
	/** The fields of each node. */
	VERBOSE,
	/** The settings that planning depends on, where they were changed. */
	SETTINGS,
	/** The blocks that were read and written. */
	BUFFERS,
	/** The log records that were written; only together with {@link #ANALYZE}. */
	WAL

}

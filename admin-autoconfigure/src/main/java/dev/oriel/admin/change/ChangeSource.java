package dev.oriel.admin.change;

import java.util.Set;

import dev.oriel.admin.schema.RelationName;

/**
 * Where the knowledge of changes comes from.
 *
 * @since 0.1.0
 */
public interface ChangeSource {

	/**
	 * Begin to tell of changes. Returns at once; a database that is away is tried again
	 * until it answers.
	 * @param listener who is told
	 */
	void start(ChangeListener listener);

	/**
	 * Stop, within two seconds. The source can be started again.
	 */
	void stop();

	/**
	 * Say which relations somebody looks at now; others need not be told of. A change
	 * that is committed after this call is never missed, though it may be told late or as
	 * one event for many.
	 * @param relations all of them, views and partitions included
	 */
	void watch(Set<RelationName> relations);

	/**
	 * Return how changes of a relation become known.
	 * @param relation the relation
	 */
	LiveMode mode(RelationName relation);

	/**
	 * Return how the source is doing. Asks the database nothing.
	 */
	default SourceStatus status() {
		return SourceStatus.UNKNOWN;
	}

}

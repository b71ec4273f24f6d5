package dev.oriel.admin.change.postgres;

import java.sql.SQLException;
import java.util.Set;

import dev.oriel.admin.change.ChangeListener;
import dev.oriel.admin.change.LiveMode;
import dev.oriel.admin.change.SourceStatus;
import dev.oriel.admin.schema.RelationName;

/**
 * Tells at once of the changes of those tables that are prepared for it.
 *
 * @since 0.1.0
 */
public interface Capture {

	/**
	 * Begin to tell of changes. Returns at once, and tries until the database answers.
	 * @param listener who is told
	 */
	void start(ChangeListener listener);

	/**
	 * Stop, within two seconds. It can be started again.
	 */
	void stop();

	/**
	 * Say which tables somebody looks at now.
	 * @param tables stored relations; of a partitioned table the root
	 */
	void watch(Set<RelationName> tables);

	/**
	 * Return how changes become known where tables are prepared, or {@link LiveMode#OFF}
	 * while they do not and counters have to be looked at instead.
	 */
	LiveMode mode();

	/**
	 * Return how it is doing. Asks the database nothing.
	 */
	SourceStatus status();

	/**
	 * Return the tables of which every change is told, partitioned ones by their root.
	 * What may be prepared is prepared before.
	 * @throws SQLException when the database does not answer
	 */
	Set<RelationName> captured() throws SQLException;

}

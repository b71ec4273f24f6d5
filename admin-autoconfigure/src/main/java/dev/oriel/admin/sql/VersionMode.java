package dev.oriel.admin.sql;

/**
 * What is done with the version of each row: a text that changes whenever the row does.
 *
 * @since 0.1.0
 */
public enum VersionMode {

	/** It is not read. */
	NONE,
	/** It is read, but is no part of the answer. */
	SEPARATE,
	/** It is read, and stands in the answer as {@code _version}. */
	IN_ROW

}

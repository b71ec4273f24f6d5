package dev.oriel.admin.autoconfigure;

/**
 * The login that a socket was opened with.
 */
@FunctionalInterface
interface Login {

	/**
	 * Whether the application would still let the same user in: as an HTTP request with
	 * the same credentials would be, so far as that can be known without one.
	 */
	boolean isStillValid();

}

package dev.oriel.admin.change.wal;

/**
 * Changes cannot be read from the log, for a reason that somebody has to do something
 * about.
 */
final class WalException extends RuntimeException {

	WalException(String message) {
		super(message);
	}

}

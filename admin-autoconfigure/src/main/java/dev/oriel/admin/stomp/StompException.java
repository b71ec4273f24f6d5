package dev.oriel.admin.stomp;

/**
 * A client broke the rules of the protocol or ours; its connection ends.
 */
final class StompException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	StompException(String message) {
		super(message);
	}

}

package dev.oriel.admin.stomp;

/**
 * What one user has of what all users share, over all of the user's sockets.
 */
final class UserShare {

	private final StompSettings settings;

	private final FrameBudget frames;

	private int sockets;

	private int subscriptions;

	UserShare(StompSettings settings) {
		this.settings = settings;
		this.frames = new FrameBudget(settings.framesPerSecond());
	}

	synchronized boolean takeSocket() {
		boolean left = this.sockets < this.settings.socketsPerUser();
		this.sockets += left ? 1 : 0;
		return left;
	}

	/**
	 * Give a socket back and return whether it was the last.
	 */
	synchronized boolean returnSocket() {
		this.sockets--;
		return this.sockets == 0;
	}

	synchronized int sockets() {
		return this.sockets;
	}

	synchronized boolean takeSubscription() {
		boolean left = this.subscriptions < this.settings.subscriptionsPerUser();
		this.subscriptions += left ? 1 : 0;
		return left;
	}

	synchronized void returnSubscription() {
		this.subscriptions--;
	}

	synchronized boolean takeFrame() {
		return this.frames.spend();
	}

}

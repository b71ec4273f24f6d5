package dev.oriel.admin.autoconfigure;

/**
 * How much users may ask of the live engine.
 *
 * @since 0.1.0
 */
public class LiveLimits {

	/**
	 * Number of sockets that may be open at the same time.
	 */
	private int sockets = 200;

	/**
	 * Number of sockets that one user may have open at the same time.
	 */
	private int socketsPerUser = 20;

	/**
	 * Number of topics that one user may subscribe to at the same time, over all sockets.
	 */
	private int subscriptionsPerUser = 200;

	/**
	 * Number of frames that one user may send each second, over all sockets; a burst may
	 * have ten times as many.
	 */
	private int framesPerSecond = 50;

	public int getSockets() {
		return this.sockets;
	}

	public void setSockets(int sockets) {
		this.sockets = sockets;
	}

	public int getSocketsPerUser() {
		return this.socketsPerUser;
	}

	public void setSocketsPerUser(int socketsPerUser) {
		this.socketsPerUser = socketsPerUser;
	}

	public int getSubscriptionsPerUser() {
		return this.subscriptionsPerUser;
	}

	public void setSubscriptionsPerUser(int subscriptionsPerUser) {
		this.subscriptionsPerUser = subscriptionsPerUser;
	}

	public int getFramesPerSecond() {
		return this.framesPerSecond;
	}

	public void setFramesPerSecond(int framesPerSecond) {
		this.framesPerSecond = framesPerSecond;
	}

}

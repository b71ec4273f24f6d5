package dev.oriel.admin.stomp;

import java.time.Duration;

/**
 * What sockets may do.
 *
 * @param sockets how many may be open
 * @param socketsPerUser how many one user may have open
 * @param subscriptionsPerUser how many topics one user may subscribe to, over all sockets
 * @param frameSize how many bytes a client's frame may have
 * @param framesPerSecond how many frames one user may send each second, over all sockets,
 * and ten times as many in a burst
 * @param heartbeat how often both sides say that they are there
 * @param connectTimeout how soon the first frame must come
 * @param sendTimeout how long a client may take to receive one message
 * @since 0.1.0
 */
public record StompSettings(int sockets, int socketsPerUser, int subscriptionsPerUser, int frameSize,
		int framesPerSecond, Duration heartbeat, Duration connectTimeout, Duration sendTimeout) {

	/**
	 * Return the usual times and sizes with other limits.
	 * @param sockets how many may be open
	 * @param socketsPerUser how many one user may have open
	 * @param subscriptionsPerUser how many topics one user may subscribe to
	 * @param framesPerSecond how many frames one user may send each second
	 */
	public static StompSettings limited(int sockets, int socketsPerUser, int subscriptionsPerUser,
			int framesPerSecond) {
		return new StompSettings(sockets, socketsPerUser, subscriptionsPerUser, 64 * 1024, framesPerSecond,
				Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(5));
	}

}

package dev.oriel.admin.stomp;

import java.time.Duration;

/**
 * What sockets may do.
 *
 * @param sockets how many may be open
 * @param socketsPerUser how many one user may have open
 * @param subscriptionsPerSocket how many topics one socket may subscribe to
 * @param frameSize how many bytes a client's frame may have
 * @param framesPerSecond how many frames a client may send each second, ten times as many
 * in a burst
 * @param heartbeat how often both sides say that they are there
 * @param connectTimeout how soon the first frame must come
 * @param sendTimeout how long a client may take to receive one message
 * @since 0.1.0
 */
public record StompSettings(int sockets, int socketsPerUser, int subscriptionsPerSocket, int frameSize,
		int framesPerSecond, Duration heartbeat, Duration connectTimeout, Duration sendTimeout) {

	/**
	 * Return the usual limits.
	 */
	public static StompSettings usual() {
		return new StompSettings(200, 20, 50, 64 * 1024, 20, Duration.ofSeconds(10), Duration.ofSeconds(10),
				Duration.ofSeconds(5));
	}

}

package dev.oriel.admin.stomp;

import java.io.IOException;
import java.time.Duration;

import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.adapter.NativeWebSocketSession;

/**
 * Writes one frame at a time to a socket.
 */
@FunctionalInterface
interface SocketWriter {

	/** Tomcat waits so long, before it closes a socket, for what is being written. */
	String CLOSE_TIMEOUT = "org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT";

	/**
	 * Write a frame and say when the client's side has taken it.
	 * @param frame the frame
	 * @param done told of success by {@code null}, or of what went wrong
	 */
	void write(String frame, Done done);

	/**
	 * Wait no longer for what is being written, because the client does not take it.
	 */
	default void giveUp() {
		// Who writes waits.
	}

	/**
	 * Return the best way to write to a socket: without a thread that waits for the
	 * client, where the server can.
	 */
	static SocketWriter to(WebSocketSession socket, Duration timeout) {
		if (ClassUtils.isPresent("jakarta.websocket.Session", SocketWriter.class.getClassLoader())
				&& socket instanceof NativeWebSocketSession wrapper
				&& wrapper.getNativeSession() instanceof Session session) {
			return asynchronous(session, timeout);
		}
		return (frame, done) -> {
			Throwable failure = null;
			try {
				socket.sendMessage(new TextMessage(frame));
			}
			catch (IOException | RuntimeException ex) {
				failure = ex;
			}
			done.with(failure);
		};
	}

	private static SocketWriter asynchronous(Session session, Duration timeout) {
		session.getUserProperties().put(CLOSE_TIMEOUT, Math.min(timeout.toMillis(), 1_000));
		RemoteEndpoint.Async remote = session.getAsyncRemote();
		// Who is stuck is found by the rounds, which is cheaper than a timer for each
		// frame.
		remote.setSendTimeout(-1);
		return new SocketWriter() {

			@Override
			public void write(String frame, Done done) {
				try {
					remote.sendText(frame, (result) -> done.with(result.isOK() ? null : result.getException()));
				}
				catch (RuntimeException ex) {
					done.with(ex);
				}
			}

			@Override
			public void giveUp() {
				session.getUserProperties().put(CLOSE_TIMEOUT, 1L);
			}

		};
	}

	/**
	 * Told how a write ended.
	 */
	@FunctionalInterface
	interface Done {

		void with(@Nullable Throwable failure);

	}

}

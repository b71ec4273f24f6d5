package dev.oriel.admin.web;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.oriel.admin.data.Cancellation;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

import org.jspecify.annotations.Nullable;

/**
 * Notices clients that go away while something is read for them, and cancels it: whoever
 * types the next letter of a search has no use for what the last one finds. A thread that
 * waits for the database cannot see that by itself, so connections are looked at twice a
 * second while a read lasts longer than that.
 * <p>
 * Works with Tomcat and HTTP/1.1, where a server can look whether a connection was
 * closed. Elsewhere a read ends with its time limit.
 *
 * @since 0.1.0
 */
public final class Disconnects implements AutoCloseable {

	private static final Duration INTERVAL = Duration.ofMillis(500);

	private final Set<Watch> watches = ConcurrentHashMap.newKeySet();

	private final AtomicBoolean looking = new AtomicBoolean();

	private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, (task) -> {
		Thread thread = new Thread(task, "oriel-disconnects");
		thread.setDaemon(true);
		return thread;
	});

	/**
	 * Create the watch. Its thread is there only while it has something to look at.
	 */
	public Disconnects() {
		this.thread.setKeepAliveTime(10, TimeUnit.SECONDS);
		this.thread.allowCoreThreadTimeOut(true);
		this.thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
	}

	/**
	 * Return a handler that reads for clients only as long as they are there.
	 * @param handler the handler
	 */
	HandlerFunction<ServerResponse> watching(HandlerFunction<ServerResponse> handler) {
		return (request) -> {
			Watch watch = isRead(request) ? watch(request.servletRequest()) : null;
			if (watch == null) {
				return handler.handle(request);
			}
			this.watches.add(watch);
			try {
				schedule();
				return watch.cancellation.during(() -> handler.handle(request));
			}
			finally {
				this.watches.remove(watch);
				watch.end();
			}
		};
	}

	private static boolean isRead(ServerRequest request) {
		return request.method().name().equals("GET") || request.method().name().equals("HEAD");
	}

	private static @Nullable Watch watch(HttpServletRequest request) {
		ClientConnection connection = ClientConnection.of(request);
		return (connection != null) ? new Watch(connection) : null;
	}

	private void schedule() {
		if (this.looking.compareAndSet(false, true)) {
			try {
				this.thread.schedule(this::look, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
			}
			catch (RejectedExecutionException ex) {
				// The application is being stopped, which ends everything anyway.
				this.looking.set(false);
			}
		}
	}

	private void look() {
		this.looking.set(false);
		this.watches.forEach(Watch::look);
		if (!this.watches.isEmpty()) {
			schedule();
		}
	}

	@Override
	public void close() {
		this.thread.shutdownNow();
	}

	/**
	 * One read, and the connection it is for.
	 */
	private static final class Watch {

		private final Cancellation cancellation = new Cancellation();

		private final ClientConnection connection;

		private boolean ended;

		private boolean seen;

		private Watch(ClientConnection connection) {
			this.connection = connection;
		}

		/**
		 * Look at the connection, but not the first time: most reads end before the
		 * second. The thread that reads does not touch the connection meanwhile, because
		 * it waits in {@link #end()}.
		 */
		private synchronized void look() {
			if (!this.ended && this.seen && this.connection.isClosed()) {
				this.ended = true;
				this.cancellation.cancel();
			}
			this.seen = true;
		}

		private synchronized void end() {
			this.ended = true;
		}

	}

}

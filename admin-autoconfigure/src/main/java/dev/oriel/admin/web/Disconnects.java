package dev.oriel.admin.web;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

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
			ServerResponse answer = during(watch, () -> handler.handle(request));
			return (answer instanceof StreamedAnswer streamed) ? watching(streamed, request.servletRequest()) : answer;
		};
	}

	/**
	 * Return an answer that reads its rows only as long as the client is there.
	 */
	private StreamedAnswer watching(StreamedAnswer answer, HttpServletRequest request) {
		return new StreamedAnswer(answer.headers(), (out) -> {
			Watch watch = watch(request);
			if (watch == null) {
				answer.body().accept(out);
				return;
			}
			during(watch, () -> {
				answer.body().accept(new Unwatched(out, watch.turn));
				return answer;
			});
		});
	}

	/**
	 * Do work for a client whose request was read to its end, and call somebody when the
	 * client goes away meanwhile.
	 * @param request the request
	 * @param gone called by another thread, perhaps more than once
	 * @param work the work, which is to end soon afterwards
	 */
	void during(HttpServletRequest request, Runnable gone, Runnable work) {
		ClientConnection connection = ClientConnection.ofRead(request);
		if (connection == null) {
			work.run();
			return;
		}
		Watch watch = new Watch(connection, gone);
		this.watches.add(watch);
		try {
			schedule();
			work.run();
		}
		finally {
			this.watches.remove(watch);
			watch.end();
		}
	}

	private <T, E extends Exception> T during(Watch watch, Cancellation.Work<T, E> work) throws E {
		this.watches.add(watch);
		try {
			schedule();
			return watch.cancellation.during(work);
		}
		finally {
			this.watches.remove(watch);
			watch.end();
		}
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

		private final Runnable gone;

		private final ClientConnection connection;

		/** Held by the thread that reads while it writes to the connection. */
		private final ReentrantLock turn = new ReentrantLock();

		private boolean ended;

		private boolean seen;

		private Watch(ClientConnection connection) {
			this.connection = connection;
			this.gone = this.cancellation::cancel;
		}

		private Watch(ClientConnection connection, Runnable gone) {
			this.connection = connection;
			this.gone = gone;
		}

		/**
		 * Look at the connection, but not the first time: most reads end before the
		 * second. The thread that reads does not touch the connection meanwhile, because
		 * it waits for its turn. It is not waited for: who writes notices by itself.
		 */
		private void look() {
			if (!this.turn.tryLock()) {
				return;
			}
			try {
				if (!this.ended && this.seen && this.connection.isClosed()) {
					// Again with each look, because what has not begun yet is not
					// cancelled.
					this.gone.run();
				}
				this.seen = true;
			}
			finally {
				this.turn.unlock();
			}
		}

		private void end() {
			this.turn.lock();
			try {
				this.ended = true;
			}
			finally {
				this.turn.unlock();
			}
		}

	}

	/**
	 * Writes to a connection while nobody looks at it.
	 */
	private static final class Unwatched extends OutputStream {

		private final OutputStream out;

		private final ReentrantLock turn;

		private Unwatched(OutputStream out, ReentrantLock turn) {
			this.out = out;
			this.turn = turn;
		}

		@Override
		public void write(int value) throws IOException {
			write(new byte[] { (byte) value }, 0, 1);
		}

		@Override
		public void write(byte[] bytes, int offset, int length) throws IOException {
			this.turn.lock();
			try {
				this.out.write(bytes, offset, length);
			}
			finally {
				this.turn.unlock();
			}
		}

	}

}

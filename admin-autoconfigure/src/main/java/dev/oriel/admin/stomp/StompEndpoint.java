package dev.oriel.admin.stomp;

import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.oriel.admin.live.Topics;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.server.support.WebSocketHttpRequestHandler;

/**
 * The STOMP endpoint: who opens a socket at it can subscribe to topics and nothing else.
 * It shares nothing with a broker that the host may have.
 *
 * @since 0.1.0
 */
public final class StompEndpoint implements SmartLifecycle {

	private static final Log logger = LogFactory.getLog(StompEndpoint.class);

	private static final CloseStatus SIGNED_OUT = CloseStatus.POLICY_VIOLATION.withReason("Signed out");

	/** Few, because they wait for no client where the server writes by itself. */
	private static final int WRITERS = Math.max(2, Math.min(4, Runtime.getRuntime().availableProcessors()));

	/** Apart from the writers, because a socket that is closed may be waited for. */
	private static final int CLOSERS = 2;

	/** How many seconds pass between two looks at the logins. */
	private static final int LOGIN_INTERVAL = 3;

	private final Connections connections;

	private final WebSocketHttpRequestHandler requestHandler;

	private volatile boolean running;

	private volatile @Nullable ThreadPoolExecutor writers;

	private volatile @Nullable ThreadPoolExecutor closers;

	private @Nullable ScheduledThreadPoolExecutor rounds;

	/**
	 * Create an endpoint.
	 * @param settings what sockets may do
	 * @param topics what can be subscribed to
	 * @param authenticator finds out who opens a socket
	 */
	public StompEndpoint(StompSettings settings, Topics topics, HandshakeAuthenticator authenticator) {
		this.connections = new Connections(settings);
		StompHandler handler = new StompHandler(settings, topics, this.connections,
				new Writers((task) -> run(this.writers, task), WRITERS), (task) -> run(this.closers, task),
				() -> this.running);
		this.requestHandler = new WebSocketHttpRequestHandler(handler, new UncompressedHandshake());
		this.requestHandler.setHandshakeInterceptors(List.of(new AuthenticationInterceptor(authenticator)));
	}

	/**
	 * Return what handles a request to open a socket, to be mapped to a path.
	 */
	public HttpRequestHandler requestHandler() {
		return this.requestHandler;
	}

	/**
	 * Return how many sockets are open.
	 */
	public int socketCount() {
		return this.connections.size();
	}

	/**
	 * Return how many sockets each user has open.
	 */
	public Map<String, Integer> socketsByUser() {
		return this.connections.byUser();
	}

	@Override
	public synchronized void start() {
		if (!this.running) {
			this.writers = pool(WRITERS, "oriel-stomp-");
			this.closers = pool(CLOSERS, "oriel-stomp-close-");
			this.running = true;
			this.requestHandler.start();
			// Whether a login is good may have to be looked up somewhere slow.
			this.rounds = new ScheduledThreadPoolExecutor(2, threads("oriel-stomp-rounds-"));
			this.rounds.scheduleWithFixedDelay(this::lookAround, 1, 1, TimeUnit.SECONDS);
			this.rounds.scheduleWithFixedDelay(this::checkLogins, LOGIN_INTERVAL, LOGIN_INTERVAL, TimeUnit.SECONDS);
		}
	}

	@Override
	public synchronized void stop() {
		if (this.running) {
			this.running = false;
			if (this.rounds != null) {
				this.rounds.shutdownNow();
			}
			this.requestHandler.stop();
			this.connections.all().forEach((connection) -> connection.close(CloseStatus.GOING_AWAY));
			if (this.closers != null) {
				finish(this.closers);
			}
			if (this.writers != null) {
				this.writers.shutdownNow();
			}
		}
	}

	/**
	 * Let the sockets be closed, but not for long.
	 */
	private static void finish(ThreadPoolExecutor closers) {
		closers.shutdown();
		try {
			if (!closers.awaitTermination(1_500, TimeUnit.MILLISECONDS)) {
				logger.debug("Some sockets are still open");
				closers.shutdownNow();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static ThreadPoolExecutor pool(int threads, String prefix) {
		ThreadPoolExecutor pool = new ThreadPoolExecutor(threads, threads, 30, TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(), threads(prefix));
		pool.allowCoreThreadTimeOut(true);
		return pool;
	}

	private static void run(@Nullable ThreadPoolExecutor pool, Runnable task) {
		if (pool == null) {
			throw new RejectedExecutionException("Not started");
		}
		pool.execute(task);
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	private void lookAround() {
		for (StompConnection connection : this.connections.all()) {
			CloseStatus overdue = connection.overdue();
			if (overdue != null) {
				connection.close(overdue);
			}
			else {
				connection.heartbeat();
			}
		}
	}

	private void checkLogins() {
		for (StompConnection connection : this.connections.all()) {
			if (!isStillValid(connection.identity())) {
				connection.close(SIGNED_OUT);
			}
		}
	}

	private static boolean isStillValid(SocketIdentity identity) {
		try {
			return identity.isStillValid();
		}
		catch (RuntimeException ex) {
			logger.debug("It is unknown whether a login is still good, so it is not", ex);
			return false;
		}
	}

	private static ThreadFactory threads(String prefix) {
		AtomicInteger number = new AtomicInteger();
		return (task) -> {
			Thread thread = new Thread(task, prefix + number.incrementAndGet());
			thread.setDaemon(true);
			return thread;
		};
	}

}

package dev.oriel.admin.web;

import java.util.Locale;
import java.util.Map;

import dev.oriel.admin.data.TransactionClock;

import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Tells in the header {@code Server-Timing} how long the parts of a request took, in
 * milliseconds: to read it ({@code parse}), to find what it is about and to write the
 * statements ({@code plan}), to run them ({@code transaction}), and to make the answer
 * ({@code response}).
 *
 * @see <a href=
 * "https://docs.postgrest.org/en/stable/references/observability.html#server-timing-header">
 * PostgREST: Server-Timing header</a>
 */
final class ServerTiming {

	private static final String ATTRIBUTE = ServerTiming.class.getName();

	private final long started = System.nanoTime();

	private long parsed = this.started;

	private long executed = this.started;

	private ServerTiming() {
	}

	/**
	 * Return a handler that measures another one.
	 */
	static HandlerFunction<ServerResponse> of(HandlerFunction<ServerResponse> handler) {
		return (request) -> {
			ServerTiming timing = new ServerTiming();
			request.attributes().put(ATTRIBUTE, timing);
			try (TransactionClock clock = TransactionClock.start()) {
				ServerResponse response = handler.handle(request);
				return new HeadedAnswer(response, Map.of("Server-Timing", timing.header(clock.nanos())));
			}
		};
	}

	/**
	 * Mark that a request has been read.
	 */
	static void parsed(ServerRequest request) {
		if (request.attributes().get(ATTRIBUTE) instanceof ServerTiming timing) {
			timing.parsed = System.nanoTime();
			timing.executed = timing.parsed;
		}
	}

	/**
	 * Mark that a request has been carried out.
	 */
	static void executed(ServerRequest request) {
		if (request.attributes().get(ATTRIBUTE) instanceof ServerTiming timing) {
			timing.executed = System.nanoTime();
		}
	}

	private String header(long transaction) {
		long plan = Math.max(0, this.executed - this.parsed - transaction);
		return String.join(", ", metric("parse", this.parsed - this.started), metric("plan", plan),
				metric("transaction", transaction), metric("response", System.nanoTime() - this.executed));
	}

	private static String metric(String name, long nanos) {
		return String.format(Locale.ROOT, "%s;dur=%.1f", name, nanos / 1_000_000.0);
	}

}

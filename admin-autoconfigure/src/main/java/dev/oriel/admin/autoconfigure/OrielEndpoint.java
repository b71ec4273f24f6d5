package dev.oriel.admin.autoconfigure;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import dev.oriel.admin.change.SourceStatus;
import dev.oriel.admin.live.LiveEngine;
import dev.oriel.admin.live.LiveStatus;
import dev.oriel.admin.live.WindowStatus;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

import org.jspecify.annotations.Nullable;

/**
 * Tells who looks at what. It holds neither rows nor the values that they are compared
 * with, because whoever may see this endpoint need not be one who may see those.
 */
@Endpoint(id = "oriel")
final class OrielEndpoint {

	private static final int WINDOWS = 1_000;

	private final LiveEngine engine;

	private final Supplier<Map<String, Integer>> sockets;

	OrielEndpoint(LiveEngine engine, Supplier<Map<String, Integer>> sockets) {
		this.engine = engine;
		this.sockets = sockets;
	}

	/**
	 * Return what the live engine is doing.
	 */
	@ReadOperation
	public Description describe() {
		LiveStatus status = this.engine.status();
		List<Window> windows = status.windows()
			.stream()
			.sorted(Comparator.comparing(WindowStatus::cost)
				.reversed()
				.thenComparing((window) -> window.relation().toString())
				.thenComparing(WindowStatus::query))
			.limit(WINDOWS)
			.map(Window::of)
			.toList();
		return new Description(Source.of(status.source()), this.sockets.get(), status.windows().size(), windows);
	}

	/**
	 * What the engine is doing.
	 *
	 * @param source where changes are learned from
	 * @param sockets how many sockets each user has open
	 * @param windowCount how many windows there are
	 * @param windows the windows, those whose reads take longest first; at most 1,000
	 */
	record Description(Source source, Map<String, Integer> sockets, int windowCount,
			List<Window> windows) implements OperationResponseBody {
	}

	/**
	 * Where changes are learned from.
	 *
	 * @param listener whether the connection that listens is open, lost or unused
	 * @param lookedAt when changes were last looked for
	 */
	record Source(String listener, @Nullable Instant lookedAt) {

		static Source of(SourceStatus status) {
			return new Source(status.connection().label(), status.lookedAt());
		}

	}

	/**
	 * A query whose rows are kept up to date.
	 *
	 * @param relation the relation
	 * @param query the query string, with question marks for values
	 * @param mode how changes become known
	 * @param subscribers how many look at it
	 * @param rows how many rows it shows, or {@code null} before they are known
	 * @param version the state that it shows
	 * @param costMillis how long its last read took
	 */
	record Window(String relation, String query, String mode, int subscribers, @Nullable Integer rows, long version,
			double costMillis) {

		static Window of(WindowStatus window) {
			return new Window(window.relation().toString(), window.query(), window.mode().label(), window.subscribers(),
					(window.rows() >= 0) ? window.rows() : null, window.version(), window.cost().toNanos() / 1e6);
		}

	}

}

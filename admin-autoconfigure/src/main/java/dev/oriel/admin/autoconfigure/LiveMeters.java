package dev.oriel.admin.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.oriel.admin.live.LiveEngine;
import dev.oriel.admin.live.LiveObserver;
import dev.oriel.admin.stomp.StompEndpoint;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.beans.factory.ObjectProvider;

/**
 * Counts what the live engine does. No tag holds the name of a relation or of a user, so
 * the number of meters is always the same.
 */
final class LiveMeters implements LiveObserver, MeterBinder {

	private static final String PREFIX = "oriel.live.";

	/** The engine is observed from its first moment, so it cannot be here before us. */
	private final ObjectProvider<LiveEngine> engine;

	private final ObjectProvider<StompEndpoint> sockets;

	private final List<Meters> registries = new CopyOnWriteArrayList<>();

	LiveMeters(ObjectProvider<LiveEngine> engine, ObjectProvider<StompEndpoint> sockets) {
		this.engine = engine;
		this.sockets = sockets;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		LiveEngine observed = this.engine.getObject();
		Gauge.builder(PREFIX + "windows", observed, LiveEngine::windowCount)
			.description("Queries whose rows are kept up to date")
			.register(registry);
		Gauge.builder(PREFIX + "subscribers", observed, LiveEngine::subscriberCount)
			.description("Subscribers that look at windows")
			.register(registry);
		StompEndpoint endpoint = this.sockets.getIfAvailable();
		if (endpoint != null) {
			Gauge.builder(PREFIX + "sockets", endpoint, StompEndpoint::socketCount)
				.description("Open sockets")
				.register(registry);
		}
		this.registries.add(new Meters(registry));
	}

	@Override
	public void ticked() {
		this.registries.forEach((meters) -> meters.ticks.increment());
	}

	@Override
	public void evaluated(int concerned, int spared) {
		this.registries.forEach((meters) -> {
			meters.concerned.increment(concerned);
			meters.spared.increment(spared);
		});
	}

	@Override
	public void stormed() {
		this.registries.forEach((meters) -> meters.storms.increment());
	}

	@Override
	public void read(Duration duration, boolean succeeded) {
		this.registries.forEach((meters) -> (succeeded ? meters.reads : meters.failedReads).record(duration));
	}

	@Override
	public void told(Duration lag) {
		this.registries.forEach((meters) -> meters.lag.record(lag));
	}

	/**
	 * The meters of one registry.
	 */
	private static final class Meters {

		private final Counter ticks;

		private final Counter concerned;

		private final Counter spared;

		private final Counter storms;

		private final Timer reads;

		private final Timer failedReads;

		private final Timer lag;

		Meters(MeterRegistry registry) {
			this.ticks = Counter.builder(PREFIX + "ticks")
				.description("Changes that were compared with what windows depend on")
				.register(registry);
			this.concerned = evaluations(registry, "concerned");
			this.spared = evaluations(registry, "spared");
			this.storms = Counter.builder(PREFIX + "storms")
				.description("Changes too large to be told row by row")
				.register(registry);
			this.reads = reads(registry, "success");
			this.failedReads = reads(registry, "failure");
			this.lag = Timer.builder(PREFIX + "lag")
				.description("Time from a commit until the subscribers of a window were told")
				.register(registry);
		}

		private static Counter evaluations(MeterRegistry registry, String outcome) {
			return Counter.builder(PREFIX + "evaluations")
				.description("Windows that changes were compared with")
				.tag("outcome", outcome)
				.register(registry);
		}

		private static Timer reads(MeterRegistry registry, String outcome) {
			return Timer.builder(PREFIX + "rereads")
				.description("Reads of the rows of a window")
				.tag("outcome", outcome)
				.register(registry);
		}

	}

}

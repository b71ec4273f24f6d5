package dev.oriel.admin.change.postgres;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import dev.oriel.admin.change.ChangeEvent;
import dev.oriel.admin.change.ChangeListener;

/**
 * Remembers what it was told.
 */
public final class Recorder implements ChangeListener {

	public final List<ChangeEvent> events = new CopyOnWriteArrayList<>();

	public final AtomicInteger resyncs = new AtomicInteger();

	@Override
	public void changed(ChangeEvent event) {
		this.events.add(event);
	}

	@Override
	public void resync() {
		this.resyncs.incrementAndGet();
	}

	public Set<String> keys() {
		return this.events.stream()
			.flatMap((event) -> event.keys().stream())
			.map((key) -> String.join(",", key))
			.collect(Collectors.toSet());
	}

}

package dev.oriel.admin.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import dev.oriel.admin.schema.SchemaSnapshot;
import dev.oriel.admin.schema.SchemaSource;

/**
 * A schema that is what a test says, and changes when the test says so.
 */
public final class GivenSchema implements SchemaSource {

	private final List<Consumer<SchemaSnapshot>> listeners = new CopyOnWriteArrayList<>();

	private final AtomicInteger expected = new AtomicInteger();

	private volatile SchemaSnapshot snapshot;

	public GivenSchema(SchemaSnapshot snapshot) {
		this.snapshot = snapshot;
	}

	/**
	 * Let the schema be another one from now on, and tell all listeners.
	 */
	public void change(SchemaSnapshot snapshot) {
		this.snapshot = snapshot;
		this.listeners.forEach((listener) -> listener.accept(snapshot));
	}

	/**
	 * Return how often somebody said that the schema probably changed.
	 */
	public int expectedChanges() {
		return this.expected.get();
	}

	@Override
	public SchemaSnapshot snapshot() {
		return this.snapshot;
	}

	@Override
	public SchemaSnapshot refresh() {
		return this.snapshot;
	}

	@Override
	public boolean refreshIfChanged() {
		return false;
	}

	@Override
	public void expectChange() {
		this.expected.incrementAndGet();
	}

	@Override
	public void addListener(Consumer<SchemaSnapshot> listener) {
		this.listeners.add(listener);
	}

}

package dev.oriel.admin.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

import dev.oriel.admin.testing.PostgresDatabase;

/**
 * The data that is read.
 */
final class Orders {

	/** How many orders there are. */
	static final long COUNT = Long.getLong("benchmark.orders", 5_000_000);

	/** How many customers have placed them. */
	static final long CUSTOMERS = Math.max(1, COUNT / 50);

	private Orders() {
	}

	static void fill(PostgresDatabase database) {
		fill(database, CUSTOMERS, COUNT);
	}

	static void fill(PostgresDatabase database, long customers, long orders) {
		try (InputStream script = Objects.requireNonNull(Orders.class.getResourceAsStream("orders.sql"))) {
			database.execute(new String(script.readAllBytes(), StandardCharsets.UTF_8).formatted(customers, orders));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		// Its own, because it cannot be part of a transaction.
		database.jdbc().sql("VACUUM").update();
	}

	static long customer(long n) {
		return 1 + Math.floorMod(n * 7919, CUSTOMERS);
	}

	static long order(long n) {
		return 1 + Math.floorMod(n * 104_729, COUNT);
	}

	/**
	 * Return the process that all others of PostgreSQL come from, or this one where it
	 * runs on another machine.
	 */
	static ProcessHandle postgres(PostgresDatabase database) {
		String pid = database.jdbc().sql("SELECT pg_read_file('postmaster.pid')").query(String.class).single();
		return ProcessHandle.of(Long.parseLong(pid.lines().findFirst().orElseThrow())).orElse(ProcessHandle.current());
	}

}

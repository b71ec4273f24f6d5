package dev.oriel.admin.live.convergence;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import dev.oriel.admin.testing.RestartablePostgres;
import dev.oriel.admin.testing.TcpProxy;

/**
 * What goes wrong between an application and its database.
 */
final class Faults {

	private final RestartablePostgres server;

	private final String database;

	private final TcpProxy network;

	private final Dice dice;

	private final List<String> done = new ArrayList<>();

	Faults(long seed, RestartablePostgres server, String database, TcpProxy network) {
		this.dice = new Dice(seed);
		this.server = server;
		this.database = database;
		this.network = network;
	}

	/**
	 * Let something go wrong.
	 * @param severe whether it may be something that takes a while to get over
	 */
	void next(boolean severe) {
		switch (this.dice.below(severe ? 8 : 4)) {
			case 0 -> terminate("application_name = 'oriel-listener' OR backend_type = 'walsender'");
			case 1 -> terminate("client_addr IS NOT NULL");
			case 2 -> {
				note("all connections are reset");
				this.network.reset();
			}
			case 3 -> terminate("random() < 0.5");
			case 4 -> {
				note("all connections fall silent");
				this.network.silence();
			}
			case 5 -> {
				note("the server crashes");
				this.server.crash();
			}
			case 6 -> {
				note("the server is restarted");
				this.server.restart();
			}
			default -> {
				note("the outbox is lost");
				execute("DROP SCHEMA IF EXISTS oriel CASCADE");
			}
		}
	}

	private void terminate(String which) {
		note("connections are terminated: " + which);
		execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
				+ "AND pid <> pg_backend_pid() AND (%s)".formatted(which));
	}

	private void execute(String sql) {
		try (Connection connection = this.server.open(this.database);
				Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
		catch (SQLException ex) {
			// The server is about to come back.
		}
	}

	private void note(String fault) {
		this.done.add(fault);
	}

	/**
	 * Return what went wrong so far.
	 */
	List<String> done() {
		return this.done;
	}

}

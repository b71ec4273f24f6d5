package dev.oriel.admin.benchmark;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * Keeps many different windows equal to what their queries answer, while rows are changed
 * as fast as a few writers can, and tells how many changes a second that makes, from the
 * first change until all windows are equal. Then everything is changed at once.
 */
class LiveWindowsBenchmark {

	private static final int CHANGES = Integer.getInteger("benchmark.changes", 20_000);

	private static final int CUSTOMERS = 2 * Math.max(LiveHost.WINDOWS, 1_000);

	private static final int PER_CUSTOMER = 5;

	private static final int NAMES = 5_000;

	private static final int SOME = Math.min(1_000, LiveHost.WINDOWS);

	private static final int WRITERS = 4;

	private static final String RELEVANT = "UPDATE purchase SET value = ? WHERE id = ?";

	private final Report report = new Report();

	@Test
	void keepsManyWindowsEqual() throws Exception {
		try (ChangeServer server = new ChangeServer()) {
			for (String table : List.of("purchase", "unwatched")) {
				server.execute("CREATE TABLE " + table
						+ " (id int PRIMARY KEY, customer_id int NOT NULL, value int NOT NULL, note text NOT NULL)");
				server.execute("INSERT INTO " + table + " SELECT n, 1 + (n - 1) / " + PER_CUSTOMER
						+ ", 0, 'purchase number ' || n FROM generate_series(1, "
						+ Math.max(100_000, CUSTOMERS * PER_CUSTOMER) + ") AS n");
				server.execute("CREATE INDEX ON " + table + " (customer_id, id)");
			}
			server.execute("CREATE TABLE person (id int PRIMARY KEY, value int NOT NULL, "
					+ "name text COLLATE \"und-x-icu\" NOT NULL)");
			server.execute("INSERT INTO person SELECT n, 0, initcap(substr(md5(n::text), 1, 6)) || ' ' || "
					+ "chr(224 + n % 24) || substr(md5((n + 7)::text), 1, 8) FROM generate_series(1, " + NAMES
					+ ") AS n");
			server.execute("VACUUM ANALYZE");
			try (LiveHost host = LiveHost.start(server)) {
				host.install("purchase");
				host.install("person");
				filtered(server, host);
				ordered(server, host);
				bulk(server, host);
			}
		}
		this.report.save("live-windows-benchmark.md");
	}

	private void filtered(ChangeServer server, LiveHost host) throws Exception {
		int few = Math.min(10, LiveHost.WINDOWS);
		// The first are for warming up.
		relevant(server, host, few);
		Rounds rounds = new Rounds();
		for (int round = 0; round < Rounds.count(1); round++) {
			rounds.add(relevant(server, host, few), relevant(server, host, LiveHost.WINDOWS));
		}
		this.report.table("windows of one customer each, 90 % of the changes are of others", "changes/s", "ratio");
		this.report.line("| %d windows | %.0f | 1.00 |", few, rounds.median(0));
		this.report.line("| %d windows | %.0f | %.2f |", LiveHost.WINDOWS, rounds.median(1),
				rounds.median(1) / rounds.median(0));
	}

	private double relevant(ChangeServer server, LiveHost host, int windows) throws Exception {
		try (WindowTexts texts = customers(host, windows)) {
			Random random = new Random(windows);
			// A tenth is of customers that somebody looks at; each writer has its own
			// rows.
			long[] rows = new long[CHANGES];
			for (int i = 0; i < CHANGES; i++) {
				int customer = (i % 10 == 0) ? 1 + random.nextInt(windows)
						: windows + 1 + random.nextInt(CUSTOMERS - windows);
				rows[i] = (customer - 1L) * PER_CUSTOMER + 1 + random.nextInt(PER_CUSTOMER);
			}
			long start = System.nanoTime();
			write(server, rows);
			long end = texts.awaitEqual(rowsByCustomer(server));
			return CHANGES * 1e9 / (end - start);
		}
		finally {
			Awaitility.await().until(() -> host.engine().windowCount() == 0);
		}
	}

	private static WindowTexts customers(LiveHost host, int windows) throws Exception {
		Map<String, String> destinations = new LinkedHashMap<>();
		for (int customer = 1; customer <= windows; customer++) {
			destinations.put(Integer.toString(customer),
					"/topic/rows/purchase?customer_id=eq." + customer + "&order=id.desc&limit=50");
		}
		return new WindowTexts(host.topics(), destinations);
	}

	private static Map<String, String> rowsByCustomer(ChangeServer server) throws SQLException {
		return rows(server, "SELECT customer_id, '[' || string_agg(row_to_json(p)::text, ',' ORDER BY id DESC) || ']' "
				+ "FROM purchase AS p GROUP BY customer_id");
	}

	/**
	 * Change each of the rows once, in one transaction each, with a few writers that do
	 * not wait for the disk, so that they are faster than what is measured.
	 */
	private static void write(ChangeServer server, long[] rows) throws Exception {
		List<Future<?>> writers = new ArrayList<>();
		for (int writer = 0; writer < WRITERS; writer++) {
			int first = writer;
			Step step = () -> {
				try (Connection connection = server.open();
						Statement settings = connection.createStatement();
						PreparedStatement update = connection.prepareStatement(RELEVANT)) {
					settings.execute("SET synchronous_commit = off");
					for (int i = first; i < rows.length; i += WRITERS) {
						update.setInt(1, i + 1);
						update.setLong(2, rows[i]);
						update.executeUpdate();
					}
				}
			};
			writers.add(step.begin());
		}
		for (Future<?> writer : writers) {
			writer.get();
		}
	}

	private void ordered(ChangeServer server, LiveHost host) throws Exception {
		Map<String, String> destinations = new LinkedHashMap<>();
		StringBuilder patterns = new StringBuilder();
		for (int i = 0; i < SOME; i++) {
			String part = String.format("%03x", i * 4);
			destinations.put(part, "/topic/rows/person?name=ilike.*" + part + "*&order=name,id&limit=50");
			patterns.append((i == 0) ? "('" : "'),('").append(part);
		}
		String expected = "SELECT part, (SELECT '[' || string_agg(row_to_json(w)::text, ',' ORDER BY name, id) || ']' "
				+ "FROM (SELECT * FROM person WHERE name ILIKE '%' || part || '%' ORDER BY name, id LIMIT 50) AS w) "
				+ "FROM (VALUES " + patterns + "')) AS parts (part)";
		int changes = CHANGES / 10;
		try (WindowTexts texts = new WindowTexts(host.topics(), destinations);
				Connection connection = server.open();
				Statement settings = connection.createStatement();
				PreparedStatement update = connection
					.prepareStatement("UPDATE person SET value = ?, name = ? WHERE id = ?")) {
			settings.execute("SET synchronous_commit = off");
			Random random = new Random(1);
			long start = System.nanoTime();
			for (int i = 0; i < changes; i++) {
				update.setInt(1, i + 1);
				update.setString(2, "Ä" + Integer.toHexString(random.nextInt()) + " " + Integer.toHexString(i) + "ß");
				update.setInt(3, 1 + random.nextInt(NAMES));
				update.executeUpdate();
			}
			long end = texts.awaitEqual(rows(server, expected));
			this.report.table("windows with ILIKE, in the order of ICU", "changes/s");
			this.report.line("| %d | %.0f |", destinations.size(), changes * 1e9 / (end - start));
		}
		finally {
			Awaitility.await().until(() -> host.engine().windowCount() == 0);
		}
	}

	private void bulk(ChangeServer server, LiveHost host) throws Exception {
		try (WindowTexts texts = customers(host, SOME)) {
			Rounds rounds = new Rounds();
			int most = 0;
			for (int round = 0; round <= Rounds.count(2); round++) {
				server.execute("VACUUM unwatched, purchase");
				double bare = update(server, "unwatched");
				int before = texts.mostMessages();
				double watched = update(server, "purchase");
				long committed = System.nanoTime();
				long end = texts.awaitEqual(rowsByCustomer(server));
				if (round > 0) {
					rounds.add(bare, watched, (end - committed) / 1e9);
					most = Math.max(most, texts.mostMessages() - before);
				}
			}
			this.report.table("100,000 rows in one UPDATE under " + SOME + " windows", "seconds", "ratio",
					"equal after, seconds", "messages of one window");
			this.report.line("| without triggers | %.2f | 1.00 | | |", rounds.median(0));
			this.report.line("| Oriel | %.2f | %.2f | %.2f | %d |", rounds.median(1),
					rounds.median(1) / rounds.median(0), rounds.median(2), most);
		}
		finally {
			Awaitility.await().until(() -> host.engine().windowCount() == 0);
		}
	}

	private static double update(ChangeServer server, String table) throws Exception {
		return ((Step) () -> server.execute("UPDATE " + table + " SET value = value + 1 WHERE id <= 100000")).seconds();
	}

	private static Map<String, String> rows(ChangeServer server, String sql) throws SQLException {
		Map<String, String> rows = new HashMap<>();
		try (Connection connection = server.open();
				Statement statement = connection.createStatement();
				ResultSet result = statement.executeQuery(sql)) {
			while (result.next()) {
				String text = result.getString(2);
				rows.put(result.getString(1), (text != null) ? text : "[]");
			}
		}
		return rows;
	}

}

package dev.oriel.admin.live.convergence;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

import dev.oriel.admin.autoconfigure.HostApplication;
import dev.oriel.admin.change.LiveMode;
import dev.oriel.admin.live.convergence.RandomQueries.RandomQuery;
import dev.oriel.admin.stomp.StompClient;
import dev.oriel.admin.testing.PostgresDatabase;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that nothing of a row goes to somebody who may not see it: every column of such a
 * row, its key included, holds a word that no frame may hold. Rows become visible and
 * hidden again all the while.
 */
class CanaryIntegrationTests {

	private static final String CANARY = "canary";

	private static final int ROWS = 30;

	/** What the numbers of hidden rows begin with. */
	private static final String NUMBER = "777000";

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create();

	private static final List<String> QUERIES = List.of("secret", "secret?order=open.desc,id&limit=7", "secret?q=anar",
			"secret?open=like.*anar*", "secret?hidden=like.*anar*", "secret?order=hidden",
			"secret?select=open,count()&order=open", "secret?select=n.max(),n.sum(),count()",
			"secret?select=id,kids:kid(*)&order=id&limit=12", "secret?select=id,kids:kid(count(),open.max())",
			"secret?n=gt.1000", "secret?order=vis.desc,n.desc&limit=5&offset=2",
			"kid?select=id,open,parent:secret(*)&order=id", "kid?select=id,...secret(of:open)",
			"kid?select=id,secret!inner(n)", "kid?order=secret(open).desc&select=id,secret()", "shown",
			"shown?order=open&limit=5", "secret?or=(open.ilike.*anar*,and(vis.gte.0,n.lt.20))",
			"secret?or=(hidden.not.is.null,n.gt.0)");

	@Test
	void nothingOfHiddenRowsIsTold() throws IOException {
		database.execute(
				"""
						CREATE TABLE secret (id text PRIMARY KEY, vis int NOT NULL, n bigint, open text, hidden text);
						CREATE TABLE kid (id text PRIMARY KEY, vis int NOT NULL, n bigint, open text, hidden text,
						  secret_id text REFERENCES secret ON UPDATE CASCADE ON DELETE CASCADE);
						CREATE VIEW shown AS SELECT vis, open, n, id FROM secret;
						CREATE INDEX ON kid (secret_id);
						INSERT INTO secret SELECT 'canary-' || g, 3, 777000000 + g, 'canary', 'canary' FROM generate_series(1, 30) AS g;
						""");
		try (SocketNode node = new SocketNode(LiveMode.TRIGGERS,
				database.jdbcUrl() + "?user=" + database.username() + "&password=" + database.password())) {
			List<ShowingClient> clients = new ArrayList<>();
			for (String user : node.users()) {
				for (String query : QUERIES) {
					int mark = query.indexOf('?');
					ShowingClient client = new ShowingClient(user,
							new RandomQuery((mark < 0) ? query : query.substring(0, mark),
									(mark < 0) ? "" : query.substring(mark + 1), !query.contains("count()"), false));
					clients.add(client);
					node.subscribe(client);
				}
			}
			Queue<String> events = changes(node);
			await().until(() -> clients.stream().allMatch((client) -> client.isShowing() || client.isInTrouble()));
			CompletableFuture
				.allOf(CompletableFuture.runAsync(() -> storm(1)), CompletableFuture.runAsync(() -> storm(2)))
				.join();
			for (ShowingClient client : clients) {
				await().untilAsserted(() -> {
					String answer = node.get(client.user(), client.query());
					assertThat(client.shows(answer)).as(client.difference(answer)).isTrue();
				});
			}
			await().until(() -> !events.isEmpty());
			assertThat(String.join("\n", node.frames(Users.ADMIN))).contains(CANARY, NUMBER);
			assertThat(clients).anyMatch((client) -> client.user().equals(Users.SUPPORT) && client.wasTold());
			assertThat(node.frames(Users.SUPPORT))
				.noneMatch((frame) -> frame.contains(CANARY) || frame.contains(NUMBER));
			assertThat(events).noneMatch((frame) -> frame.contains(CANARY) || frame.contains(NUMBER));
		}
	}

	/**
	 * Let somebody who may not see all rows read the changes as they are.
	 */
	private static Queue<String> changes(SocketNode node) {
		Queue<String> frames = new ConcurrentLinkedQueue<>();
		StompClient client = StompClient.open(node.port(), "Authorization", HostApplication.basic(Users.SUPPORT))
			.onFrame((frame) -> {
				if (frame.startsWith("MESSAGE")) {
					frames.add(frame);
				}
			})
			.connect();
		client.subscribe("1", "/topic/changes/public.secret").subscribe("2", "/topic/changes/public.kid");
		return frames;
	}

	private static void storm(int seed) {
		Dice dice = new Dice(seed);
		for (int i = 0; i < 150; i++) {
			write(transaction(dice));
		}
	}

	private static String transaction(Dice dice) {
		int number = 1 + dice.below(ROWS);
		String which = "n %% 1000 = %d".formatted(number);
		return switch (dice.below(9)) {
			case 0, 1 -> show("secret", which);
			case 2 -> hide("secret", which);
			case 3 -> "DELETE FROM secret WHERE n % 1000 = " + number;
			case 4 ->
				"""
						INSERT INTO secret VALUES ('canary-%1$d', 3, 777000000 + %1$d, 'canary', 'canary') ON CONFLICT DO NOTHING;
						INSERT INTO kid SELECT 'canary-%1$d', 3, 777000000 + %1$d, 'canary', 'canary', id FROM secret
						WHERE n %% 1000 = %1$d ON CONFLICT DO NOTHING"""
					.formatted(number);
			case 5 -> show("kid", which + " AND secret_id NOT LIKE 'canary%'");
			case 6 -> hide("kid", which);
			case 7 -> show("secret", "true") + ";" + hide("secret", "n % 2 = 0");
			default -> "UPDATE secret SET open = open || '!' WHERE length(open) < 12";
		};
	}

	private static String show(String table, String which) {
		return "UPDATE %1$s SET vis = n %% 2, id = 'k' || n %% 1000, n = n %% 1000, open = 'plain ' || n %% 1000 WHERE %2$s"
			.formatted(table, which);
	}

	/**
	 * A kid whose parent is hidden must be hidden too, because its own column names it.
	 */
	private static String hide(String table, String which) {
		String hide = "UPDATE %s SET vis = 2 + n %% 2, id = 'canary-' || n %% 1000, n = 777000000 + n %% 1000, open = 'canary' WHERE %s";
		return (table.equals("kid") ? ""
				: hide.formatted("kid", "secret_id IN (SELECT id FROM secret WHERE " + which + ")") + ";")
				+ hide.formatted(table, which);
	}

	private static void write(String sql) {
		try (Connection connection = database.dataSource().getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute("SET lock_timeout = '2s'");
			statement.execute(sql);
		}
		catch (SQLException ex) {
			// A duplicate, or two writers that wait for each other.
		}
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofSeconds(60));
	}

}

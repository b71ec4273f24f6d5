package dev.oriel.admin.live;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

import dev.oriel.admin.access.Caller;
import dev.oriel.admin.access.PrivilegeAccessPolicy;
import dev.oriel.admin.change.LiveMode;
import dev.oriel.admin.change.postgres.ChangeSettings;
import dev.oriel.admin.change.postgres.PostgresChangeSource;
import dev.oriel.admin.change.postgres.TriggerPolicy;
import dev.oriel.admin.data.CountMode;
import dev.oriel.admin.data.DataSettings;
import dev.oriel.admin.data.ReadOptions;
import dev.oriel.admin.data.RelationReader;
import dev.oriel.admin.query.Anchor;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.query.QueryParser;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.SchemaSource;
import dev.oriel.admin.schema.postgres.PostgresSchemaSource;
import dev.oriel.admin.schema.postgres.ReflectionSettings;
import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests that windows show what a query answers, whatever was written.
 */
class LiveStormIntegrationTests {

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.logical();

	private static final Caller CALLER = new Caller("alice", Set.of());

	private static final RelationName ITEM = new RelationName("public", "item");

	private static final List<String> QUERIES = List.of("", "order=name.asc.nullslast,id&limit=20",
			"order=amount.desc&limit=10&offset=15", "amount=gt.500&order=id", "name=ilike.*a*&order=amount&limit=30",
			"select=id,amount&active=is.true&order=id.desc&limit=25", "or=(amount.lt.100,name.is.null)&order=name,id");

	private PostgresSchemaSource schema;

	private RelationReader reader;

	private PostgresChangeSource source;

	private LiveEngine engine;

	@BeforeEach
	void start() {
		database.execute(
				"""
						DROP TABLE IF EXISTS item CASCADE;
						CREATE TABLE item (id int PRIMARY KEY, name text, amount numeric(12,2), active boolean, at timestamptz);
						CREATE VIEW item_by_name AS SELECT name, count(*) AS items, sum(amount) FROM item GROUP BY name;
						INSERT INTO item SELECT n, 'name ' || n % 17, n * 7 % 1000, n % 2 = 0, now() FROM generate_series(1, 100) AS n;
						""");
		this.schema = new PostgresSchemaSource(database.dataSource(), ReflectionSettings.ALL);
		PrivilegeAccessPolicy policy = new PrivilegeAccessPolicy(false);
		this.reader = new RelationReader(database.dataSource(), this.schema, policy,
				new DataSettings(10_000, Duration.ofSeconds(10), Duration.ofSeconds(2), false));
		this.source = source(this.schema);
		this.engine = new LiveEngine(this.schema, policy, RowSource.of(this.reader), this.source);
		this.engine.start();
		await().until(() -> this.source.mode(ITEM) == mode());
	}

	/**
	 * Return how changes are to become known.
	 */
	LiveMode mode() {
		return LiveMode.TRIGGERS;
	}

	PostgresChangeSource source(SchemaSource schema) {
		return new PostgresChangeSource(database.dataSource(), LiveStormIntegrationTests::open, schema,
				new ChangeSettings(TriggerPolicy.AUTO, true, true, Duration.ofMillis(500)));
	}

	@AfterEach
	void stop() {
		this.engine.stop();
		database.execute("DROP SCHEMA IF EXISTS oriel CASCADE; DROP PUBLICATION IF EXISTS oriel");
	}

	@Test
	void windowsEqualTheirQueriesAfterAStorm() throws Exception {
		List<Client> clients = new ArrayList<>();
		for (String query : QUERIES) {
			clients.add(subscribe(ITEM, query));
		}
		clients.add(subscribe(new RelationName("public", "item_by_name"), "order=name"));
		for (String order : List.of("order=amount.desc", "order=name.nullsfirst,amount")) {
			clients.add(subscribe(ITEM, order + "&limit=15&" + cursor(order)));
		}
		List<Thread> writers = List.of(new Thread(() -> write(1)), new Thread(() -> write(2)));
		writers.forEach(Thread::start);
		// Some join in the middle.
		for (String query : QUERIES) {
			clients.add(subscribe(ITEM, query));
		}
		for (Thread writer : writers) {
			writer.join();
		}
		for (Client client : clients) {
			await().atMost(Duration.ofSeconds(20))
				.untilAsserted(() -> assertThat(client.json())
					.isEqualTo(this.reader.read(CALLER, client.relation, client.query, ReadOptions.DEFAULTS).json()));
		}
		assertThat(clients).allMatch((client) -> client.gaps == 0);
		assertThat(clients).anyMatch((client) -> client.deltas > 0);
	}

	@Test
	void changeIsToldWithinAFractionOfASecond() {
		Client client = subscribe(ITEM, "order=id&limit=5");
		await().until(() -> client.rows != null);
		List<Long> millis = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			int before = client.deltas;
			long start = System.nanoTime();
			database.execute("UPDATE item SET amount = amount + 1 WHERE id = 1");
			await().pollInterval(Duration.ofMillis(1)).until(() -> client.deltas > before);
			millis.add((System.nanoTime() - start) / 1_000_000);
		}
		millis.sort(null);
		assertThat(millis.get(10)).isLessThan(500);
	}

	@Test
	void droppedRelationIsToldAsAnError() {
		database.execute("CREATE TABLE gone (id int PRIMARY KEY)");
		this.schema.refresh();
		Client client = subscribe(new RelationName("public", "gone"), "");
		await().until(() -> client.rows != null);
		database.execute("DROP TABLE gone");
		this.schema.refresh();
		await().until(() -> client.problem != null);
		assertThat(client.problem).contains("PGRST205");
	}

	@Test
	void windowFollowsWhatAFunctionReadsElsewhere() {
		database.execute(
				"""
						DROP TABLE IF EXISTS rate;
						CREATE TABLE rate (factor int);
						INSERT INTO rate VALUES (2);
						CREATE FUNCTION scaled(item) RETURNS numeric LANGUAGE sql STABLE AS 'SELECT $1.amount * factor FROM rate';
						CREATE FUNCTION peers(item) RETURNS SETOF item LANGUAGE sql STABLE
						  AS 'SELECT i.* FROM item i, rate WHERE i.id = $1.id + factor';
						""");
		this.schema.refresh();
		Client values = subscribe(ITEM, "select=id,scaled&order=id&limit=2");
		Client related = subscribe(ITEM, "select=id,peers(id)&order=id&limit=2");
		await().until(() -> values.rows != null && related.rows != null);
		List<String> before = List.of(values.json(), related.json());
		database.execute("UPDATE rate SET factor = 3");
		await().atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> assertThat(List.of(values.json(), related.json()))
				.isEqualTo(List.of(this.reader.read(CALLER, ITEM, values.query, ReadOptions.DEFAULTS).json(),
						this.reader.read(CALLER, ITEM, related.query, ReadOptions.DEFAULTS).json())));
		assertThat(values.json()).isNotEqualTo(before.get(0));
		assertThat(related.json()).isNotEqualTo(before.get(1));
	}

	@Test
	void windowFollowsAnAddedColumn() {
		Client client = subscribe(ITEM, "order=id&limit=1");
		await().until(() -> client.rows != null);
		database.execute("ALTER TABLE item ADD COLUMN added int DEFAULT 5");
		this.schema.refresh();
		await().until(() -> client.json().contains("\"added\""));
	}

	@Test
	void windowFollowsWhatItEmbeds() {
		RelationName owner = new RelationName("public", "owner");
		database.execute("""
				DROP TABLE IF EXISTS owner, item_owner;
				CREATE TABLE owner (id int PRIMARY KEY, name text);
				CREATE TABLE item_owner (item_id int REFERENCES item, owner_id int REFERENCES owner,
				  PRIMARY KEY (item_id, owner_id));
				ALTER TABLE item ADD owner_id int REFERENCES owner;
				INSERT INTO owner VALUES (1, 'old');
				UPDATE item SET owner_id = 1 WHERE id = 2;
				""");
		this.schema.refresh();
		await().until(() -> this.source.mode(owner) == mode());
		Client parent = subscribe(ITEM, "select=id,owner:owner_id(name)&id=eq.2");
		Client junction = subscribe(ITEM, "select=id,owner!item_owner(name)&id=eq.3");
		await().until(() -> parent.json().contains("old") && junction.rows != null);
		database.execute("UPDATE owner SET name = 'renamed'");
		await()
			.untilAsserted(() -> assertThat(parent.json()).isEqualTo("[{\"id\":2,\"owner\":{\"name\":\"renamed\"}}]"));
		database.execute("INSERT INTO item_owner VALUES (3, 1)");
		await().untilAsserted(
				() -> assertThat(junction.json()).isEqualTo("[{\"id\":3,\"owner\":[{\"name\":\"renamed\"}]}]"));
	}

	@Test
	void windowBehindACursorIsToldHowManyRowsWereInsertedBeforeIt() {
		Client client = subscribe(ITEM, "amount=gte.0&order=id&limit=5&" + cursor("order=id"));
		await().until(() -> client.rows != null);
		String shown = client.json();
		database.execute("INSERT INTO item VALUES (-1, 'first', 1), (-2, 'second', 2), (-3, 'not asked for', -1)");
		await().untilAsserted(() -> assertThat(client.newer).isEqualTo("{\"value\":2,\"exact\":true}"));
		database.execute("INSERT INTO item VALUES (200, 'behind', 1); UPDATE item SET amount = 3 WHERE id < 5");
		database.execute("DELETE FROM item WHERE id = -1");
		await().untilAsserted(() -> assertThat(client.newer).isEqualTo("{\"value\":1,\"exact\":true}"));
		assertThat(client.json()).isEqualTo(shown);
		database.execute("INSERT INTO item SELECT -n, 'many', 1 FROM generate_series(1000, 3000) AS n");
		await().untilAsserted(() -> assertThat(client.newer).isEqualTo("{\"value\":1,\"exact\":false}"));
	}

	/**
	 * Return the parameter for the page behind the first twenty rows.
	 */
	private String cursor(String order) {
		Query query = new QueryParser().parse(order + "&limit=20");
		Anchor next = this.reader.read(CALLER, ITEM, query, ReadOptions.DEFAULTS.withCursors(true)).next();
		assertThat(next).isNotNull();
		return "after=" + next.cursor();
	}

	private Client subscribe(RelationName relation, String query) {
		Client client = new Client(relation, new QueryParser().parse(query));
		this.engine.subscribe(CALLER, relation, client.query, new WindowOptions(false, CountMode.ESTIMATED), client);
		return client;
	}

	private static void write(int seed) {
		Random random = new Random(seed);
		try (Connection connection = open()) {
			connection.setAutoCommit(false);
			for (int i = 0; i < 1_000; i++) {
				writeOnce(connection, random);
				if (random.nextInt(4) > 0) {
					connection.commit();
				}
				else if (random.nextInt(10) == 0) {
					connection.rollback();
				}
			}
			connection.commit();
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void writeOnce(Connection connection, Random random) throws SQLException {
		String sql = switch (random.nextInt(12)) {
			case 0, 1, 2 -> "INSERT INTO item VALUES (?, 'name ' || ?, random() * 1000, true, now()) ON CONFLICT (id) "
					+ "DO UPDATE SET name = excluded.name";
			case 3, 4 -> "DELETE FROM item WHERE id = ? AND ? >= 0";
			case 5 -> "UPDATE item SET name = NULL WHERE id = ? AND ? >= 0";
			case 6 -> "UPDATE item SET active = NOT active WHERE id % 10 = ? % 10 AND ? % 50 = 0";
			default -> "UPDATE item SET amount = random() * 1000, name = 'na' || ? % 5 WHERE id = ?";
		};
		// Keys in few enough hands that two writers meet, in one order so that they do
		// not
		// deadlock.
		try (PreparedStatement lock = connection.prepareStatement("SELECT pg_advisory_xact_lock(42)");
				PreparedStatement statement = connection.prepareStatement(sql)) {
			lock.execute();
			statement.setInt(1, random.nextInt(150));
			statement.setInt(2, random.nextInt(150));
			statement.executeUpdate();
		}
	}

	static Connection open() throws SQLException {
		return DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
	}

	/**
	 * What one subscriber sees of a query.
	 */
	private static final class Client extends ShownRows implements Consumer<LiveMessage> {

		private final RelationName relation;

		private final Query query;

		Client(RelationName relation, Query query) {
			this.relation = relation;
			this.query = query;
		}

		@Override
		public void accept(LiveMessage message) {
			apply(message.json());
		}

	}

}

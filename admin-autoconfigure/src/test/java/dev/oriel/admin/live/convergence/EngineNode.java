package dev.oriel.admin.live.convergence;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import com.zaxxer.hikari.HikariDataSource;
import dev.oriel.admin.access.Caller;
import dev.oriel.admin.change.LiveMode;
import dev.oriel.admin.change.postgres.ChangeSettings;
import dev.oriel.admin.change.postgres.PostgresChangeSource;
import dev.oriel.admin.change.postgres.TriggerPolicy;
import dev.oriel.admin.change.wal.WalCapture;
import dev.oriel.admin.change.wal.WalSettings;
import dev.oriel.admin.data.CountMode;
import dev.oriel.admin.data.DataSettings;
import dev.oriel.admin.data.Duplicates;
import dev.oriel.admin.data.Payload;
import dev.oriel.admin.data.ProblemException;
import dev.oriel.admin.data.ReadOptions;
import dev.oriel.admin.data.RelationReader;
import dev.oriel.admin.data.RelationWriter;
import dev.oriel.admin.data.WriteOptions;
import dev.oriel.admin.live.LiveEngine;
import dev.oriel.admin.live.RowSource;
import dev.oriel.admin.live.Subscription;
import dev.oriel.admin.live.WindowOptions;
import dev.oriel.admin.live.convergence.RandomQueries.RandomQuery;
import dev.oriel.admin.live.convergence.RandomWrites.Row;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.query.QueryParser;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.SchemaUnavailableException;
import dev.oriel.admin.schema.postgres.PostgresSchemaSource;
import dev.oriel.admin.schema.postgres.ReflectionSettings;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The engine on a database, without sockets and without Spring.
 */
final class EngineNode implements Node {

	private static final DataSettings SETTINGS = new DataSettings(10_000, Duration.ofSeconds(10), Duration.ofSeconds(2),
			false);

	private final HikariDataSource pool;

	private final PostgresSchemaSource schema;

	private final RelationReader direct;

	private final RelationWriter writer;

	private final PostgresChangeSource source;

	private final LiveEngine engine;

	private volatile Connection listener;

	private final Map<ShowingClient, Subscription> subscriptions = new ConcurrentHashMap<>();

	/**
	 * @param mode how changes are to become known
	 * @param url the database, by the way that can be disturbed
	 * @param directUrl the database, for questions that must be answered
	 */
	EngineNode(LiveMode mode, String url, String directUrl) {
		Users policy = new Users();
		this.pool = new HikariDataSource();
		this.pool.setJdbcUrl(url);
		this.pool.setMinimumIdle(0);
		this.pool.setMaximumPoolSize(6);
		this.pool.setConnectionTimeout(3_000);
		this.schema = new PostgresSchemaSource(this.pool, ReflectionSettings.ALL);
		this.schema.snapshot();
		this.schema.start(Duration.ofMillis(300));
		// Not pooled, so that counters of what was written are told when it was.
		PGSimpleDataSource unpooled = new PGSimpleDataSource();
		unpooled.setUrl(directUrl);
		this.direct = new RelationReader(unpooled, this.schema, policy, SETTINGS);
		this.writer = new RelationWriter(unpooled, this.schema, policy, SETTINGS);
		this.source = source(mode, url);
		RelationReader reader = new RelationReader(this.pool, this.schema, policy, SETTINGS);
		this.engine = new LiveEngine(this.schema, policy, RowSource.of(reader), this.source);
		this.engine.start();
	}

	private PostgresChangeSource source(LiveMode mode, String url) {
		Duration interval = Duration.ofMillis(300);
		if (mode == LiveMode.WAL) {
			return new PostgresChangeSource(this.pool, this.schema, interval,
					new WalCapture(this.pool, () -> open(url),
							() -> open(url + "&replication=database&preferQueryMode=simple&assumeMinServerVersion=10"),
							this.schema, new WalSettings(null, true)));
		}
		boolean triggers = mode == LiveMode.TRIGGERS;
		return new PostgresChangeSource(this.pool, () -> listen(url), this.schema, new ChangeSettings(
				triggers ? TriggerPolicy.AUTO : TriggerPolicy.ON_REQUEST, triggers, triggers, interval));
	}

	private Connection listen(String url) throws SQLException {
		Connection opened = open(url);
		this.listener = opened;
		return opened;
	}

	/**
	 * Do what a pooler does that gives each transaction another connection to the server:
	 * nothing listens any more, without an error.
	 */
	void loseListening() throws SQLException {
		try (Statement statement = this.listener.createStatement()) {
			statement.execute("UNLISTEN *");
		}
	}

	private static Connection open(String url) throws SQLException {
		return DriverManager.getConnection(url);
	}

	@Override
	public LiveMode mode(String table) {
		return this.source.mode(new RelationName("public", table));
	}

	@Override
	public List<String> users() {
		return Users.ALL;
	}

	@Override
	public void disturb(Dice dice) {
		// Clients are called, and have no connection that could fail.
	}

	@Override
	public void heal() {
		// Nothing to do either.
	}

	@Override
	public void subscribe(ShowingClient client) {
		Subscription before = this.subscriptions.remove(client);
		if (before != null) {
			before.close();
		}
		client.forget();
		this.subscriptions.put(client,
				this.engine.subscribe(caller(client.user()), relation(client.query()), query(client.query()),
						new WindowOptions(false, CountMode.NONE), (message) -> client.apply(message.json())));
	}

	@Override
	public String get(String user, RandomQuery query) {
		try {
			return this.direct.read(caller(user), relation(query), query(query), ReadOptions.DEFAULTS).json();
		}
		catch (ProblemException ex) {
			return "problem " + ex.problem().code();
		}
		catch (SchemaUnavailableException ex) {
			return "problem of the schema";
		}
	}

	@Override
	public @Nullable String next(String user, RandomQuery query) {
		try {
			var next = this.direct
				.read(caller(user), relation(query), query(query), ReadOptions.DEFAULTS.withCursors(true))
				.next();
			return (next != null) ? next.cursor() : null;
		}
		catch (ProblemException ex) {
			return null;
		}
	}

	@Override
	public void write(Row row) {
		RelationName table = new RelationName("public", row.table());
		Query which = new QueryParser().parse("n=eq." + row.number());
		try {
			switch (row.choice()) {
				case 0 -> this.writer.delete(caller(Users.ADMIN), table, which, WriteOptions.DEFAULTS);
				case 1 -> this.writer.insert(caller(Users.ADMIN), table, row.json(), Query.ALL, WriteOptions.DEFAULTS);
				case 2, 3 -> this.writer.insert(caller(Users.ADMIN), table, Payload.of(row.json()),
						new Duplicates(Duplicates.Resolution.MERGE, null), Query.ALL, WriteOptions.DEFAULTS);
				default -> this.writer.update(caller(Users.ADMIN), table, row.json(), which, WriteOptions.DEFAULTS);
			}
		}
		catch (ProblemException | SchemaUnavailableException ex) {
			// A constraint, a lock, or a column that is gone.
		}
	}

	private static Caller caller(String user) {
		return new Caller(user, Set.of());
	}

	private static RelationName relation(RandomQuery query) {
		return new RelationName("public", query.relation());
	}

	private static Query query(RandomQuery query) {
		return new QueryParser().parse(query.text());
	}

	@Override
	public void close() {
		this.engine.stop();
		this.schema.close();
		this.pool.close();
	}

}

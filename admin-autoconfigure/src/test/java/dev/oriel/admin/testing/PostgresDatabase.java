package dev.oriel.admin.testing;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.postgresql.ds.PGSimpleDataSource;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.DatabasePopulatorUtils;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.datasource.init.ScriptUtils;

import static org.awaitility.Awaitility.await;

/**
 * An empty database of its own for one test class, on a real PostgreSQL that all classes
 * share:
 *
 * <pre>
 * &#64;RegisterExtension
 * static final PostgresDatabase database = PostgresDatabase.create("dev/oriel/admin/schema/keys.sql");
 * </pre>
 *
 * The database exists from the first use, at the latest before the first test, until the
 * last test of the class has run. Connections are made as a superuser.
 */
public final class PostgresDatabase implements BeforeAllCallback, AfterAllCallback {

	private static final AtomicInteger SEQUENCE = new AtomicInteger();

	private final List<String> scripts;

	private final String name = "test_" + SEQUENCE.incrementAndGet();

	private int nesting;

	private @Nullable HikariDataSource dataSource;

	private final Supplier<PostgresServer> server;

	private PostgresDatabase(Supplier<PostgresServer> server, List<String> scripts) {
		this.server = server;
		this.scripts = scripts;
	}

	/**
	 * Describe a database that starts with the content of some SQL files. Each file is
	 * sent to PostgreSQL as a whole, so function bodies and {@code DO} blocks need no
	 * care; {@code COPY ... FROM stdin} does not work.
	 * @param scripts class path locations of the files, in the order they are run
	 */
	public static PostgresDatabase create(String... scripts) {
		return new PostgresDatabase(PostgresServer::shared, List.of(scripts));
	}

	/**
	 * Describe a database on a server whose log can be decoded
	 * ({@code wal_level = logical}).
	 * @param scripts as for {@link #create}
	 */
	public static PostgresDatabase logical(String... scripts) {
		return new PostgresDatabase(PostgresServer::logical, List.of(scripts));
	}

	@Override
	public void beforeAll(ExtensionContext context) {
		// Also called for each nested class.
		this.nesting++;
		dataSource();
	}

	@Override
	public void afterAll(ExtensionContext context) {
		if (--this.nesting == 0) {
			drop();
		}
	}

	/**
	 * Return a small pool of connections, the same at each call.
	 */
	public synchronized DataSource dataSource() {
		if (this.dataSource == null) {
			maintenance().sql("CREATE DATABASE " + this.name + " TEMPLATE template0").update();
			this.dataSource = pool();
			run(this.scripts);
		}
		return this.dataSource;
	}

	/**
	 * Return connections of another role, each new and unpooled.
	 * @param username the role
	 * @param password the role's password
	 */
	public DataSource dataSource(String username, String password) {
		dataSource();
		PGSimpleDataSource unpooled = new PGSimpleDataSource();
		unpooled.setUrl(jdbcUrl());
		unpooled.setUser(username);
		unpooled.setPassword(password);
		return unpooled;
	}

	/**
	 * Return the address of the database.
	 */
	public String jdbcUrl() {
		return this.server.get().jdbcUrl(this.name);
	}

	/**
	 * Return the name of the superuser.
	 */
	public String username() {
		return this.server.get().username();
	}

	/**
	 * Return the password of the superuser.
	 */
	public String password() {
		return this.server.get().password();
	}

	/**
	 * Return the name of the database.
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Return a client on {@link #dataSource()}.
	 */
	public JdbcClient jdbc() {
		return JdbcClient.create(dataSource());
	}

	/**
	 * Run one or several statements, in one transaction unless they say otherwise.
	 * @param sql the statements, separated by semicolons
	 */
	public void execute(String sql) {
		new JdbcTemplate(dataSource()).execute(sql);
	}

	/**
	 * Return how many copies of rows to or from a client are under way.
	 */
	public long copies() {
		return jdbc()
			.sql("SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'COPY%' "
					+ "AND datname = current_database()")
			.query(Long.class)
			.single();
	}

	private void run(List<String> locations) {
		Resource[] resources = locations.stream().map(ClassPathResource::new).toArray(Resource[]::new);
		ResourceDatabasePopulator populator = new ResourceDatabasePopulator(false, false, "UTF-8", resources);
		populator.setSeparator(ScriptUtils.EOF_STATEMENT_SEPARATOR);
		DatabasePopulatorUtils.execute(populator, dataSource());
	}

	private HikariDataSource pool() {
		HikariDataSource pool = new HikariDataSource();
		pool.setPoolName(this.name);
		pool.setJdbcUrl(jdbcUrl());
		pool.setUsername(username());
		pool.setPassword(password());
		pool.setMinimumIdle(0);
		pool.setMaximumPoolSize(10);
		return pool;
	}

	private synchronized void drop() {
		if (this.dataSource != null) {
			this.dataSource.close();
			this.dataSource = null;
			awaitUnusedSlots();
			maintenance().sql("DROP DATABASE " + this.name + " WITH (FORCE)").update();
		}
	}

	/**
	 * Wait until nobody reads the log any more: unlike connections, slots that are in use
	 * keep a database from being dropped, and a session that was closed ends a moment
	 * later.
	 */
	private void awaitUnusedSlots() {
		await().atMost(Duration.ofSeconds(30))
			.until(() -> maintenance().sql("SELECT count(*) FROM pg_replication_slots WHERE active AND database = ?")
				.param(this.name)
				.query(Long.class)
				.single() == 0);
	}

	private JdbcClient maintenance() {
		PostgresServer server = this.server.get();
		return JdbcClient
			.create(new DriverManagerDataSource(server.maintenanceUrl(), server.username(), server.password()));
	}

}

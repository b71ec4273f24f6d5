package dev.oriel.admin.autoconfigure;

import java.sql.SQLException;
import java.time.Duration;

import dev.oriel.admin.schema.postgres.DdlTrigger;
import dev.oriel.admin.schema.postgres.PostgresSchemaSource;
import dev.oriel.admin.transfer.Jobs;
import dev.oriel.admin.store.StoreSchema;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.context.SmartLifecycle;

import org.jspecify.annotations.Nullable;

/**
 * Does what Oriel needs the database for at the start, on a thread of its own: the host
 * neither waits for it nor fails with it.
 */
final class OrielStartup implements SmartLifecycle {

	private static final Log logger = LogFactory.getLog(OrielStartup.class);

	private static final Duration SCHEMA_INTERVAL = Duration.ofSeconds(2);

	private static final long RETRY_MILLIS = 2_000;

	private static final long LONGEST_RETRY_MILLIS = 60_000;

	private final OrielDataSource dataSource;

	private final PostgresSchemaSource source;

	private final Jobs jobs;

	private final OrielProperties properties;

	private volatile boolean running;

	private @Nullable Thread thread;

	OrielStartup(OrielDataSource dataSource, PostgresSchemaSource source, Jobs jobs, OrielProperties properties) {
		this.dataSource = dataSource;
		this.source = source;
		this.jobs = jobs;
		this.properties = properties;
	}

	@Override
	public void start() {
		this.running = true;
		this.source.start(SCHEMA_INTERVAL);
		if (this.properties.getDatabase().getInitializeSchema() == OrielProperties.InitializeSchema.ALWAYS) {
			this.thread = new Thread(this::createStore, "oriel-startup");
			this.thread.setDaemon(true);
			this.thread.start();
		}
	}

	private void createStore() {
		StoreSchema schema = new StoreSchema(this.dataSource.pooled());
		boolean told = false;
		long wait = RETRY_MILLIS;
		while (this.running) {
			try {
				schema.create();
				if (this.properties.getLive().isEnabled() && this.dataSource.hasUnpooled()) {
					DdlTrigger.create(this.dataSource.pooled());
				}
				return;
			}
			catch (SQLException ex) {
				if (!told && this.running) {
					logger
						.warn("The schema 'oriel' could not be created; settings of users cannot be kept until it is: "
								+ ex.getMessage());
					told = true;
				}
				pause(wait);
				wait = Math.min(2 * wait, LONGEST_RETRY_MILLIS);
			}
		}
	}

	private void pause(long millis) {
		try {
			Thread.sleep(millis);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			this.running = false;
		}
	}

	@Override
	public void stop() {
		this.running = false;
		if (this.thread != null) {
			this.thread.interrupt();
		}
		// Before the server waits for requests that are being answered.
		this.jobs.cancel();
		this.source.close();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

}

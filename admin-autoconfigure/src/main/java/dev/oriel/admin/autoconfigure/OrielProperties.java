package dev.oriel.admin.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.NestedConfigurationProperty;

import org.jspecify.annotations.Nullable;

/**
 * Everything that can be configured under {@code oriel}.
 *
 * @since 0.1.0
 */
@ConfigurationProperties(value = "oriel", ignoreUnknownFields = false)
public class OrielProperties {

	/**
	 * Whether Oriel is there at all.
	 */
	private boolean enabled = true;

	/**
	 * Path below the context path at which the page and its interface are mounted.
	 */
	private String path = "/admin";

	/**
	 * Comma-separated list of the schemas to show, the first being the default one. Left
	 * empty, all schemas but PostgreSQL's own are shown, 'public' first.
	 */
	private List<String> schemas = new ArrayList<>();

	/**
	 * Comma-separated list of patterns 'schema.table' that a relation must match one of
	 * to be shown; '*' stands for any text. Left empty, every relation matches.
	 */
	private List<String> include = new ArrayList<>();

	/**
	 * Comma-separated list of patterns 'schema.table' of relations that are not shown;
	 * '*' stands for any text.
	 */
	private List<String> exclude = new ArrayList<>();

	/**
	 * Name of the DataSource bean to show, where the application has several.
	 */
	private @Nullable String datasource;

	/**
	 * Whether nothing may be changed through Oriel.
	 */
	private boolean readOnly;

	/**
	 * What becomes of an update or a delete that names no rows.
	 */
	private UnfilteredWrites unfilteredWrites = UnfilteredWrites.REFUSE;

	/**
	 * Number of rows that one answer holds at most.
	 */
	private long maxRows = 10_000;

	/**
	 * How long one statement may run.
	 */
	private Duration statementTimeout = Duration.ofSeconds(10);

	/**
	 * How long sending rows as comma-separated values may take.
	 */
	private Duration streamTimeout = Duration.ofMinutes(10);

	/**
	 * How long a statement may wait for a lock that somebody else holds.
	 */
	private Duration lockTimeout = Duration.ofSeconds(2);

	/**
	 * Whether clients may ask for the plan of a request, which tells names and conditions
	 * that are hidden otherwise.
	 */
	private boolean planEnabled;

	/**
	 * Whether answers tell in the header 'Server-Timing' how long their parts took.
	 */
	private boolean serverTiming;

	/**
	 * How relations and their columns are shown, by schema and relation.
	 */
	private Map<String, Map<String, TableProperties>> tables = new LinkedHashMap<>();

	private final Security security = new Security();

	private final Database database = new Database();

	private final Live live = new Live();

	private final ImportProperties imports = new ImportProperties();

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public String getPath() {
		return this.path;
	}

	public void setPath(String path) {
		this.path = path;
	}

	public List<String> getSchemas() {
		return this.schemas;
	}

	public void setSchemas(List<String> schemas) {
		this.schemas = schemas;
	}

	public List<String> getInclude() {
		return this.include;
	}

	public void setInclude(List<String> include) {
		this.include = include;
	}

	public List<String> getExclude() {
		return this.exclude;
	}

	public void setExclude(List<String> exclude) {
		this.exclude = exclude;
	}

	public @Nullable String getDatasource() {
		return this.datasource;
	}

	public void setDatasource(@Nullable String datasource) {
		this.datasource = datasource;
	}

	public boolean isReadOnly() {
		return this.readOnly;
	}

	public void setReadOnly(boolean readOnly) {
		this.readOnly = readOnly;
	}

	public UnfilteredWrites getUnfilteredWrites() {
		return this.unfilteredWrites;
	}

	public void setUnfilteredWrites(UnfilteredWrites unfilteredWrites) {
		this.unfilteredWrites = unfilteredWrites;
	}

	public long getMaxRows() {
		return this.maxRows;
	}

	public void setMaxRows(long maxRows) {
		this.maxRows = maxRows;
	}

	public Duration getStatementTimeout() {
		return this.statementTimeout;
	}

	public void setStatementTimeout(Duration statementTimeout) {
		this.statementTimeout = statementTimeout;
	}

	public Duration getStreamTimeout() {
		return this.streamTimeout;
	}

	public void setStreamTimeout(Duration streamTimeout) {
		this.streamTimeout = streamTimeout;
	}

	public Duration getLockTimeout() {
		return this.lockTimeout;
	}

	public void setLockTimeout(Duration lockTimeout) {
		this.lockTimeout = lockTimeout;
	}

	public boolean isPlanEnabled() {
		return this.planEnabled;
	}

	public void setPlanEnabled(boolean planEnabled) {
		this.planEnabled = planEnabled;
	}

	public boolean isServerTiming() {
		return this.serverTiming;
	}

	public void setServerTiming(boolean serverTiming) {
		this.serverTiming = serverTiming;
	}

	public Map<String, Map<String, TableProperties>> getTables() {
		return this.tables;
	}

	public void setTables(Map<String, Map<String, TableProperties>> tables) {
		this.tables = tables;
	}

	public Security getSecurity() {
		return this.security;
	}

	public Database getDatabase() {
		return this.database;
	}

	@NestedConfigurationProperty
	public ImportProperties getImport() {
		return this.imports;
	}

	public Live getLive() {
		return this.live;
	}

	/**
	 * What becomes of a write that names no rows.
	 */
	public enum UnfilteredWrites {

		/** It is refused. */
		REFUSE,
		/** It changes every row. */
		ALLOW

	}

	/**
	 * Who may come in.
	 */
	public static class Security {

		/**
		 * Comma-separated list of authorities; a user needs one of them.
		 */
		private List<String> authorities = new ArrayList<>(List.of("ROLE_ADMIN", "ORIEL_ADMIN"));

		/**
		 * Comma-separated list of origins, besides the page's own, whose pages may change
		 * data and open the WebSocket.
		 */
		private List<String> allowedOrigins = new ArrayList<>();

		public List<String> getAuthorities() {
			return this.authorities;
		}

		public void setAuthorities(List<String> authorities) {
			this.authorities = authorities;
		}

		public List<String> getAllowedOrigins() {
			return this.allowedOrigins;
		}

		public void setAllowedOrigins(List<String> allowedOrigins) {
			this.allowedOrigins = allowedOrigins;
		}

	}

	/**
	 * How the database is used.
	 */
	public static class Database {

		/**
		 * Whether the schema 'oriel', which holds Oriel's own records, is created where
		 * it is missing.
		 */
		private InitializeSchema initializeSchema = InitializeSchema.ALWAYS;

		/**
		 * Number of connections that reads may use at the same time, and as many for
		 * everything else.
		 */
		private int poolSize = 4;

		public InitializeSchema getInitializeSchema() {
			return this.initializeSchema;
		}

		public void setInitializeSchema(InitializeSchema initializeSchema) {
			this.initializeSchema = initializeSchema;
		}

		public int getPoolSize() {
			return this.poolSize;
		}

		public void setPoolSize(int poolSize) {
			this.poolSize = poolSize;
		}

	}

	/**
	 * When Oriel's own schema is created.
	 */
	public enum InitializeSchema {

		/** When the application starts, where it is missing. */
		ALWAYS,
		/** By somebody else. */
		NEVER

	}

	/**
	 * How changes are noticed and pushed.
	 */
	public static class Live {

		/**
		 * Whether changes are pushed to those who look at the rows.
		 */
		private boolean enabled = true;

		/**
		 * Where changes are learned from at once: triggers on the tables, or the
		 * write-ahead log, which takes 'wal_level=logical' and a role with REPLICATION.
		 */
		private LiveSource source = LiveSource.TRIGGERS;

		/**
		 * Name of a publication that changes are taken from where the source is the
		 * write-ahead log. Without it, Oriel keeps one named 'oriel', with the tables
		 * that its role owns.
		 */
		private @Nullable String publication;

		/**
		 * Who installs the triggers that tell of changes, or keeps the publication:
		 * 'manual' leaves either to you.
		 */
		private Triggers triggers = Triggers.ON_REQUEST;

		/**
		 * How often relations without triggers are looked at while somebody shows them.
		 */
		private Duration pollInterval = Duration.ofSeconds(2);

		@NestedConfigurationProperty
		private final LiveLimits limits = new LiveLimits();

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

		public LiveSource getSource() {
			return this.source;
		}

		public void setSource(LiveSource source) {
			this.source = source;
		}

		public @Nullable String getPublication() {
			return this.publication;
		}

		public void setPublication(@Nullable String publication) {
			this.publication = publication;
		}

		public Triggers getTriggers() {
			return this.triggers;
		}

		public void setTriggers(Triggers triggers) {
			this.triggers = triggers;
		}

		public Duration getPollInterval() {
			return this.pollInterval;
		}

		public void setPollInterval(Duration pollInterval) {
			this.pollInterval = pollInterval;
		}

		public LiveLimits getLimits() {
			return this.limits;
		}

	}

	/**
	 * Where changes are learned from at once.
	 */
	public enum LiveSource {

		/** Triggers on the tables. */
		TRIGGERS,
		/** The write-ahead log, by logical replication. */
		WAL

	}

	/**
	 * Who installs triggers.
	 */
	public enum Triggers {

		/** An administrator, in the page. */
		ON_REQUEST,
		/** Oriel, when the application starts or a table appears. */
		AUTO,
		/** A migration of the application; Oriel never does. */
		MANUAL

	}

}

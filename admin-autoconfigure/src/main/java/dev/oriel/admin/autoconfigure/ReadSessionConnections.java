package dev.oriel.admin.autoconfigure;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;

import com.zaxxer.hikari.HikariDataSource;
import dev.oriel.admin.data.DataSettings;
import dev.oriel.admin.data.SessionSettings;

/**
 * Connections whose sessions begin with settings of ours. Each is looked at before it is
 * used: a pooler may have dropped the settings, or the host's own preparation changed
 * them.
 */
final class ReadSessionConnections extends HostConnections {

	/** How PostgreSQL and poolers say that they do not take a start-up message. */
	private static final String PROTOCOL_VIOLATION = "08P01";

	/** Classes of errors by which every other connection would fail as well. */
	private static final Set<String> NO_CONNECTION = Set.of("08", "28", "3D", "57", "58");

	/** A setting that nobody else makes, so a shared session cannot hold it by chance. */
	private static final String MARK = "oriel.session";

	private static final String IS_OURS = "SELECT current_setting('" + MARK + "', true) = ?";

	/** The driver sends its own of these with the start-up message. */
	private static final String OVERRIDE = "SELECT set_config('TimeZone', ?, false), set_config('DateStyle', ?, false)";

	private static final String ARE_IN_FORCE = """
			SELECT NOT EXISTS (SELECT FROM unnest(?::text[], ?::text[]) AS wanted(name, setting)
				WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_settings s
					WHERE s.name = wanted.name AND s.setting = wanted.setting))""";

	private final Map<String, String> settings;

	private final String mark;

	ReadSessionConnections(HikariDataSource host, Properties properties, DataSettings settings) {
		this(host, properties, SessionSettings.ofReadSession(settings), UUID.randomUUID().toString());
	}

	private ReadSessionConnections(HikariDataSource host, Properties properties, Map<String, String> settings,
			String mark) {
		super(host, with(properties, settings, mark));
		this.settings = settings;
		this.mark = mark;
	}

	private static Properties with(Properties properties, Map<String, String> settings, String mark) {
		StringBuilder options = new StringBuilder(properties.getProperty("options", ""));
		settings.forEach((name, value) -> append(options, name, value));
		append(options, MARK, mark);
		Properties all = new Properties();
		all.putAll(properties);
		all.put("options", options.toString());
		return all;
	}

	private static void append(StringBuilder options, String name, String value) {
		options.append(" -c ").append(name).append('=').append(value.replace(" ", "\\ "));
	}

	@Override
	void prepare(Connection connection) throws SQLException {
		super.prepare(connection);
		try (PreparedStatement statement = connection.prepareStatement(IS_OURS)) {
			statement.setString(1, this.mark);
			require(statement);
		}
		try (PreparedStatement statement = connection.prepareStatement(OVERRIDE)) {
			statement.setString(1, this.settings.get("TimeZone"));
			statement.setString(2, this.settings.get("DateStyle"));
			statement.execute();
		}
		try (PreparedStatement statement = connection.prepareStatement(ARE_IN_FORCE)) {
			statement.setArray(1, connection.createArrayOf("text", this.settings.keySet().toArray()));
			statement.setArray(2, connection.createArrayOf("text", this.settings.values().toArray()));
			require(statement);
		}
	}

	private static void require(PreparedStatement statement) throws SQLException {
		try (ResultSet row = statement.executeQuery()) {
			if (!row.next() || !row.getBoolean(1)) {
				throw new SQLException("The settings that a session was begun with are not in force",
						PROTOCOL_VIOLATION);
			}
		}
	}

	/**
	 * Whether sessions with our settings cannot be had, rather than connections at all.
	 * Besides poolers that do not take a start-up message, these are servers without room
	 * for another connection, and whatever goes wrong in the preparation of a connection
	 * only because it is read only, be it the host's or a trigger's at the login.
	 */
	boolean isRefusal(SQLException ex) {
		String state = ex.getSQLState();
		return state != null
				&& (state.equals(PROTOCOL_VIOLATION) || NO_CONNECTION.stream().noneMatch(state::startsWith));
	}

}

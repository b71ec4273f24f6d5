package dev.oriel.admin.store;

import java.util.Optional;

import javax.sql.DataSource;

import dev.oriel.admin.schema.RelationName;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How users want relations to be shown, one JSON document for each user and relation.
 *
 * @since 0.1.0
 */
public final class SettingsStore {

	private static final String FIND = """
			SELECT settings::text FROM oriel.relation_settings
			WHERE username = :username AND schema_name = :schema AND relation_name = :relation""";

	private static final String SAVE = """
			INSERT INTO oriel.relation_settings (username, schema_name, relation_name, settings)
			VALUES (:username, :schema, :relation, CAST(:settings AS jsonb))
			ON CONFLICT (username, schema_name, relation_name)
			DO UPDATE SET settings = excluded.settings, updated_at = now()""";

	private static final String DELETE = """
			DELETE FROM oriel.relation_settings
			WHERE username = :username AND schema_name = :schema AND relation_name = :relation""";

	private static final int TIMEOUT_SECONDS = 5;

	private final JdbcClient jdbc;

	/**
	 * Create the store.
	 * @param dataSource where connections come from
	 */
	public SettingsStore(DataSource dataSource) {
		JdbcTemplate template = new JdbcTemplate(dataSource);
		template.setQueryTimeout(TIMEOUT_SECONDS);
		this.jdbc = JdbcClient.create(template);
	}

	/**
	 * Return what a user wants for a relation, as JSON.
	 * @param username the user
	 * @param relation the relation
	 */
	public Optional<String> find(String username, RelationName relation) {
		return on(this.jdbc.sql(FIND), username, relation).query(String.class).optional();
	}

	/**
	 * Keep what a user wants for a relation.
	 * @param username the user
	 * @param relation the relation
	 * @param settings a JSON object
	 */
	public void save(String username, RelationName relation, String settings) {
		on(this.jdbc.sql(SAVE), username, relation).param("settings", settings).update();
	}

	/**
	 * Forget what a user wants for a relation.
	 * @param username the user
	 * @param relation the relation
	 */
	public void delete(String username, RelationName relation) {
		on(this.jdbc.sql(DELETE), username, relation).update();
	}

	private static JdbcClient.StatementSpec on(JdbcClient.StatementSpec statement, String username,
			RelationName relation) {
		return statement.param("username", username)
			.param("schema", relation.schema())
			.param("relation", relation.name());
	}

}

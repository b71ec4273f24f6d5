package dev.oriel.admin.data;

import java.time.Duration;
import java.util.Set;

import javax.sql.DataSource;

import dev.oriel.admin.access.AccessPolicy;
import dev.oriel.admin.access.Caller;
import dev.oriel.admin.access.PrivilegeAccessPolicy;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.query.QueryParser;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.postgres.PostgresSchemaSource;
import dev.oriel.admin.schema.postgres.ReflectionSettings;
import dev.oriel.admin.sql.VersionMode;
import dev.oriel.admin.testing.PostgresDatabase;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * The use cases on a database, put together as an application does.
 */
record Rig(PostgresSchemaSource source, RelationReader reader, RelationWriter writer) {

	static final Caller CALLER = new Caller("admin", Set.of("ROLE_ADMIN"));

	static final DataSettings SETTINGS = new DataSettings(10_000, Duration.ofSeconds(10), Duration.ofSeconds(2), false);

	static Rig of(PostgresDatabase database) {
		return of(database.dataSource(), new PrivilegeAccessPolicy(false), SETTINGS);
	}

	static Rig of(DataSource dataSource, AccessPolicy policy, DataSettings settings) {
		PostgresSchemaSource source = new PostgresSchemaSource(dataSource, ReflectionSettings.ALL);
		return new Rig(source, new RelationReader(dataSource, source, policy, settings),
				new RelationWriter(dataSource, source, policy, settings));
	}

	String read(String relation, String query) {
		return this.reader.read(CALLER, name(relation), query(query), ReadOptions.DEFAULTS).json();
	}

	String version(String relation, String query) {
		String version = this.reader
			.read(CALLER, name(relation), query(query), ReadOptions.DEFAULTS.withVersion(VersionMode.SEPARATE))
			.rows()
			.get(0)
			.version();
		return String.valueOf(version);
	}

	String insert(String relation, String body) {
		return insert(relation, body, WriteOptions.DEFAULTS);
	}

	String insert(String relation, String body, WriteOptions options) {
		return this.writer.insert(CALLER, name(relation), body, Query.ALL, options).json();
	}

	String update(String relation, String query, String body) {
		return update(relation, query, body, WriteOptions.DEFAULTS);
	}

	String update(String relation, String query, String body, WriteOptions options) {
		return this.writer.update(CALLER, name(relation), body, query(query), options).json();
	}

	String delete(String relation, String query, WriteOptions options) {
		return this.writer.delete(CALLER, name(relation), query(query), options).json();
	}

	Count count(String relation, String query, CountMode mode) {
		return this.reader.count(CALLER, name(relation), query(query), mode);
	}

	static Problem problem(ThrowingCallable call) {
		ProblemException exception = catchThrowableOfType(ProblemException.class, call);
		if (exception == null) {
			throw new AssertionError("No problem was told");
		}
		return exception.problem();
	}

	static WriteOptions expecting(String version) {
		return new WriteOptions(VersionMode.SEPARATE, version, null, false, false);
	}

	static WriteOptions atMost(long rows) {
		return new WriteOptions(VersionMode.NONE, null, rows, false, false);
	}

	static RelationName name(String relation) {
		return new RelationName("public", relation);
	}

	static Query query(String query) {
		return new QueryParser().parse(query);
	}

}

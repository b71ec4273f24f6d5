package dev.oriel.admin.autoconfigure;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.oriel.admin.change.ChangeSource;
import dev.oriel.admin.change.SourceStatus;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.schema.SchemaSnapshot;
import dev.oriel.admin.schema.postgres.PostgresSchemaSource;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

import org.jspecify.annotations.Nullable;

/**
 * Whether Oriel can do its work: up while the catalogue can be read, unknown until it was
 * read for the first time, down otherwise. What is known is told, and the database is not
 * asked again, so however often somebody looks costs nothing.
 */
final class OrielHealthIndicator implements HealthIndicator {

	/** Modes of more tables would make the answer long; they are counted. */
	private static final int TABLES = 100;

	private final PostgresSchemaSource schema;

	private final @Nullable ChangeSource changes;

	OrielHealthIndicator(PostgresSchemaSource schema, @Nullable ChangeSource changes) {
		this.schema = schema;
		this.changes = changes;
	}

	@Override
	public Health health() {
		SchemaSnapshot snapshot = this.schema.known();
		Health.Builder health = new Health.Builder();
		if (this.schema.isAway()) {
			health.down().withDetail("error", "The database cannot be reached, or its catalogue cannot be read");
		}
		else if (snapshot == null) {
			health.unknown().withDetail("schema", "not read yet");
		}
		else {
			health.up();
		}
		if (snapshot != null) {
			health.withDetail("schema",
					Map.of("version", snapshot.version(), "relations", snapshot.relations().size()));
		}
		health.withDetail("live", live((snapshot != null) ? snapshot.relations() : List.of()));
		return health.build();
	}

	private Map<String, Object> live(Collection<Relation> relations) {
		Map<String, Object> live = new LinkedHashMap<>();
		live.put("enabled", this.changes != null);
		if (this.changes != null) {
			SourceStatus status = this.changes.status();
			live.put("listener", status.connection().label());
			if (status.lookedAt() != null) {
				live.put("lookedAt", status.lookedAt().toString());
			}
			modes(live, this.changes, relations);
		}
		return live;
	}

	private static void modes(Map<String, Object> live, ChangeSource changes, Collection<Relation> relations) {
		Map<String, Integer> modes = new TreeMap<>();
		Map<String, String> tables = new LinkedHashMap<>();
		for (Relation relation : relations) {
			String mode = changes.mode(relation.name()).label();
			modes.merge(mode, 1, Integer::sum);
			if (tables.size() < TABLES) {
				tables.put(relation.name().toString(), mode);
			}
		}
		live.put("modes", modes);
		live.put("tables", tables);
		if (relations.size() > TABLES) {
			live.put("tablesLeftOut", relations.size() - TABLES);
		}
	}

}

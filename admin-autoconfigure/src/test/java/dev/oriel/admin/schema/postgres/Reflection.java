package dev.oriel.admin.schema.postgres;

import java.util.List;

import javax.sql.DataSource;

import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.SchemaSnapshot;
import dev.oriel.admin.testing.PostgresDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A snapshot with look-ups that fail a test where nothing is found.
 */
record Reflection(SchemaSnapshot snapshot) {

	static Reflection of(PostgresDatabase database) {
		return of(database.dataSource(), ReflectionSettings.ALL);
	}

	static Reflection of(DataSource dataSource, ReflectionSettings settings) {
		try (PostgresSchemaSource source = new PostgresSchemaSource(dataSource, settings)) {
			return new Reflection(source.snapshot());
		}
	}

	Relation relation(String schema, String name) {
		Relation relation = this.snapshot.relation(new RelationName(schema, name));
		assertThat(relation).as("%s.%s", schema, name).isNotNull();
		return relation;
	}

	Relation relation(String name) {
		return relation("public", name);
	}

	Column column(String relation, String name) {
		Column column = relation(relation).column(name);
		assertThat(column).as("%s.%s", relation, name).isNotNull();
		return column;
	}

	List<String> relationNames() {
		return this.snapshot.relations().stream().map((relation) -> relation.name().toString()).toList();
	}

}

package dev.oriel.admin.schema.postgres;

import java.util.List;

import dev.oriel.admin.schema.ForeignKey;
import dev.oriel.admin.schema.RelationKind;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the reflection of partitions, heirs and estimated rows.
 */
class PartitionReflectionIntegrationTests {

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create("dev/oriel/admin/schema/partitions.sql");

	private static Reflection reflection;

	@BeforeAll
	static void reflect() {
		reflection = Reflection.of(database);
	}

	@Test
	void partitionsKnowWhatTheyAreAPartOf() {
		assertThat(reflection.relation("measurement").kind()).isEqualTo(RelationKind.PARTITIONED_TABLE);
		assertThat(reflection.relation("measurement").partitionOf()).isNull();
		assertThat(reflection.relation("measurement_2025").kind()).isEqualTo(RelationKind.TABLE);
		assertThat(reflection.relation("measurement_2025").partitionOf()).isEqualTo(name("measurement"));
		assertThat(reflection.relation("measurement_2026").kind()).isEqualTo(RelationKind.PARTITIONED_TABLE);
		assertThat(reflection.relation("measurement_2026").partitionOf()).isEqualTo(name("measurement"));
		assertThat(reflection.relation("measurement_2026_1").partitionOf()).isEqualTo(name("measurement_2026"));
	}

	@Test
	void heirsAreNoPartitions() {
		assertThat(reflection.relation("truck").partitionOf()).isNull();
		assertThat(reflection.relation("truck").columns()).extracting("name").containsExactly("id", "name", "load");
	}

	@Test
	void rowsOfPartitionsAndHeirsCountForTheWhole() {
		assertThat(reflection.relation("measurement_2025").estimatedRows()).isEqualTo(214);
		assertThat(reflection.relation("measurement_2026").estimatedRows()).isEqualTo(151);
		assertThat(reflection.relation("measurement").estimatedRows()).isEqualTo(365);
		assertThat(reflection.relation("truck").estimatedRows()).isEqualTo(30);
		assertThat(reflection.relation("vehicle").estimatedRows()).isEqualTo(50);
	}

	@Test
	void rowsThatWereNeverCountedAreUnknown() {
		assertThat(reflection.relation("city").estimatedRows()).isNull();
		assertThat(reflection.relation("note").estimatedRows()).isNull();
	}

	@Test
	void keysAreThoseOfTheWhole() {
		assertThat(reflection.relation("measurement").primaryKey()).containsExactly("city_id", "day");
		assertThat(reflection.relation("measurement_2026_1").primaryKey()).containsExactly("city_id", "day");
		assertThat(reflection.relation("measurement_2026_1").foreignKeys()).extracting(ForeignKey::target)
			.containsExactly(name("city"));
		assertThat(reflection.snapshot().referencing(name("city"))).extracting(ForeignKey::source)
			.containsExactly(name("measurement"));
	}

	@Test
	void keysToAPartitionedTablePointAtTheWhole() {
		for (String source : List.of("note", "note_0", "note_1")) {
			assertThat(reflection.relation(source).foreignKeys()).extracting(ForeignKey::target)
				.containsExactly(name("measurement"));
		}
		assertThat(reflection.snapshot().referencing(name("measurement"))).extracting(ForeignKey::source)
			.containsExactly(name("note"));
		assertThat(reflection.snapshot().referencing(name("measurement_2025"))).isEmpty();
	}

	private static RelationName name(String name) {
		return new RelationName("public", name);
	}

}

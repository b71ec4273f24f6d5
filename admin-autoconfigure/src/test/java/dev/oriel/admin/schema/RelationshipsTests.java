package dev.oriel.admin.schema;

import java.util.Arrays;
import java.util.List;

import dev.oriel.admin.schema.Relationship.Cardinality;
import dev.oriel.admin.schema.Relationship.Direct;
import dev.oriel.admin.schema.Relationship.ThroughJunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Relationships}.
 */
class RelationshipsTests {

	private final ForeignKey director = key("director", "film", "director_id", "person", false);

	private final ForeignKey producer = key("producer", "film", "producer_id", "person", false);

	private final ForeignKey spec = key("spec_film", "spec", "film_id", "film", true);

	private final ForeignKey roleFilm = key("role_film", "role", "film_id", "film", false);

	private final ForeignKey roleActor = key("role_actor", "role", "actor_id", "actor", false);

	private final ForeignKey parent = key("parent", "actor", "parent_id", "actor", false);

	private final ForeignKey log = new ForeignKey("log_film", new RelationName("audit", "spec"), List.of("film_id"),
			name("film"), List.of("id"), ForeignKey.Action.NO_ACTION, false);

	private final Relationships relationships = new Relationships(new SchemaSnapshot("1", "test", List.of("public"),
			List.of(relation("film", "id", this.director, this.producer), relation("person", "id"),
					relation("spec", "film_id", this.spec), relation("actor", "id", this.parent),
					relation("role", "film_id,actor_id", this.roleFilm, this.roleActor),
					relation("award", "id", key("award_film", "award", "film_id", "film", false),
							key("award_actor", "award", "actor_id", "actor", false)),
					new Relation(1, this.log.source(), RelationKind.TABLE, null, List.of(), List.of(), List.of(),
							List.of(this.log), null, null, Privileges.ALL))));

	@Test
	void keysLeadBothWays() {
		assertThat(find("film", "director", null)).containsExactly(new Direct(this.director, true));
		assertThat(find("person", "director", null)).containsExactly(new Direct(this.director, false));
		assertThat(find("film", "producer_id", null)).containsExactly(new Direct(this.producer, true));
		assertThat(find("person", "producer_id", null)).isEmpty();
	}

	@Test
	void hintsTellOneOfSeveral() {
		assertThat(find("film", "person", null)).hasSize(2);
		assertThat(find("film", "person", "producer")).containsExactly(new Direct(this.producer, true));
		assertThat(find("person", "film", "director_id")).containsExactly(new Direct(this.director, false));
		assertThat(find("film", "person", "id")).hasSize(2);
		assertThat(find("film", "person", "nothing")).isEmpty();
	}

	@Test
	void cardinalityComesFromConstraints() {
		assertThat(find("film", "spec", null)).singleElement()
			.extracting(Relationship::cardinality)
			.isEqualTo(Cardinality.ONE_TO_ONE);
		assertThat(find("film", "director", null).get(0).cardinality()).isEqualTo(Cardinality.MANY_TO_ONE);
		assertThat(find("person", "director", null).get(0).cardinality()).isEqualTo(Cardinality.ONE_TO_MANY);
	}

	@Test
	void junctionsHoldBothKeysInTheirPrimaryKey() {
		assertThat(find("film", "actor", null)).containsExactly(new ThroughJunction(this.roleFilm, this.roleActor));
		assertThat(find("film", "actor", "role")).hasSize(1);
		assertThat(find("film", "actor", "role_actor")).hasSize(1);
		assertThat(find("film", "actor", "award")).isEmpty();
	}

	@Test
	void nameOfTheRelationItselfStandsForThoseThatPointAtIt() {
		assertThat(find("actor", "actor", null)).containsExactly(new Direct(this.parent, false));
		assertThat(find("actor", "parent_id", null)).containsExactly(new Direct(this.parent, true));
		assertThat(find("actor", "parent", null)).containsExactly(new Direct(this.parent, true));
		assertThat(find("actor", "actor", "parent_id")).containsExactly(new Direct(this.parent, false));
	}

	@Test
	void relationsOfTheSameSchemaComeFirst() {
		assertThat(find("film", "spec", null)).containsExactly(new Direct(this.spec, false));
		assertThat(
				this.relationships.find(name("film"), "spec", null, (each) -> !each.target().schema().equals("public")))
			.containsExactly(new Direct(this.log, false));
	}

	private List<Relationship> find(String source, String target, @Nullable String hint) {
		return this.relationships.find(name(source), target, hint, (each) -> true);
	}

	private static RelationName name(String name) {
		return new RelationName("public", name);
	}

	private static ForeignKey key(String name, String source, String column, String target, boolean unique) {
		return new ForeignKey(name, name(source), List.of(column), name(target), List.of("id"),
				ForeignKey.Action.NO_ACTION, unique);
	}

	private static Relation relation(String name, String primaryKey, ForeignKey... keys) {
		return new Relation(1, name(name), RelationKind.TABLE, null, List.of(), Arrays.asList(primaryKey.split(",")),
				List.of(), List.of(keys), null, null, Privileges.ALL);
	}

}

package dev.oriel.admin.schema;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SchemaSnapshot}.
 */
class SchemaSnapshotTests {

	private static final RelationName PARENT = new RelationName("public", "parent");

	private static final RelationName CHILD = new RelationName("public", "child");

	private static final RelationName PART = new RelationName("public", "child_part");

	private final SchemaSnapshot snapshot = new SchemaSnapshot("1", "test", List.of("public"),
			List.of(relation(CHILD, null, key("child_parent", CHILD)), relation(PARENT, null),
					relation(PART, CHILD, key("child_parent", PART))));

	@Test
	void relationsAreFoundByNameAndKeepTheirOrder() {
		assertThat(this.snapshot.relation(PARENT)).isNotNull();
		assertThat(this.snapshot.relation(new RelationName("public", "PARENT"))).isNull();
		assertThat(this.snapshot.relations()).extracting(Relation::name).containsExactly(CHILD, PARENT, PART);
	}

	@Test
	void referencingKeysAreFoundByTheirTarget() {
		assertThat(this.snapshot.referencing(PARENT)).contains(key("child_parent", CHILD));
		assertThat(this.snapshot.referencing(CHILD)).isEmpty();
	}

	@Test
	void partitionsDoNotRepeatTheKeysOfTheirTable() {
		assertThat(this.snapshot.referencing(PARENT)).containsExactly(key("child_parent", CHILD));
	}

	@Test
	void contentCannotBeChanged() {
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> this.snapshot.relations().clear());
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> this.snapshot.schemas().clear());
	}

	private static ForeignKey key(String name, RelationName source) {
		return new ForeignKey(name, source, List.of("parent_id"), PARENT, List.of("id"), ForeignKey.Action.NO_ACTION,
				false);
	}

	private static Relation relation(RelationName name, @Nullable RelationName partitionOf, ForeignKey... keys) {
		return new Relation(1, name, RelationKind.TABLE, null, List.of(), List.of(), List.of(), List.of(keys),
				partitionOf, null, Privileges.ALL);
	}

}

package dev.oriel.admin.web;

import java.util.Comparator;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

import dev.oriel.admin.schema.ForeignKey;
import dev.oriel.admin.schema.InheritedKey;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.SchemaSnapshot;

/**
 * The foreign keys that a caller may know of, because all columns at both ends are
 * readable. A view shows those of the tables below it; they lead to the tables
 * themselves, or to a view of one that the caller may not read.
 *
 * @param snapshot the relations
 * @param readable whether the caller may read all columns of a list
 */
record VisibleKeys(SchemaSnapshot snapshot, BiPredicate<RelationName, List<String>> readable) {

	private static final Comparator<InheritedKey.End> TABLES_FIRST = Comparator.comparing(InheritedKey.End::view);

	/**
	 * Return the keys that a relation holds.
	 */
	List<ForeignKey> of(Relation relation) {
		Stream<ForeignKey> inherited = this.snapshot.inheritedKeys(relation.name())
			.stream()
			.flatMap((key) -> viewsAmong(key.sources(), relation)
				.flatMap((source) -> nearest(key.targets()).map((target) -> key.between(source, target))));
		return Stream.concat(relation.foreignKeys().stream(), inherited).filter(this::isReadable).toList();
	}

	/**
	 * Return the keys that point at a relation.
	 */
	List<ForeignKey> pointingAt(Relation relation) {
		Stream<ForeignKey> inherited = this.snapshot.inheritedKeys(relation.name())
			.stream()
			.flatMap((key) -> viewsAmong(key.targets(), relation)
				.flatMap((target) -> nearest(key.sources()).map((source) -> key.between(source, target))));
		return Stream.concat(this.snapshot.referencing(relation.name()).stream(), inherited)
			.filter(this::isReadable)
			.toList();
	}

	private static Stream<InheritedKey.End> viewsAmong(List<InheritedKey.End> ends, Relation relation) {
		return ends.stream().filter(InheritedKey.End::view).filter((end) -> end.relation().equals(relation.name()));
	}

	private Stream<InheritedKey.End> nearest(List<InheritedKey.End> ends) {
		return ends.stream()
			.sorted(TABLES_FIRST)
			.filter((end) -> this.readable.test(end.relation(), end.columns()))
			.limit(1);
	}

	private boolean isReadable(ForeignKey key) {
		return this.readable.test(key.source(), key.columns()) && this.readable.test(key.target(), key.targetColumns());
	}

}

package dev.oriel.admin.web;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

import dev.oriel.admin.schema.Constraint;
import dev.oriel.admin.schema.Index;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.RowSecurity;
import dev.oriel.admin.schema.SchemaSnapshot;
import dev.oriel.admin.schema.Structure;
import org.jspecify.annotations.Nullable;

/**
 * What there is to know of a relation besides its columns and keys, in the shape of its
 * JSON.
 */
record StructureDocument(boolean unlogged, List<Member> parents, List<Member> children, @Nullable Partition partition,
		RowSecurity rowSecurity, List<ConstraintDocument> constraints, List<IndexDocument> indexes) {

	/**
	 * Describe a relation.
	 * @param readable the columns that the caller may read; what is about others is left
	 * out
	 * @param visible which other relations the caller may see
	 * @param whole which other relations the caller may read every column of
	 */
	static StructureDocument of(Relation relation, SchemaSnapshot snapshot, Collection<String> readable,
			Predicate<RelationName> visible, Predicate<RelationName> whole) {
		Structure structure = relation.structure();
		return new StructureDocument(structure.unlogged(), members(structure.parents(), visible),
				members(snapshot.children(relation.name()), visible), Partition.of(relation, readable, visible),
				structure.rowSecurity(),
				structure.constraints()
					.stream()
					.filter((constraint) -> readable.containsAll(constraint.columns()))
					// What it says of another relation names columns there.
					.filter((constraint) -> constraint.target() == null || whole.test(constraint.target()))
					.map(ConstraintDocument::of)
					.toList(),
				structure.indexes()
					.stream()
					.filter((index) -> readable.containsAll(index.columns()))
					.map(IndexDocument::of)
					.toList());
	}

	private static List<Member> members(List<RelationName> names, Predicate<RelationName> visible) {
		return names.stream().filter(visible).map(Member::of).toList();
	}

	/**
	 * Another relation of the same family.
	 */
	record Member(String schema, String relation) {

		static Member of(RelationName name) {
			return new Member(name.schema(), name.name());
		}

	}

	/**
	 * How the relation takes part in partitioning.
	 */
	record Partition(@Nullable Member of, @Nullable String key, @Nullable String bound) {

		static @Nullable Partition of(Relation relation, Collection<String> readable, Predicate<RelationName> visible) {
			RelationName parent = relation.partitionOf();
			String key = relation.structure().partitioning().key();
			if (parent == null && key == null) {
				return null;
			}
			// Both are about columns, but do not say which.
			boolean told = readable.size() == relation.columns().size();
			return new Partition((parent != null && visible.test(parent)) ? Member.of(parent) : null, told ? key : null,
					told ? relation.structure().partitioning().bound() : null);
		}

	}

	record ConstraintDocument(String name, String kind, String definition, List<String> columns, boolean enforced,
			boolean validated, boolean deferrable, boolean deferred) {

		static ConstraintDocument of(Constraint constraint) {
			return new ConstraintDocument(constraint.name(),
					constraint.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'), constraint.definition(),
					constraint.columns(), constraint.enforcement().enforced(), constraint.enforcement().validated(),
					constraint.enforcement().deferrable(), constraint.enforcement().deferred());
		}

	}

	record IndexDocument(String name, String method, boolean primary, boolean unique, boolean valid,
			List<Index.Part> parts, List<String> included, @Nullable String predicate) {

		static IndexDocument of(Index index) {
			return new IndexDocument(index.name(), index.method(), index.primary(), index.unique(), index.valid(),
					index.parts(), index.included(), index.predicate());
		}

	}

}

package dev.oriel.admin.change.postgres;

import java.util.HashSet;
import java.util.Set;

import dev.oriel.admin.change.LiveMode;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.schema.RelationKind;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.SchemaSnapshot;

/**
 * By which way the changes of each relation become known.
 *
 * @param snapshot the relations
 * @param dependencies where their rows come from
 * @param captured the stored relations of which every change is told at once
 */
record Routes(SchemaSnapshot snapshot, Dependencies dependencies, Set<RelationName> captured) {

	/**
	 * Whether every change of a stored relation is told at once.
	 */
	boolean isCaptured(RelationName source) {
		return this.captured.contains(source);
	}

	/**
	 * Return the stored relations that some relations get their rows from.
	 */
	Set<RelationName> sources(Set<RelationName> relations) {
		Set<RelationName> sources = new HashSet<>();
		relations.forEach((relation) -> sources.addAll(this.dependencies.of(relation)));
		return sources;
	}

	/**
	 * Return how the changes of a relation become known.
	 * @param name the relation
	 * @param capture how they do where they are told at once, or {@link LiveMode#OFF}
	 * while they are not
	 */
	LiveMode mode(RelationName name, LiveMode capture) {
		Relation relation = this.snapshot.relation(name);
		if (relation == null || relation.kind() == RelationKind.FOREIGN_TABLE) {
			return LiveMode.OFF;
		}
		if (relation.kind() == RelationKind.VIEW) {
			return LiveMode.REQUERY;
		}
		boolean captured = capture != LiveMode.OFF && this.dependencies.of(name).stream().allMatch(this::isCaptured);
		return captured ? capture : LiveMode.POLLING;
	}

}

package dev.oriel.admin.change.postgres;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import dev.oriel.admin.change.LiveMode;
import dev.oriel.admin.change.postgres.TriggerStatus.State;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.schema.RelationKind;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.SchemaSnapshot;

/**
 * By which way the changes of each relation become known.
 *
 * @param snapshot the relations
 * @param dependencies where their rows come from
 * @param triggers which tables have triggers
 */
record Routes(SchemaSnapshot snapshot, Dependencies dependencies, Map<RelationName, TriggerStatus> triggers) {

	/**
	 * Whether triggers tell of every change of a stored relation.
	 */
	boolean isCaptured(RelationName source) {
		TriggerStatus status = this.triggers.get(source);
		return status != null && (status.state() == State.INSTALLED || status.state() == State.OUTDATED);
	}

	/**
	 * Return the stored relations that some relations get their rows from.
	 */
	Set<RelationName> sources(Set<RelationName> relations) {
		Set<RelationName> sources = new HashSet<>();
		relations.forEach((relation) -> sources.addAll(this.dependencies.of(relation)));
		return sources;
	}

	LiveMode mode(RelationName name, boolean outbox) {
		Relation relation = this.snapshot.relation(name);
		if (relation == null || relation.kind() == RelationKind.FOREIGN_TABLE) {
			return LiveMode.OFF;
		}
		if (relation.kind() == RelationKind.VIEW) {
			return LiveMode.REQUERY;
		}
		boolean captured = outbox && this.dependencies.of(name).stream().allMatch(this::isCaptured);
		return captured ? LiveMode.TRIGGERS : LiveMode.POLLING;
	}

}

package dev.oriel.admin.live;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.oriel.admin.query.Query;
import dev.oriel.admin.query.SelectItem;
import dev.oriel.admin.schema.ForeignKey;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.SchemaSnapshot;

/**
 * Finds the relations that the answer to a query depends on: the relation itself and
 * whatever is embedded, at any depth. An embed may name a relation, a column or a
 * constraint, and reach it through a third relation; where it could mean several, all are
 * taken, because one too many only costs a read.
 */
final class WindowDependencies {

	private final SchemaSnapshot snapshot;

	private final Set<RelationName> relations = new HashSet<>();

	private WindowDependencies(SchemaSnapshot snapshot) {
		this.snapshot = snapshot;
	}

	static Set<RelationName> of(SchemaSnapshot snapshot, RelationName relation, Query query) {
		WindowDependencies dependencies = new WindowDependencies(snapshot);
		dependencies.add(relation, query);
		return dependencies.relations;
	}

	private void add(RelationName relation, Query query) {
		this.relations.add(relation);
		for (SelectItem item : query.select()) {
			if (item instanceof SelectItem.Embed embed) {
				for (RelationName target : targets(relation, embed)) {
					add(target, embed.query());
				}
			}
		}
	}

	private Set<RelationName> targets(RelationName relation, SelectItem.Embed embed) {
		Set<RelationName> targets = new HashSet<>();
		for (RelationName neighbour : neighbours(relation)) {
			if (neighbour.name().equals(embed.target())) {
				targets.add(neighbour);
			}
			for (RelationName far : neighbours(neighbour)) {
				if (far.name().equals(embed.target())) {
					this.relations.add(neighbour);
					targets.add(far);
				}
			}
		}
		for (ForeignKey key : keys(relation)) {
			if (key.columns().contains(embed.target()) || key.name().equals(embed.target())) {
				targets.add(key.source().equals(relation) ? key.target() : key.source());
			}
		}
		return targets;
	}

	private Set<RelationName> neighbours(RelationName relation) {
		Set<RelationName> neighbours = new HashSet<>();
		for (ForeignKey key : keys(relation)) {
			neighbours.add(key.source().equals(relation) ? key.target() : key.source());
		}
		return neighbours;
	}

	private List<ForeignKey> keys(RelationName relation) {
		List<ForeignKey> keys = new ArrayList<>(this.snapshot.referencing(relation));
		Relation known = this.snapshot.relation(relation);
		if (known != null) {
			keys.addAll(known.foreignKeys());
		}
		return keys;
	}

}

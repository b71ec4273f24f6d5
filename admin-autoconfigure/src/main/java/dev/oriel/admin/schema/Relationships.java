package dev.oriel.admin.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

import dev.oriel.admin.schema.Relationship.ByFunction;
import dev.oriel.admin.schema.Relationship.Direct;
import dev.oriel.admin.schema.Relationship.ThroughJunction;
import org.jspecify.annotations.Nullable;

/**
 * The ways from relation to relation that the foreign keys of a snapshot make, and which
 * of them a name stands for.
 *
 * @see <a href=
 * "https://docs.postgrest.org/en/stable/references/api/resource_embedding.html">
 * PostgREST: resource embedding</a>
 * @since 0.1.0
 */
public final class Relationships {

	private final SchemaSnapshot snapshot;

	/**
	 * Create the relationships of a snapshot.
	 * @param snapshot the snapshot
	 */
	public Relationships(SchemaSnapshot snapshot) {
		this.snapshot = snapshot;
	}

	/**
	 * Return all relationships that begin at a relation: along its foreign keys, against
	 * those of others, and through junctions.
	 * @param source the relation
	 */
	public List<Relationship> from(RelationName source) {
		List<Relationship> relationships = new ArrayList<>();
		List<Holder> along = along(source);
		List<Holder> against = against(source);
		along.forEach((holder) -> relationships.add(new Direct(holder.key(), true, holder.targetUnique())));
		against.forEach((holder) -> relationships.add(new Direct(holder.key(), false, holder.targetUnique())));
		against.forEach((holder) -> addThroughJunction(holder, relationships));
		this.snapshot.computed(source).forEach((function) -> addByFunction(function, relationships));
		return relationships;
	}

	private static void addByFunction(Function function, List<Relationship> relationships) {
		Function.Computed computed = function.computed();
		RelationName target = function.result().relation();
		if (computed != null && target != null && function.result().shape() == Function.Shape.ROW) {
			relationships.add(new ByFunction(function, computed.relation(), target, computed.single()));
		}
	}

	/**
	 * Return the keys that a relation holds.
	 */
	private List<Holder> along(RelationName source) {
		List<Holder> keys = new ArrayList<>();
		Relation relation = this.snapshot.relation(source);
		if (relation != null) {
			relation.foreignKeys()
				.forEach((key) -> keys.add(new Holder(key, true, relation.primaryKey().containsAll(key.columns()))));
		}
		for (InheritedKey key : this.snapshot.inheritedKeys(source)) {
			key.sources()
				.stream()
				.filter((end) -> end.relation().equals(source))
				.forEach((end) -> key.targets().forEach((target) -> addInherited(key, end, target, keys)));
		}
		return keys;
	}

	/**
	 * Return the keys that point at a relation.
	 */
	private List<Holder> against(RelationName target) {
		List<Holder> keys = new ArrayList<>();
		for (ForeignKey key : this.snapshot.referencing(target)) {
			Relation holder = this.snapshot.relation(key.source());
			keys.add(new Holder(key, true, holder != null && holder.primaryKey().containsAll(key.columns())));
		}
		for (InheritedKey key : this.snapshot.inheritedKeys(target)) {
			key.targets()
				.stream()
				.filter((end) -> end.relation().equals(target))
				.forEach((end) -> key.sources().forEach((source) -> addInherited(key, source, end, keys)));
		}
		return keys;
	}

	private static void addInherited(InheritedKey key, InheritedKey.End source, InheritedKey.End target,
			List<Holder> keys) {
		// Between two stored relations there is the key itself.
		if (source.view() || target.view()) {
			keys.add(new Holder(key.between(source, target), target.unique(), source.ofPrimaryKey()));
		}
	}

	private void addThroughJunction(Holder toSource, List<Relationship> relationships) {
		if (!toSource.ofPrimaryKey()) {
			return;
		}
		for (Holder toTarget : along(toSource.key().source())) {
			if (toTarget.ofPrimaryKey() && !toTarget.key().name().equals(toSource.key().name())) {
				relationships.add(new ThroughJunction(toSource.key(), toTarget.key()));
			}
		}
	}

	/**
	 * Return the relationships that a name may stand for: one if it is clear, several if
	 * it is not, none if there is nothing of that name.
	 * @param source the relation to begin at
	 * @param target the relation to lead to, the function that leads there, or the
	 * constraint or the only column of a foreign key that the source holds
	 * @param hint the constraint, its only column at either end, or the junction, that
	 * tells one of several relationships to the same relation, or {@code null}
	 * @param visible which relationships exist, as far as the caller is concerned
	 */
	public List<Relationship> find(RelationName source, String target, @Nullable String hint,
			Predicate<Relationship> visible) {
		List<Relationship> candidates = from(source).stream().filter(visible).toList();
		// What somebody has written goes before what is found, and that of the own schema
		// before others.
		for (Relationship candidate : candidates) {
			if (candidate instanceof ByFunction computed && computed.function().name().equals(target)) {
				return List.of(candidate);
			}
		}
		if (hint == null) {
			return withoutCopies(nearest(source, candidates.stream().filter((each) -> isNamed(each, target)).toList()),
					target);
		}
		List<Relationship> targets = nearest(source,
				candidates.stream()
					.filter((each) -> !(each instanceof ByFunction) && each.target().name().equals(target))
					.toList());
		List<Relationship> hinted = select(targets, hint, Relationships::isHinted);
		// A junction with several keys to one relation can only be told by one of them.
		return hinted.isEmpty() ? select(targets, hint, Relationships::isHintedByJunctionKey) : hinted;
	}

	private static List<Relationship> select(List<Relationship> relationships, String hint,
			BiPredicate<Relationship, String> condition) {
		return relationships.stream().filter((each) -> condition.test(each, hint)).toList();
	}

	/**
	 * Leave out relations of other schemas if one of the same schema has the name.
	 */
	private static List<Relationship> nearest(RelationName source, List<Relationship> relationships) {
		List<Relationship> near = relationships.stream()
			.filter((each) -> each.target().schema().equals(source.schema()))
			.toList();
		return near.isEmpty() ? relationships : near;
	}

	/**
	 * Leave out views where a key also leads to the relation that has it, and junctions
	 * that are views where there is another way, so that a new view makes no embed
	 * ambiguous.
	 */
	private List<Relationship> withoutCopies(List<Relationship> relationships, String target) {
		List<Relationship> originals = relationships.stream().filter((each) -> !isCopy(each, target)).toList();
		return originals.isEmpty() ? relationships : originals;
	}

	private boolean isCopy(Relationship relationship, String target) {
		return (relationship instanceof ThroughJunction through) ? isView(through.junction())
				: isView(relationship.target()) && !relationship.target().name().equals(target);
	}

	private boolean isNamed(Relationship relationship, String target) {
		boolean relation = relationship.target().name().equals(target);
		if (relationship instanceof ByFunction) {
			return false;
		}
		if (!(relationship instanceof Direct direct)) {
			return relation && !relationship.reflexive();
		}
		if (relationship.reflexive()) {
			// The relation's own name stands for the rows that point at this one, the
			// key's for the row pointed at.
			return direct.forward() ? isKey(direct.key(), target) : relation;
		}
		// Many views may share a key, so it stands for the relation that has it.
		return relation || (!isView(relationship.target())
				&& (direct.key().name().equals(target) || (direct.forward() && isKey(direct.key(), target))));
	}

	private static boolean isHinted(Relationship relationship, String hint) {
		if (relationship instanceof ThroughJunction through) {
			return through.junction().name().equals(hint);
		}
		Direct direct = (Direct) relationship;
		if (relationship.reflexive()) {
			return !direct.forward() && isKey(direct.key(), hint);
		}
		return isKey(direct.key(), hint) || isOnly(direct.key().targetColumns(), hint);
	}

	private static boolean isHintedByJunctionKey(Relationship relationship, String hint) {
		return relationship instanceof ThroughJunction through
				&& (isKey(through.toTarget(), hint) || (!relationship.reflexive() && isKey(through.toSource(), hint)));
	}

	private static boolean isKey(ForeignKey key, String name) {
		return key.name().equals(name) || isOnly(key.columns(), name);
	}

	private static boolean isOnly(List<String> columns, String name) {
		return columns.size() == 1 && columns.get(0).equals(name);
	}

	private boolean isView(RelationName name) {
		Relation relation = this.snapshot.relation(name);
		return relation != null
				&& (relation.kind() == RelationKind.VIEW || relation.kind() == RelationKind.MATERIALIZED_VIEW);
	}

	/**
	 * A foreign key, or a view's share of one.
	 *
	 * @param key the key
	 * @param targetUnique whether it points at one row at most
	 * @param ofPrimaryKey whether its columns belong to the primary key of the relation
	 * that holds it
	 */
	private record Holder(ForeignKey key, boolean targetUnique, boolean ofPrimaryKey) {
	}

}

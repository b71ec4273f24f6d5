package dev.oriel.admin.schema;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

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
		Relation relation = this.snapshot.relation(source);
		if (relation != null) {
			relation.foreignKeys().forEach((key) -> relationships.add(new Direct(key, true)));
		}
		List<ForeignKey> referencing = this.snapshot.referencing(source);
		referencing.forEach((key) -> relationships.add(new Direct(key, false)));
		referencing.forEach((key) -> addThroughJunction(key, relationships));
		return relationships;
	}

	private void addThroughJunction(ForeignKey toSource, List<Relationship> relationships) {
		Relation junction = this.snapshot.relation(toSource.source());
		if (junction == null) {
			return;
		}
		for (ForeignKey toTarget : junction.foreignKeys()) {
			Set<String> columns = new LinkedHashSet<>(toSource.columns());
			columns.addAll(toTarget.columns());
			if (!toTarget.equals(toSource) && junction.primaryKey().containsAll(columns)) {
				relationships.add(new ThroughJunction(toSource, toTarget));
			}
		}
	}

	/**
	 * Return the relationships that a name may stand for: one if it is clear, several if
	 * it is not, none if there is nothing of that name.
	 * @param source the relation to begin at
	 * @param target the relation to lead to, or the constraint or the only column of a
	 * foreign key that the source holds
	 * @param hint the constraint, its only column at either end, or the junction, that
	 * tells one of several relationships to the same relation, or {@code null}
	 * @param visible which relationships exist, as far as the caller is concerned
	 */
	public List<Relationship> find(RelationName source, String target, @Nullable String hint,
			Predicate<Relationship> visible) {
		List<Relationship> candidates = from(source).stream().filter(visible).toList();
		if (hint == null) {
			return nearest(source, candidates.stream().filter((each) -> isNamed(each, target)).toList());
		}
		List<Relationship> targets = nearest(source,
				candidates.stream().filter((each) -> each.target().name().equals(target)).toList());
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

	private static boolean isNamed(Relationship relationship, String target) {
		boolean relation = relationship.target().name().equals(target);
		if (!(relationship instanceof Direct direct)) {
			return relation && !relationship.reflexive();
		}
		if (relationship.reflexive()) {
			// The relation's own name stands for the rows that point at this one, the
			// key's for the row pointed at.
			return direct.forward() ? isKey(direct.key(), target) : relation;
		}
		return relation || direct.key().name().equals(target) || (direct.forward() && isKey(direct.key(), target));
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

}

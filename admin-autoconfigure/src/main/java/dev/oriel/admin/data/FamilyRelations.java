package dev.oriel.admin.data;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import dev.oriel.admin.access.Caller;
import dev.oriel.admin.query.QueryException;
import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.Relationship;
import dev.oriel.admin.schema.Relationship.ThroughJunction;
import dev.oriel.admin.sql.RelationshipNames;

import org.jspecify.annotations.Nullable;

/**
 * What the members of rows stand for, as far as one caller may know. Each is looked up
 * once, however many rows have it.
 */
final class FamilyRelations {

	private final Targets targets;

	private final Caller caller;

	private final Target root;

	private final Map<RelationName, Target> found = new HashMap<>();

	private final Map<Member, Optional<Relationship>> relationships = new HashMap<>();

	/**
	 * @param targets finds relations
	 * @param caller who asks
	 * @param root the relation that the body is written to
	 */
	FamilyRelations(Targets targets, Caller caller, Target root) {
		this.targets = targets;
		this.caller = caller;
		this.root = root;
		this.found.put(root.relation().name(), root);
	}

	/**
	 * Return a relation that a relationship leads to or through.
	 */
	Target target(RelationName name) {
		return this.found.computeIfAbsent(name, (each) -> this.targets.related(this.caller, this.root, each));
	}

	/**
	 * Return the column of that name, or {@code null} if there is none that the caller
	 * may know of.
	 */
	static @Nullable Column column(Target target, String name) {
		Column column = target.relation().column(name);
		boolean known = target.access().readable().contains(name) || target.access().insertable().contains(name)
				|| target.access().updatable().contains(name);
		return known ? column : null;
	}

	/**
	 * Whether a member of the body's own rows is no column but stands for a related row,
	 * or several.
	 */
	boolean isRelated(String name) {
		return column(this.root, name) == null && isRelated(this.root, name);
	}

	/**
	 * Whether a member may be a related row, or several.
	 */
	boolean isRelated(Target target, String name) {
		try {
			return relationship(target, name) != null;
		}
		catch (ProblemException ex) {
			// It is related, though not as it has to be; that is told once it is read.
			return true;
		}
	}

	/**
	 * Return the relationship that a member stands for, or {@code null} if there is none.
	 * @throws ProblemException when it may stand for several, or for one that cannot be
	 * written
	 */
	@Nullable Relationship relationship(Target target, String name) {
		return this.relationships
			.computeIfAbsent(new Member(target.relation().name(), name),
					(member) -> Optional.ofNullable(resolve(target, name)))
			.orElse(null);
	}

	private @Nullable Relationship resolve(Target target, String name) {
		try {
			Relationship relationship = RelationshipNames.resolve(target.scope(), Family.embed(name));
			requireWritable(relationship, name);
			return relationship;
		}
		catch (QueryException ex) {
			if (ex.code().equals("PGRST200")) {
				// There is no relationship of this name, so it may be a column.
				return null;
			}
			throw new ProblemException(Problem.of(ex), ex);
		}
	}

	private void requireWritable(Relationship relationship, String name) {
		boolean computed = relationship instanceof Relationship.ByFunction;
		Stream<RelationName> between = (relationship instanceof ThroughJunction through)
				? Stream.of(through.source(), through.junction(), through.target())
				: Stream.of(relationship.source(), relationship.target());
		if (computed || !between.allMatch((each) -> isTable(each))) {
			throw new ProblemException(new Problem(400, "ORIEL400", "'%s' can be read, but not written".formatted(name),
					computed ? "A function computes it." : "A view shows it.",
					"Write to the tables that the rows come from."));
		}
	}

	private boolean isTable(RelationName name) {
		Relation relation = this.root.snapshot().relation(name);
		return relation != null && relation.kind().isTable();
	}

	/**
	 * Return the columns that name a row of a relation, or none where the caller may not
	 * know them.
	 */
	static List<String> key(Target target) {
		return target.scope().key();
	}

	/**
	 * A member that rows of a relation may have.
	 */
	private record Member(RelationName relation, String name) {
	}

}

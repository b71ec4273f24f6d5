package dev.oriel.admin.sql;

import java.util.List;
import java.util.function.Function;

import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.Relationship;
import dev.oriel.admin.schema.Relationships;
import dev.oriel.admin.schema.SchemaSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * What can be reached from the relation of a statement.
 *
 * @param relationships the ways there are
 * @param scopes the part of a relation that may be touched, or {@code null} where nothing
 * may, as if the relation did not exist
 * @param computed the functions over a row of a relation that may be called
 * @since 0.1.0
 */
public record Related(Relationships relationships, Function<RelationName, @Nullable Scope> scopes,
		Function<Relation, List<dev.oriel.admin.schema.Function>> computed) {

	/** Nothing at all. */
	public static final Related NONE = new Related(new Relationships(new SchemaSnapshot("", "", List.of(), List.of())),
			(name) -> null, (relation) -> List.of());

	/**
	 * Whether a relationship exists, as far as a statement is concerned: all relations on
	 * the way and the columns that lead there may be read, for else what is embedded
	 * would tell their values.
	 */
	boolean reaches(Scope source, Relationship relationship) {
		if (relationship instanceof Relationship.ByFunction by) {
			return source.computed().contains(by.function()) && this.scopes.apply(by.target()) != null;
		}
		boolean ends = source.readable().containsAll(relationship.sourceColumns())
				&& reads(relationship.target(), relationship.targetColumns());
		return ends && (!(relationship instanceof Relationship.ThroughJunction through)
				|| (reads(through.junction(), through.toSource().columns())
						&& reads(through.junction(), through.toTarget().columns())));
	}

	private boolean reads(RelationName name, List<String> columns) {
		Scope scope = this.scopes.apply(name);
		return scope != null && scope.readable().containsAll(columns);
	}

	/**
	 * Return the scope of a relation that a relationship reaches.
	 */
	Scope scope(RelationName name) {
		Scope scope = this.scopes.apply(name);
		if (scope == null) {
			throw new IllegalStateException("Only relations that may be read are reached");
		}
		return scope;
	}

}

package dev.oriel.admin.sql;

import java.util.List;
import java.util.stream.Collectors;

import dev.oriel.admin.query.QueryException;
import dev.oriel.admin.query.SelectItem;
import dev.oriel.admin.schema.NearestNames;
import dev.oriel.admin.schema.Relationship;
import dev.oriel.admin.schema.Relationship.ByFunction;
import dev.oriel.admin.schema.Relationship.Direct;
import dev.oriel.admin.schema.Relationship.ThroughJunction;

/**
 * Finds the relationship that an embed names. One that the caller may not see is not
 * found, exactly as one that does not exist.
 *
 * @since 0.1.0
 */
public final class RelationshipNames {

	private RelationshipNames() {
	}

	/**
	 * Return the relationship that an embed names.
	 * @param source the part of a relation that the relationship begins at
	 * @param embed names it
	 * @throws QueryException with {@code PGRST200} when there is none, and with
	 * {@code PGRST201} when there are several
	 */
	public static Relationship resolve(Scope source, SelectItem.Embed embed) {
		List<Relationship> found = source.related()
			.relationships()
			.find(source.relation().name(), embed.target(), embed.hint(),
					(each) -> source.related().reaches(source, each));
		if (found.isEmpty()) {
			throw unknown(source, embed);
		}
		if (found.size() > 1) {
			throw ambiguous(source, embed, found);
		}
		return found.get(0);
	}

	private static QueryException unknown(Scope source, SelectItem.Embed embed) {
		String name = source.relation().name().name();
		String between = "'%s' and '%s'".formatted(name, embed.target());
		String hinted = (embed.hint() != null) ? " using the hint '" + embed.hint() + "'" : "";
		List<String> targets = source.related()
			.relationships()
			.from(source.relation().name())
			.stream()
			.filter((each) -> source.related().reaches(source, each))
			.map((each) -> (each instanceof ByFunction by) ? by.function().name() : each.target().name())
			.filter((target) -> !target.equals(embed.target()))
			.toList();
		String nearest = NearestNames.nearest(embed.target(), targets);
		return new QueryException("PGRST200",
				"Could not find a relationship between " + between + " in the schema cache",
				"Searched for a foreign key relationship between " + between + hinted + " in the schema '"
						+ source.relation().name().schema() + "', but no matches were found.",
				(nearest != null) ? "Perhaps you meant '%s' instead of '%s'.".formatted(nearest, embed.target())
						: null);
	}

	private static QueryException ambiguous(Scope source, SelectItem.Embed embed, List<Relationship> found) {
		String name = source.relation().name().name();
		List<AmbiguousEmbedException.Candidate> candidates = found.stream()
			.map((each) -> new AmbiguousEmbedException.Candidate(each.cardinality().label(),
					name + " with " + each.target().name(), describe(each)))
			.toList();
		String hints = found.stream()
			.map((each) -> "'" + each.target().name() + "!" + hint(each, found) + "'")
			.collect(Collectors.joining(", "));
		return new AmbiguousEmbedException(
				"Could not embed because more than one relationship was found for '%s' and '%s'".formatted(name,
						found.get(0).target().name()),
				candidates, "Try changing '%s' to one of the following: %s. Find the desired relationship in the "
					.formatted(embed.target(), hints) + "'details' key.");
	}

	private static String describe(Relationship relationship) {
		if (relationship instanceof ThroughJunction through) {
			return through.junction().name() + " using " + through.toSource().name()
					+ list(through.toSource().columns()) + " and " + through.toTarget().name()
					+ list(through.toTarget().columns());
		}
		return ((Direct) relationship).key().name() + " using " + relationship.source().name()
				+ list(relationship.sourceColumns()) + " and " + relationship.target().name()
				+ list(relationship.targetColumns());
	}

	private static String list(List<String> columns) {
		return "(" + String.join(", ", columns) + ")";
	}

	private static String hint(Relationship relationship, List<Relationship> found) {
		if (!(relationship instanceof ThroughJunction through)) {
			return ((Direct) relationship).key().name();
		}
		long sameJunction = found.stream()
			.filter((each) -> each instanceof ThroughJunction other && other.junction().equals(through.junction()))
			.count();
		return (sameJunction > 1) ? through.toTarget().name() : through.junction().name();
	}

}

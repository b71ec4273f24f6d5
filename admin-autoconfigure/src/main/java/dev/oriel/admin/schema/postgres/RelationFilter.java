package dev.oriel.admin.schema.postgres;

import java.util.List;

/**
 * Decides by its name alone whether a relation is reflected.
 */
final class RelationFilter {

	private final List<RelationPattern> include;

	private final List<RelationPattern> exclude;

	RelationFilter(ReflectionSettings settings) {
		this.include = settings.include().stream().map(RelationPattern::new).toList();
		this.exclude = settings.exclude().stream().map(RelationPattern::new).toList();
	}

	boolean accepts(String schema, String relation) {
		return (this.include.isEmpty() || anyMatches(this.include, schema, relation))
				&& !anyMatches(this.exclude, schema, relation);
	}

	private static boolean anyMatches(List<RelationPattern> patterns, String schema, String relation) {
		return patterns.stream().anyMatch((pattern) -> pattern.matches(schema, relation));
	}

}

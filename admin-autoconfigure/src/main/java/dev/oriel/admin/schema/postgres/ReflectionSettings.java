package dev.oriel.admin.schema.postgres;

import java.util.List;

/**
 * Which part of a database is reflected. Patterns are {@code schema.relation}, where
 * {@code *} stands for any number of characters.
 *
 * @param schemas the schemas in the order in which they are shown, the default one first;
 * empty for all that hold something the role may read, {@code public} first
 * @param include patterns of which a relation has to match one; empty for all relations
 * @param exclude patterns of which a relation may match none
 * @since 0.1.0
 */
public record ReflectionSettings(List<String> schemas, List<String> include, List<String> exclude) {

	/** Everything the role may read. */
	public static final ReflectionSettings ALL = new ReflectionSettings(List.of(), List.of(), List.of());

	public ReflectionSettings {
		schemas = List.copyOf(schemas);
		include = List.copyOf(include);
		exclude = List.copyOf(exclude);
		include.forEach(RelationPattern::new);
		exclude.forEach(RelationPattern::new);
	}

	/**
	 * Whether a text can be one of {@code include} or {@code exclude}.
	 * @param pattern the text
	 */
	public static boolean isPattern(String pattern) {
		return RelationPattern.isValid(pattern);
	}

}

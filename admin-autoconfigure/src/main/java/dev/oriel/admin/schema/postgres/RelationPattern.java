package dev.oriel.admin.schema.postgres;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.springframework.util.Assert;

/**
 * A pattern {@code schema.relation} with {@code *} for any number of characters. The
 * first dot divides the two, so a schema with a dot in its name is written with {@code *}
 * in the dot's place.
 */
final class RelationPattern {

	private final Pattern schema;

	private final Pattern relation;

	RelationPattern(String pattern) {
		Assert.isTrue(isValid(pattern), () -> "'" + pattern + "' must have the form schema.relation");
		int dot = pattern.indexOf('.');
		this.schema = compile(pattern.substring(0, dot));
		this.relation = compile(pattern.substring(dot + 1));
	}

	static boolean isValid(String pattern) {
		int dot = pattern.indexOf('.');
		return dot > 0 && dot < pattern.length() - 1;
	}

	boolean matches(String schema, String relation) {
		return this.schema.matcher(schema).matches() && this.relation.matcher(relation).matches();
	}

	private static Pattern compile(String pattern) {
		String regex = Arrays.stream(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
		return Pattern.compile(regex, Pattern.DOTALL);
	}

}

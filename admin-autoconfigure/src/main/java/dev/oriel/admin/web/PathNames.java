package dev.oriel.admin.web;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.oriel.admin.schema.Function;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.SchemaSnapshot;

/**
 * Names of relations and functions as they stand in paths. Firewalls and servers refuse
 * some characters in a path even where they are percent-encoded, so {@code ~3b~} may
 * stand for the character of that hexadecimal code point. A name that is written like
 * this itself goes first.
 */
final class PathNames {

	private static final Pattern ESCAPE = Pattern.compile("~([0-9a-f]{1,6})~");

	private PathNames() {
	}

	/**
	 * Return the name of the relation that a path means; the name as it is written if
	 * there is none.
	 * @param visible whether a relation is there as far as the caller may know
	 */
	static RelationName resolve(SchemaSnapshot snapshot, String schema, String relation, Predicate<Relation> visible) {
		for (String schemaName : readings(schema)) {
			for (String relationName : readings(relation)) {
				RelationName name = new RelationName(schemaName, relationName);
				Relation found = snapshot.relation(name);
				if (found != null && visible.test(found)) {
					return name;
				}
			}
		}
		return new RelationName(schema, relation);
	}

	/**
	 * Return the name of the functions that a path means; the name as it is written if
	 * there are none.
	 * @param callable the functions that are there as far as the caller may know; not
	 * asked for where a name can be read in one way only
	 */
	static String function(String function, Supplier<List<Function>> callable) {
		List<String> readings = readings(function);
		if (readings.size() == 1) {
			return function;
		}
		Set<String> names = callable.get().stream().map(Function::name).collect(Collectors.toUnmodifiableSet());
		return readings.stream().filter(names::contains).findFirst().orElse(function);
	}

	private static List<String> readings(String segment) {
		if (segment.indexOf('~') < 0) {
			return List.of(segment);
		}
		String decoded = ESCAPE.matcher(segment).replaceAll((escape) -> {
			int character = Integer.parseInt(escape.group(1), 16);
			boolean valid = character != 0 && Character.isValidCodePoint(character);
			return Matcher.quoteReplacement(valid ? Character.toString(character) : escape.group());
		});
		return decoded.equals(segment) ? List.of(segment) : List.of(segment, decoded);
	}

}

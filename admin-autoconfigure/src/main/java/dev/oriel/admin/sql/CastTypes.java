package dev.oriel.admin.sql;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import dev.oriel.admin.query.QueryException;

/**
 * The types that a client may cast to. The name in a statement is always one from this
 * list, never the client's text. Those of the catalogue ({@code regclass} and its like)
 * are none of them: they turn numbers into names of what may be hidden, and names into an
 * error that tells whether there is such a thing.
 */
final class CastTypes {

	/** Not {@code regclass} and its like, which know the names of all that is hidden. */
	private static final Set<String> NAMES = Arrays.stream("""
			text varchar bpchar char name citext int int2 int4 int8 integer smallint bigint numeric decimal real
			float4 float8 money bool boolean date time timetz timestamp timestamptz interval uuid json jsonb bytea
			inet cidr macaddr macaddr8 bit varbit xml oid point line lseg box path polygon circle tsvector tsquery
			int4range int8range numrange daterange tsrange tstzrange""".split("\\s+"))
		.collect(Collectors.toUnmodifiableSet());

	private CastTypes() {
	}

	/**
	 * Return the type's name for a cast.
	 * @param requested what the client wrote after {@code ::}
	 */
	static String resolve(String requested) {
		String name = requested.strip().toLowerCase(Locale.ROOT);
		boolean array = name.endsWith("[]");
		String element = array ? name.substring(0, name.length() - 2) : name;
		if ("double precision".equals(element)) {
			element = "float8";
		}
		if (!NAMES.contains(element)) {
			throw new QueryException("42704", "type \"%s\" does not exist".formatted(requested), null,
					"Cast to one of PostgreSQL's own types, for example text, integer or numeric.");
		}
		return array ? element + "[]" : element;
	}

}

package dev.oriel.admin.schema;

import java.util.Locale;

/**
 * How a value behaves on a screen and in a filter: a coarse grouping of PostgreSQL's
 * types that a client needs to choose an editor and a format.
 *
 * @since 0.1.0
 */
public enum ValueKind {

	TEXT, INTEGER, NUMBER, BOOLEAN, DATE, TIMESTAMP, TIMESTAMPTZ, TIME, TIMETZ, INTERVAL, UUID, JSON, ENUM, BYTEA,
	RANGE, NETWORK, GEOMETRIC, BITS, XML, OTHER;

	/**
	 * Return the name that clients see, in lower case.
	 */
	public String label() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Return the kind of a type; domains count as their base, arrays as their element.
	 * @param type the type
	 */
	public static ValueKind of(DataType type) {
		DataType value = type.unwrapped();
		if (value instanceof DataType.Array array) {
			return of(array.element());
		}
		if (value instanceof DataType.Enumeration) {
			return ENUM;
		}
		if (value instanceof DataType.Range) {
			return RANGE;
		}
		return (value instanceof DataType.Base base) ? of(base) : OTHER;
	}

	private static ValueKind of(DataType.Base type) {
		return switch (type.name()) {
			case "int2", "int4", "int8", "oid" -> INTEGER;
			case "numeric", "float4", "float8", "money" -> NUMBER;
			case "bool" -> BOOLEAN;
			case "date" -> DATE;
			case "timestamp" -> TIMESTAMP;
			case "timestamptz" -> TIMESTAMPTZ;
			case "time" -> TIME;
			case "timetz" -> TIMETZ;
			case "interval" -> INTERVAL;
			case "uuid" -> UUID;
			case "json", "jsonb" -> JSON;
			case "bytea" -> BYTEA;
			case "inet", "cidr", "macaddr", "macaddr8" -> NETWORK;
			case "point", "line", "lseg", "box", "path", "polygon", "circle" -> GEOMETRIC;
			case "bit", "varbit" -> BITS;
			case "xml" -> XML;
			case "text", "varchar", "bpchar", "name", "citext", "char" -> TEXT;
			default -> (type.category() == 'S') ? TEXT : OTHER;
		};
	}

}

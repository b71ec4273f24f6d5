package dev.oriel.admin.transfer.format;

/**
 * What the cells of a workbook can be.
 *
 * @since 0.1.0
 */
public enum CellType {

	/** A text. */
	TEXT,
	/** A text that is JSON. */
	JSON,
	/** A number with exact decimal digits. */
	DECIMAL,
	/** A number that is binary in PostgreSQL too. */
	BINARY,
	/** True or false. */
	BOOLEAN,
	/** A day. */
	DATE,
	/** A day and a time of day. */
	TIMESTAMP,
	/** A time of day. */
	TIME;

	/**
	 * Return what the cells are for a type of PostgreSQL.
	 * @param name the type's name in {@code pg_type}, for example {@code int8}
	 */
	public static CellType of(String name) {
		return switch (name) {
			case "int2", "int4", "int8", "numeric" -> DECIMAL;
			case "float4", "float8" -> BINARY;
			case "bool" -> BOOLEAN;
			case "json", "jsonb" -> JSON;
			case "date" -> DATE;
			case "timestamp", "timestamptz" -> TIMESTAMP;
			case "time" -> TIME;
			default -> TEXT;
		};
	}

}

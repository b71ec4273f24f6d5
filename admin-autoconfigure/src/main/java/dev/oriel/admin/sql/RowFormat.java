package dev.oriel.admin.sql;

/**
 * The text that PostgreSQL makes of each row.
 *
 * @param before what stands before the row's columns
 * @param after what stands behind them
 * @since 0.1.0
 */
public record RowFormat(String before, String after) {

	/** An object with a member for each field. */
	public static final RowFormat JSON = new RowFormat("row_to_json(", ")::text");

	/** The same without the members that are null, at any depth. */
	public static final RowFormat STRIPPED_JSON = new RowFormat("json_strip_nulls(row_to_json(", "))::text");

	/** A composite value, as PostgreSQL writes it. */
	public static final RowFormat RECORD = new RowFormat("(", ")::text");

	/** Nothing of the row but that there is one. */
	public static final RowFormat PRESENT = new RowFormat("pg_catalog.num_nonnulls(", ")::text");

	/**
	 * Return the format that makes a feature of GeoJSON out of each row.
	 * @param schema the schema that PostGIS is installed in
	 */
	public static RowFormat feature(String schema) {
		return new RowFormat(Identifiers.quote(schema) + ".st_asgeojson(", ")::text");
	}

	/**
	 * Return the expression for a row.
	 * @param row its alias
	 */
	String of(String row) {
		// With the star, because a column of the same name would be taken otherwise.
		return this.before + row + ".*" + this.after;
	}

	/**
	 * Return the expression for a single value.
	 */
	String ofValue(String value) {
		if (this.equals(RECORD)) {
			return "ROW(" + value + ")::text";
		}
		return "coalesce(to_json(" + value + ")::text, 'null')";
	}

}

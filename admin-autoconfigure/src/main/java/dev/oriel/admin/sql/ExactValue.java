package dev.oriel.admin.sql;

import java.util.Set;

import dev.oriel.admin.schema.DataType;

/**
 * Writes a column's value as it leaves in JSON.
 */
final class ExactValue {

	/** Arrays in disguise, which PostgreSQL writes as such but does not read back. */
	private static final Set<String> VECTORS = Set.of("int2vector", "oidvector");

	private ExactValue() {
	}

	/**
	 * Return the expression for the value. A JSON array always begins at 1, so an array
	 * that begins elsewhere leaves as its text. So does what holds arrays as its
	 * elements, because JSON could not tell it from an array with more dimensions, and
	 * {@code hstore}, which would not be understood on its way back.
	 */
	static String of(String value, DataType type) {
		DataType plain = type.unwrapped();
		if (!isArray(plain)) {
			return value;
		}
		if (!(plain instanceof DataType.Array array) || isArray(array.element().unwrapped())
				|| RecordValue.isHstore(array.element())) {
			return value + "::text";
		}
		return "CASE WHEN replace(array_dims(" + value + "), '[1:', '') LIKE '%[%' THEN to_json(" + value
				+ "::text) ELSE to_json(" + value + ") END";
	}

	private static boolean isArray(DataType type) {
		return type instanceof DataType.Array || (type instanceof DataType.Base base && VECTORS.contains(base.name()));
	}

}

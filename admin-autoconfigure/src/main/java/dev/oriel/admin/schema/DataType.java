package dev.oriel.admin.schema;

import java.util.List;
import java.util.Set;

/**
 * A data type of PostgreSQL. {@link #sqlName()} is what {@code format_type(oid, -1)} says
 * with only {@code pg_catalog} on the search path: qualified and quoted where needed, so
 * it can stand in a cast as it is.
 *
 * @since 0.1.0
 */
public sealed interface DataType {

	/** The type's OID in {@code pg_type}. */
	long oid();

	/** The type's name, ready to stand in a cast. */
	String sqlName();

	/**
	 * Return the type that values really have: the base of a domain, or the type itself.
	 */
	default DataType unwrapped() {
		return this;
	}

	/**
	 * Whether it is known what values look like: it is built into PostgreSQL, made of
	 * such types, or of an extension that is common. Values of other types are text.
	 */
	default boolean isKnown() {
		return true;
	}

	/**
	 * A type built into PostgreSQL or an extension.
	 *
	 * @param oid the OID
	 * @param sqlName the name for casts
	 * @param name the bare name in {@code pg_type}, for example {@code int4}
	 * @param category the letter of {@code pg_type.typcategory}
	 */
	record Base(long oid, String sqlName, String name, char category) implements DataType {

		private static final Set<String> EXTENSIONS = Set.of("citext", "hstore", "ltree");

		/**
		 * Only types outside of {@code pg_catalog} have a schema in their name.
		 */
		@Override
		public boolean isKnown() {
			return this.sqlName.indexOf('.') < 0 || this.category == 'S' || EXTENSIONS.contains(this.name);
		}

	}

	/**
	 * An enumeration.
	 *
	 * @param oid the OID
	 * @param sqlName the name for casts
	 * @param labels the labels in their declared order
	 */
	record Enumeration(long oid, String sqlName, List<String> labels) implements DataType {

		public Enumeration {
			labels = List.copyOf(labels);
		}

	}

	/**
	 * A domain: another type with constraints.
	 *
	 * @param oid the OID
	 * @param sqlName the name for casts
	 * @param base the type underneath, which may be a domain itself
	 * @param notNull whether the domain forbids NULL
	 * @param checks the check constraints as PostgreSQL prints them
	 */
	record Domain(long oid, String sqlName, DataType base, boolean notNull, List<String> checks) implements DataType {

		public Domain {
			checks = List.copyOf(checks);
		}

		@Override
		public DataType unwrapped() {
			return this.base.unwrapped();
		}

		@Override
		public boolean isKnown() {
			return this.base.isKnown();
		}

	}

	/**
	 * An array of any dimensions.
	 *
	 * @param oid the OID
	 * @param sqlName the name for casts
	 * @param element the type of its elements
	 */
	record Array(long oid, String sqlName, DataType element) implements DataType {

		@Override
		public boolean isKnown() {
			return this.element.isKnown();
		}

	}

	/**
	 * A range or a multirange.
	 *
	 * @param oid the OID
	 * @param sqlName the name for casts
	 * @param multirange whether it holds several ranges
	 */
	record Range(long oid, String sqlName, boolean multirange) implements DataType {
	}

	/**
	 * A row type.
	 *
	 * @param oid the OID
	 * @param sqlName the name for casts
	 * @param fields the fields in their declared order
	 */
	record Composite(long oid, String sqlName, List<Field> fields) implements DataType {

		public Composite {
			fields = List.copyOf(fields);
		}

	}

	/**
	 * One field of a row type.
	 *
	 * @param name the name
	 * @param type the type
	 * @param declaredType the type with its modifiers as PostgreSQL prints it
	 */
	record Field(String name, DataType type, String declaredType) {
	}

}

package dev.oriel.admin.schema;

import org.springframework.util.Assert;

/**
 * The name of a relation, always with its schema. Both parts are the names as the
 * catalogue holds them, not quoted.
 *
 * @param schema the schema, for example {@code public}
 * @param name the relation within the schema, for example {@code customer}
 * @since 0.1.0
 */
public record RelationName(String schema, String name) implements Comparable<RelationName> {

	public RelationName {
		Assert.hasLength(schema, "'schema' must not be empty");
		Assert.hasLength(name, "'name' must not be empty");
	}

	@Override
	public int compareTo(RelationName other) {
		int bySchema = this.schema.compareTo(other.schema);
		return (bySchema != 0) ? bySchema : this.name.compareTo(other.name);
	}

	/**
	 * Return {@code schema.name}, for messages and logs; not safe to put into SQL.
	 */
	@Override
	public String toString() {
		return this.schema + "." + this.name;
	}

}

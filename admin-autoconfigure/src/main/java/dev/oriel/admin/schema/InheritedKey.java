package dev.oriel.admin.schema;

import java.util.List;

/**
 * A foreign key as views show it: views that hold the columns of one of its ends can be
 * joined as the relations can that really have the key.
 *
 * @param name the constraint
 * @param onDelete what happens to the rows that hold the key when the row pointed at is
 * deleted
 * @param sources where its own columns are
 * @param targets where the columns are that it points at
 * @since 0.1.0
 */
public record InheritedKey(String name, ForeignKey.Action onDelete, List<End> sources, List<End> targets) {

	public InheritedKey {
		sources = List.copyOf(sources);
		targets = List.copyOf(targets);
	}

	/**
	 * Return the key as it leads from one end to another.
	 * @param source where its own columns are
	 * @param target where the columns are that it points at
	 */
	public ForeignKey between(End source, End target) {
		return new ForeignKey(this.name, source.relation(), source.columns(), target.relation(), target.columns(),
				this.onDelete, source.unique());
	}

	/**
	 * Where the columns of one end are.
	 *
	 * @param relation the relation
	 * @param columns its columns, in the key's order
	 * @param view whether it is a view, not the relation that has the key
	 * @param unique whether no two of its rows have the same values there
	 * @param ofPrimaryKey whether the columns belong to a primary key that the relation
	 * shows as a whole
	 */
	public record End(RelationName relation, List<String> columns, boolean view, boolean unique, boolean ofPrimaryKey) {

		public End {
			columns = List.copyOf(columns);
		}

	}

}

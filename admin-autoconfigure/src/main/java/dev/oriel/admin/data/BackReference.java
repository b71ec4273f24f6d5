package dev.oriel.admin.data;

import java.util.List;
import java.util.Optional;

import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.ForeignKey;
import dev.oriel.admin.schema.Relationship.Direct;

/**
 * A foreign key by which a parent must point back at the row that embeds it: a company
 * embeds its main contact, who belongs to a company.
 */
final class BackReference {

	private BackReference() {
	}

	/**
	 * Find the only key that a parent needs and does not give, and that points at the
	 * relation of the row which embeds it.
	 * @param parent the parent
	 * @param holder the row that embeds it
	 * @param used the key by which that row points at the parent
	 */
	static Optional<RowDependency> find(FamilyRow parent, RowTask holder, ForeignKey used) {
		List<ForeignKey> keys = parent.target()
			.relation()
			.foreignKeys()
			.stream()
			.filter((key) -> key.target().equals(holder.target().relation().name()))
			.filter((key) -> !key.name().equals(used.name()) || !key.source().equals(used.source()))
			.filter((key) -> isMissing(key, parent))
			.toList();
		return (keys.size() == 1) ? Optional.of(new RowDependency(keys.get(0), holder, RowDependency.Kind.BACK))
				: Optional.empty();
	}

	private static boolean isMissing(ForeignKey key, FamilyRow parent) {
		Target target = parent.target();
		boolean embedded = parent.links()
			.stream()
			.anyMatch((link) -> link.relationship() instanceof Direct direct && direct.forward()
					&& direct.key().name().equals(key.name()));
		return !embedded && key.columns().stream().noneMatch(parent.values()::containsKey)
				&& key.columns().stream().anyMatch((name) -> isNeeded(target.relation().column(name)))
				&& target.access().readable().containsAll(key.columns())
				&& target.access().insertable().containsAll(key.columns());
	}

	private static boolean isNeeded(Column column) {
		return !column.nullable() && column.defaultExpression() == null && column.identity() == Column.Identity.NONE;
	}

}

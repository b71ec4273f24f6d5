package dev.oriel.admin.data;

import java.util.List;

import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.ForeignKey;

/**
 * Lets rows of a family no longer point at each other: the nullable columns of the
 * foreign key become NULL. A column of the primary key stays what it is.
 */
final class Unlinking {

	private Unlinking() {
	}

	/**
	 * Let a row point at no parent, for a body that has {@code null} in the parent's
	 * place.
	 * @param link the member that is {@code null}
	 * @param key the foreign key that points at the parent
	 * @param holder the row that holds the key
	 * @throws ProblemException when the key cannot be NULL, or the body gives it a value
	 */
	static void parent(FamilyLink link, ForeignKey key, RowTask holder) {
		List<String> columns = columns(key, holder.target());
		List<String> given = key.columns()
			.stream()
			.filter((column) -> holder.given(column) != null && !holder.given(column).equals("null"))
			.toList();
		if (columns.isEmpty()) {
			throw refused(link.path(), key);
		}
		if (given.containsAll(columns)) {
			throw FamilyProblems.invalid(holder.at(given.get(0)), "The value contradicts the body",
					"'%s' is null.".formatted(link.path()), "Leave out one of them.");
		}
		columns.stream()
			.filter((column) -> !given.contains(column))
			.forEach((column) -> holder.values().put(column, "null"));
	}

	/**
	 * Let a child no longer point at the row that lists it.
	 * @throws ProblemException when the key cannot be NULL
	 */
	static void child(RowTask child, ForeignKey key) {
		List<String> columns = columns(key, child.target());
		if (columns.isEmpty()) {
			throw refused(child.path(), key);
		}
		columns.forEach((column) -> child.values().put(column, "null"));
	}

	/**
	 * Return the columns of a foreign key that can be NULL to make it point at nothing.
	 */
	static List<String> columns(ForeignKey key, Target holder) {
		return key.columns().stream().filter((name) -> {
			Column column = holder.relation().column(name);
			return column != null && column.nullable() && !holder.relation().primaryKey().contains(name);
		}).toList();
	}

	/**
	 * Return the problem of a row that cannot be unlinked.
	 * @param path where it stands in the body
	 */
	static ProblemException refused(String path, ForeignKey key) {
		return new ProblemException(FamilyProblems.at(path,
				new Problem(400, "23502", "The row cannot be unlinked",
						"'%s' may not be null.".formatted(String.join(", ", key.columns())),
						"Delete it with '_delete', or link it to another row.")));
	}

}

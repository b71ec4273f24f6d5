package dev.oriel.admin.data;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

import dev.oriel.admin.access.Operation;
import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.NearestNames;
import dev.oriel.admin.sql.Conflict;

import org.jspecify.annotations.Nullable;

/**
 * The columns of a relation that a caller may write. A name that is unknown and one that
 * is hidden are the same.
 *
 * @param target the relation and what the caller may do with it
 */
record WriteColumns(Target target) {

	List<Column> insertable(Collection<String> names) {
		return columns(names, this.target.access().insertable());
	}

	List<Column> updatable(Collection<String> names) {
		return columns(names, this.target.access().updatable());
	}

	/**
	 * Return what is done with duplicates. Who merges rows updates them, and needs the
	 * same rights for it.
	 * @param duplicates what was asked for
	 * @param names the columns that are given
	 * @return {@code null} if there are no duplicates
	 */
	@Nullable Conflict conflict(Duplicates duplicates, Collection<String> names) {
		List<String> primaryKey = this.target.relation().primaryKey();
		boolean known = this.target.access().readable().containsAll(primaryKey);
		List<String> key = (duplicates.key() != null) ? duplicates.key() : (known ? primaryKey : List.of());
		if (key.isEmpty()) {
			return null;
		}
		List<Column> conflicting = columns(key, this.target.access().readable());
		if (duplicates.resolution() == Duplicates.Resolution.IGNORE) {
			return new Conflict(conflicting, List.of());
		}
		this.target.require(Operation.UPDATE);
		List<String> merged = names.stream().filter((name) -> !key.contains(name)).toList();
		// With nothing else to write, the key is written as it is, because a row that is
		// not written is not returned.
		return new Conflict(conflicting, updatable(merged.isEmpty() ? key : merged));
	}

	List<Column> columns(Collection<String> names, Set<String> allowed) {
		List<Column> columns = new ArrayList<>();
		for (String name : names) {
			Column column = this.target.relation().column(name);
			if (column == null || !(this.target.access().readable().contains(name) || allowed.contains(name))) {
				throw new ProblemException(unknown(name));
			}
			if (!allowed.contains(name)) {
				throw new ProblemException(notWritable(column));
			}
			columns.add(column);
		}
		return columns;
	}

	Problem unknown(String name) {
		String nearest = NearestNames.nearest(name, this.target.access().readable());
		String hint = (nearest != null) ? "Perhaps you meant the column '%s'".formatted(nearest) : null;
		return new Problem(400, "PGRST204", "Could not find the '%s' column of '%s' in the schema cache".formatted(name,
				this.target.relation().name().name()), null, hint, name);
	}

	private static Problem notWritable(Column column) {
		if (column.generated() || column.identity() == Column.Identity.ALWAYS) {
			return new Problem(400, "428C9", "The column '%s' cannot be written".formatted(column.name()),
					column.generated() ? "It is computed from other columns."
							: "It is an identity column that is always generated.",
					"Leave it out.", column.name());
		}
		return new Problem(403, "42501", "permission denied for column " + column.name(), null, null, column.name());
	}

}

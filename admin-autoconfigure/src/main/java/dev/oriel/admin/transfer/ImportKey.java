package dev.oriel.admin.transfer;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.oriel.admin.access.Operation;
import dev.oriel.admin.data.BulkTarget;
import dev.oriel.admin.data.Problem;
import dev.oriel.admin.data.ProblemException;
import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.Index;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.schema.UniqueKey;
import dev.oriel.admin.sql.StagedColumn;

/**
 * The columns by which the rows of a file are those of a relation.
 */
final class ImportKey {

	private static final int BAD_REQUEST = 400;

	private ImportKey() {
	}

	/**
	 * Return the key of a request; empty if it has none, because all rows are inserted.
	 * @throws ProblemException when there is no key, or it cannot be one
	 */
	static List<Column> of(ImportRequest request, BulkTarget target) {
		if (request.mode() == ImportRequest.Mode.INSERT) {
			if (!request.key().isEmpty()) {
				throw problem("A key means nothing where all rows are inserted",
						"Say mode=upsert or mode=update, or leave the key out.");
			}
			return List.of();
		}
		target.require(Operation.SELECT);
		List<String> names = request.key().isEmpty() ? target.relation().primaryKey() : request.key();
		if (names.isEmpty()) {
			throw problem("The relation has no primary key", "Say which columns name a row: key=…");
		}
		List<Column> key = names.stream()
			.map((name) -> target.column(name, target.access().readable()))
			.distinct()
			.toList();
		if (request.mode() == ImportRequest.Mode.UPSERT && !isUnique(key, target.relation())) {
			throw problem("No unique key of the relation has exactly the columns %s".formatted(names(key)),
					"Choose a key that can name one row only, or mode=update.");
		}
		return key;
	}

	/**
	 * Refuse a file that does not give the key.
	 */
	static void require(List<Column> key, List<StagedColumn> staged, BulkTarget target) {
		for (Column column : key) {
			StagedColumn given = staged.stream()
				.filter((each) -> each.column().equals(column))
				.findFirst()
				.orElse(null);
			if (given == null || given.optional()) {
				throw problem(
						(given == null) ? "The file has no column for '%s' of the key".formatted(column.name())
								: "Not every row has '%s' of the key".formatted(column.name()),
						"Add it, or choose another key.");
			}
		}
	}

	/**
	 * Whether no two rows have the same key.
	 */
	static boolean isUnique(List<Column> key, Relation relation) {
		Set<String> names = key.stream().map(Column::name).collect(Collectors.toUnmodifiableSet());
		return Stream.concat(Stream.of(relation.primaryKey()), relation.uniqueKeys().stream().map(UniqueKey::columns))
			.anyMatch((columns) -> names.equals(new HashSet<>(columns)));
	}

	/**
	 * Return the columns of a key by its constraint or index; none if it is over anything
	 * else than columns of all rows.
	 */
	static List<String> columns(String rule, Relation relation) {
		return relation.structure()
			.indexes()
			.stream()
			.filter((index) -> index.name().equals(rule) && index.unique() && index.predicate() == null
					&& index.parts().stream().noneMatch(Index.Part::expression))
			.findFirst()
			.map((index) -> index.parts().stream().map(Index.Part::text).toList())
			.orElse(List.of());
	}

	private static String names(List<Column> key) {
		return key.stream().map(Column::name).collect(Collectors.joining(", "));
	}

	private static ProblemException problem(String message, String hint) {
		return new ProblemException(new Problem(BAD_REQUEST, "ORIEL400", message, null, hint));
	}

}

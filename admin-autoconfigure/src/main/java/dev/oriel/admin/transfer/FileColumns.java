package dev.oriel.admin.transfer;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.oriel.admin.data.BulkTarget;
import dev.oriel.admin.data.Problem;
import dev.oriel.admin.data.ProblemException;
import dev.oriel.admin.schema.Column;

import org.jspecify.annotations.Nullable;

/**
 * Where the columns of a file go.
 *
 * @param columns the columns that go somewhere, in the order of the file
 * @param same the columns that must hold what another one holds, by their indexes
 */
record FileColumns(List<Assigned> columns, Map<Integer, Integer> same) {

	/** What a file of rejected rows has besides the columns of the file it is about. */
	static final String LINE = "_line";

	/** See {@link #LINE}. */
	static final String REASON = "_reason";

	private static final int BAD_REQUEST = 400;

	FileColumns {
		columns = List.copyOf(columns);
		same = Map.copyOf(same);
	}

	/**
	 * Find out where the columns go.
	 * @param header the names in the file
	 * @param request how they are mapped
	 * @param target the relation
	 * @throws ProblemException when a name is not clear, or names what cannot be written
	 */
	static FileColumns of(List<String> header, ImportRequest request, BulkTarget target) {
		return new HeaderMatch(header, request, target).resolve();
	}

	/**
	 * Return the column that a member of a JSON object goes to, or {@code null} if it is
	 * left out.
	 * @param name the member
	 * @param request how members are mapped
	 * @param target the relation
	 */
	static @Nullable Column member(String name, ImportRequest request, BulkTarget target) {
		List<Assigned> assigned = new HeaderMatch(List.of(name), request, target).resolve().columns();
		return assigned.isEmpty() ? null : assigned.get(0).column();
	}

	/**
	 * Refuse options for columns that the relation does not have.
	 */
	static void requireKnown(ColumnOptions options, BulkTarget target) {
		Stream
			.of(options.dates().keySet(), options.decimals().keySet(), options.nulls().keySet(), options.trimmed(),
					options.map().stream().map(ColumnOptions.Mapped::column).filter(Objects::nonNull).toList())
			.flatMap(Collection::stream)
			.filter((name) -> !name.isEmpty())
			.forEach((name) -> target.column(name, known(target)));
	}

	/**
	 * Return the columns that the caller may know of, whether or not they may be written.
	 */
	static Set<String> known(BulkTarget target) {
		return target.relation()
			.columns()
			.stream()
			.map(Column::name)
			.filter((column) -> target.access().readable().contains(column)
					|| target.access().insertable().contains(column) || target.access().updatable().contains(column))
			.collect(Collectors.toUnmodifiableSet());
	}

	/**
	 * Return what to say of a member that goes where another one goes.
	 */
	static ProblemException twice(String name, Column column) {
		return new ProblemException(
				new Problem(BAD_REQUEST, "ORIEL400", "Two members go to '%s'".formatted(column.name()), null,
						"Leave one of them out: map=%s:-".formatted(name), column.name()));
	}

	/**
	 * Return the columns that may be written.
	 */
	static Set<String> writable(ImportRequest request, BulkTarget target) {
		Set<String> writable = switch (request.mode()) {
			case INSERT -> target.access().insertable();
			case UPDATE -> target.access().updatable();
			case UPSERT -> target.access()
				.insertable()
				.stream()
				.filter(target.access().updatable()::contains)
				.collect(Collectors.toUnmodifiableSet());
		};
		return writable;
	}

	/**
	 * A column of a file that goes to a column of the relation.
	 *
	 * @param index its place in the file, from 0
	 * @param header its name there
	 * @param column where it goes
	 */
	record Assigned(int index, String header, Column column) {
	}

}

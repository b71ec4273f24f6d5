package dev.oriel.admin.data;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.oriel.admin.extension.RowImage;
import dev.oriel.admin.extension.WrittenRow;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.schema.Column;
import dev.oriel.admin.sql.Changes;
import dev.oriel.admin.sql.NamedRow;
import dev.oriel.admin.sql.NamedStatements;
import dev.oriel.admin.sql.Returned;
import dev.oriel.admin.sql.SqlStatement;

/**
 * Writes rows that are held, each by itself: with values of its own, and none besides
 * them. Rows that get values in the same columns are written by one statement.
 */
final class NamedWrites {

	private final WriteTransaction transaction;

	private final WriteStep step;

	private final Query query;

	private final Returned returned;

	NamedWrites(WriteTransaction transaction, WriteStep step, Query query, Returned returned) {
		this.transaction = transaction;
		this.step = step;
		this.query = query;
		this.returned = returned;
	}

	/**
	 * Change rows, and return those that were changed in the order of their numbers if
	 * the query has none.
	 * @param rows the rows, all of them held; their numbers are their places in the list
	 */
	Rows update(List<RowDraft> rows) throws SQLException {
		List<SqlStatement> statements = updates(rows);
		Rows written = this.transaction.write(this.step, statements);
		requireWritten(written, (int) rows.stream().filter(NamedWrites::isWritten).count());
		return (statements.size() > 1) ? written.inOrder() : written;
	}

	/**
	 * Return the statements that change rows.
	 */
	List<SqlStatement> updates(List<RowDraft> rows) {
		Map<Columns, List<NamedRow>> groups = new LinkedHashMap<>();
		for (int i = 0; i < rows.size(); i++) {
			RowDraft row = rows.get(i);
			if (isWritten(row)) {
				groups
					.computeIfAbsent(new Columns(row.writtenValues().keySet(), row.defaults()),
							(columns) -> new ArrayList<>())
					.add(named(i, row, RowImage.of(row.writtenValues()).json()));
			}
		}
		List<SqlStatement> statements = new ArrayList<>();
		groups.forEach((columns, group) -> {
			Changes changes = new Changes(columns(columns.values()), columns(columns.defaults()), "{}");
			statements
				.add(NamedStatements.update(this.step.target().scope(), group, changes, this.query, this.returned));
		});
		return statements;
	}

	/**
	 * Delete rows, and return those that were deleted.
	 */
	Rows delete(List<RowDraft> rows) throws SQLException {
		if (rows.isEmpty()) {
			return Rows.NONE;
		}
		List<NamedRow> named = new ArrayList<>();
		for (int i = 0; i < rows.size(); i++) {
			named.add(named(i, rows.get(i), "{}"));
		}
		Rows written = this.transaction.write(this.step,
				List.of(NamedStatements.delete(this.step.target().scope(), named, this.query, this.returned)));
		requireWritten(written, rows.size());
		return written;
	}

	/**
	 * Return the images of rows that were written, for hooks.
	 * @param deleted whether the rows are gone
	 */
	static List<WrittenRow> images(Rows written, List<RowDraft> rows, boolean deleted) {
		List<WrittenRow> images = new ArrayList<>();
		for (Rows.Result result : written.results()) {
			RowImage after = (!deleted && result.image() != null) ? RowImage.of(result.image()) : null;
			images.add(new WrittenRow(rows.get(result.number()).before(), after));
		}
		return images;
	}

	private static boolean isWritten(RowDraft row) {
		return !row.writtenValues().isEmpty() || !row.defaults().isEmpty();
	}

	private NamedRow named(int number, RowDraft row, String values) {
		HeldRow held = row.held();
		if (held == null) {
			throw new IllegalStateException("A row is written that is not held");
		}
		boolean holds = NamedStatements.holds(this.step.target().relation());
		return new NamedRow(number, held.name(), holds ? null : held.version(), values);
	}

	/**
	 * Refuse to leave rows out that have changed since they were looked at, which those
	 * cannot that are locked.
	 */
	private void requireWritten(Rows written, int expected) {
		if (written.size() < expected && !NamedStatements.holds(this.step.target().relation())) {
			throw new ProblemException(WriteChecks.concurrent());
		}
	}

	private List<Column> columns(Set<String> names) {
		return DraftedRows.columns(this.step.target().relation(), names);
	}

	/**
	 * The columns that are written of a row.
	 */
	private record Columns(Set<String> values, Set<String> defaults) {

		Columns {
			// In their order, so that equal rows make equal statements.
			values = Collections.unmodifiableSet(new LinkedHashSet<>(values));
			defaults = Collections.unmodifiableSet(new LinkedHashSet<>(defaults));
		}

	}

}

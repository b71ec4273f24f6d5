package dev.oriel.admin.transfer;

import java.util.ArrayList;
import java.util.List;

import dev.oriel.admin.data.BulkException;
import dev.oriel.admin.data.BulkTransaction;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.sql.SqlStatement;
import dev.oriel.admin.sql.StagedChecks;
import dev.oriel.admin.sql.StagedColumn;
import dev.oriel.admin.sql.StagedRows;
import dev.oriel.admin.transfer.StagedWriter.Progress;

import org.jspecify.annotations.Nullable;

/**
 * Rejects staged rows by statements that look at all of them at once.
 */
final class Rejections {

	private final BulkTransaction transaction;

	private final StagedRows rows;

	private final StagedChecks checks;

	private final Progress progress;

	private final boolean opaque;

	private boolean some;

	/**
	 * @param hooked whether the application may change the values
	 */
	Rejections(BulkTransaction transaction, StagedRows rows, Progress progress, boolean hooked) {
		this.transaction = transaction;
		this.rows = rows;
		this.checks = new StagedChecks(rows);
		this.progress = progress;
		this.opaque = hooked || "t".equals(transaction.rows(StagedChecks.isOpaque(relation())).get(0).get(0));
	}

	StagedRows rows() {
		return this.rows;
	}

	StagedChecks checks() {
		return this.checks;
	}

	Relation relation() {
		return this.rows.scope().relation();
	}

	/**
	 * Whether something stands between the values of the file and those that are kept, so
	 * that looking at the former says nothing of the latter.
	 */
	boolean isOpaque() {
		return this.opaque;
	}

	/**
	 * Whether rows may have been rejected.
	 */
	boolean isSome() {
		return this.some;
	}

	/**
	 * Note that rows may have been rejected by another statement.
	 */
	void noteSome() {
		this.some = true;
	}

	/**
	 * Let a failure pass that some row is to blame for.
	 */
	static void requireAboutRows(BulkException ex) {
		if (!ex.isAboutRows()) {
			throw ex;
		}
	}

	/**
	 * Run a statement that rejects rows.
	 * @return how many
	 */
	long reject(SqlStatement statement) {
		this.progress.check();
		long rows = this.transaction.tentatively(() -> this.transaction.write(statement)).rows();
		if (rows != 0 || statement.sql().startsWith("DO")) {
			this.some = true;
		}
		return rows;
	}

	/**
	 * Return the staged columns of these names, or none if the file does not give all of
	 * them.
	 */
	List<StagedColumn> columns(List<String> names) {
		List<StagedColumn> columns = new ArrayList<>();
		for (String name : names) {
			StagedColumn column = staged(name);
			if (column == null) {
				return List.of();
			}
			columns.add(column);
		}
		return columns;
	}

	/**
	 * Return the staged column of that name, or {@code null} if the file does not give
	 * it.
	 */
	@Nullable StagedColumn staged(String name) {
		return this.rows.columns()
			.stream()
			.filter((column) -> column.column().name().equals(name))
			.findFirst()
			.orElse(null);
	}

}

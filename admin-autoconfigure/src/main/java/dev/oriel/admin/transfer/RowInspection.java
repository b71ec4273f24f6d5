package dev.oriel.admin.transfer;

import java.util.List;

import dev.oriel.admin.data.BulkException;
import dev.oriel.admin.data.BulkTarget;
import dev.oriel.admin.data.BulkTransaction;
import dev.oriel.admin.query.Filter;
import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.ForeignKey;
import dev.oriel.admin.sql.SqlStatement;
import dev.oriel.admin.sql.StagedChecks;
import dev.oriel.admin.sql.StagedColumn;
import dev.oriel.admin.sql.StagedRows;
import dev.oriel.admin.sql.Staging;
import dev.oriel.admin.transfer.StagedWriter.Progress;

import org.jspecify.annotations.Nullable;

/**
 * Looks at staged rows before they are written: at types, missing values, keys and
 * foreign keys.
 */
final class RowInspection {

	private static final int SOFT_ERRORS = 16;

	private final BulkTransaction transaction;

	private final BulkTarget target;

	private final Stager stager;

	private final Rejections rejections;

	private final StagedRows rows;

	private final StagedChecks checks;

	private final Progress progress;

	private final boolean softErrors;

	/**
	 * @param softErrors whether PostgreSQL may be asked if a text is a value of a type;
	 * it has to be of version 16 for it
	 */
	RowInspection(BulkTransaction transaction, BulkTarget target, Stager stager, Rejections rejections,
			Progress progress, boolean softErrors) {
		this.transaction = transaction;
		this.target = target;
		this.stager = stager;
		this.rejections = rejections;
		this.rows = rejections.rows();
		this.checks = rejections.checks();
		this.progress = progress;
		this.softErrors = softErrors && transaction.serverVersion() >= SOFT_ERRORS;
	}

	/**
	 * Reject the rows that can be seen to be bad before anything is written.
	 */
	void look() {
		if (this.stager.isMistaken()) {
			this.rejections.reject(this.stager.staging().rejectMistakes());
		}
		for (StagedColumn column : this.rows.columns()) {
			if (this.stager.text(column.column()).isSuspect()) {
				lookAtType(column);
			}
		}
		if (!this.rejections.isOpaque()) {
			for (StagedColumn column : this.rows.columns()) {
				if (!column.column().nullable() && this.stager.text(column.column()).isMissing() && isWritten(column)) {
					this.rejections.reject(this.checks.missing(column));
				}
			}
		}
		lookAtKeys();
		if (!this.rejections.isOpaque()) {
			lookAtForeignKeys();
		}
	}

	private boolean isWritten(StagedColumn column) {
		return this.rows.insert() || !this.rows.key().contains(column.column());
	}

	private void lookAtType(StagedColumn column) {
		if (this.softErrors) {
			try {
				this.rejections.reject(this.checks.type(column));
				return;
			}
			catch (BulkException ex) {
				// The type's own function does not know how to fail softly.
				if (!ex.isAboutRows() && !ex.state().startsWith("42") && !ex.state().startsWith("XX")) {
					throw ex;
				}
			}
		}
		this.rejections.reject(this.checks.typeByTrying(column));
	}

	private void lookAtKeys() {
		if (this.rows.key().isEmpty()) {
			return;
		}
		this.rejections.reject(this.checks.repeated(
				this.rejections.columns(this.rows.key().stream().map(Column::name).toList()), null, Staging.Part.ALL));
		if (!this.rows.insert()) {
			this.rejections.reject(this.checks.unknown());
			if (!ImportKey.isUnique(this.rows.key(), this.rejections.relation())) {
				this.rejections.reject(this.checks.ambiguous());
			}
		}
		else if (!this.target.access().rows().equals(Filter.NONE)) {
			this.rejections.reject(this.checks.outside(this.target.outside()));
		}
	}

	private void lookAtForeignKeys() {
		for (ForeignKey key : this.rejections.relation().foreignKeys()) {
			List<StagedColumn> columns = this.rejections.columns(key.columns());
			if (columns.isEmpty() || columns.stream().anyMatch(StagedColumn::optional) || !isWhole(key)) {
				continue;
			}
			List<StagedColumn> referenced = StagedWriter.isOwn(key) ? this.rejections.columns(key.targetColumns())
					: List.of();
			try {
				SqlStatement check = this.checks.foreignKey(key, columns, referenced.isEmpty() ? null : referenced);
				// A row that is rejected can be the one that another one points at.
				while (this.rejections.reject(check) > 0 && !referenced.isEmpty()) {
					this.progress.check();
				}
			}
			catch (BulkException ex) {
				// Which row it is about is found out when they are written.
				Rejections.requireAboutRows(ex);
			}
		}
	}

	private boolean isWhole(ForeignKey key) {
		List<List<@Nullable String>> answer = this.transaction.rows(StagedChecks.isWhole(key));
		return answer.size() == 1 && "t".equals(answer.get(0).get(0));
	}

}

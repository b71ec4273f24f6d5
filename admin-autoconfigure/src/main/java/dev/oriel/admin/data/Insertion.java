package dev.oriel.admin.data;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.oriel.admin.query.Query;
import dev.oriel.admin.schema.Column;
import dev.oriel.admin.sql.Conflict;
import dev.oriel.admin.sql.InsertedRows;
import dev.oriel.admin.sql.Returned;
import dev.oriel.admin.sql.SqlStatement;
import dev.oriel.admin.sql.WriteStatements;

import org.jspecify.annotations.Nullable;

/**
 * Rows to insert.
 *
 * @param target the relation
 * @param body the rows
 * @param columns the columns that the caller gives
 * @param conflict what becomes of rows that are there already; {@code null} if that is an
 * error
 * @param key the values that the row must have in some of its columns
 * @param expectedVersion the version that a row which is there must still have, or
 * {@code null}
 * @param query the fields to return
 */
record Insertion(Target target, WriteBody body, List<Column> columns, @Nullable Conflict conflict,
		Map<Column, String> key, @Nullable String expectedVersion, Query query) {

	WriteStep step() {
		return new WriteStep(this.target, this.body, this.columns);
	}

	boolean merges() {
		return this.conflict != null && !this.conflict.merged().isEmpty();
	}

	/**
	 * Return the same with rows that hooks have changed. What the caller does not know of
	 * is no part of the columns, which tell what is wrong with the rows.
	 */
	Insertion withBody(WriteBody changed) {
		return new Insertion(this.target, changed, this.columns, this.conflict, this.key, this.expectedVersion,
				this.query);
	}

	/**
	 * Return the same for rows whose versions were compared already.
	 */
	Insertion withAnyVersion() {
		return new Insertion(this.target, this.body, this.columns, this.conflict, this.key, null, this.query);
	}

	List<SqlStatement> statements(Returned returned) {
		List<SqlStatement> statements = new ArrayList<>();
		for (WriteBody.Run run : this.body.runs()) {
			InsertedRows rows = new InsertedRows(DraftedRows.columns(this.target.relation(), run.names()), run.json(),
					this.key, conflict(run.names()), this.expectedVersion);
			statements.add(WriteStatements.insert(this.target.scope(), rows, this.query, returned));
		}
		return statements;
	}

	/**
	 * Return what becomes of rows that are there already. Of rows that are merged, the
	 * columns that only a hook gives are written, too.
	 */
	private @Nullable Conflict conflict(Set<String> names) {
		if (this.conflict == null || !merges()) {
			return this.conflict;
		}
		Set<String> added = new LinkedHashSet<>(names);
		this.columns.forEach((column) -> added.remove(column.name()));
		if (added.isEmpty()) {
			return this.conflict;
		}
		List<Column> merged = new ArrayList<>(this.conflict.merged());
		merged.addAll(DraftedRows.columns(this.target.relation(), added));
		return new Conflict(this.conflict.target(), merged);
	}

}

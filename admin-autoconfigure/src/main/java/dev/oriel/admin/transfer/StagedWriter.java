package dev.oriel.admin.transfer;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import dev.oriel.admin.data.BulkException;
import dev.oriel.admin.data.BulkTarget;
import dev.oriel.admin.data.BulkTransaction;
import dev.oriel.admin.data.HookedWriter;
import dev.oriel.admin.data.Problem;
import dev.oriel.admin.data.ProblemException;
import dev.oriel.admin.query.Filter;
import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.Constraint;
import dev.oriel.admin.schema.ForeignKey;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.sql.SqlStatement;
import dev.oriel.admin.sql.StagedChecks;
import dev.oriel.admin.sql.StagedColumn;
import dev.oriel.admin.sql.StagedRows;
import dev.oriel.admin.sql.Staging;

import org.jspecify.annotations.Nullable;

/**
 * Makes rows of a relation out of staged ones, and finds each one that cannot be.
 * <p>
 * What can be seen by looking at all rows at once is looked at first: types, missing
 * values, foreign keys, keys. Then the rows are written, some ten thousand at a time.
 * Where that fails, PostgreSQL tells the rule; all rows that break it are looked for at
 * once and the part is tried again. Only where nothing can be found in this way, because
 * a trigger or an exclusion constraint has refused a row, the part is written in small
 * steps, so that exactly the bad rows stay out.
 */
final class StagedWriter {

	private static final int ROWS_AT_ONCE = 50_000;

	private static final int SOFT_ERRORS = 16;

	private final BulkTransaction transaction;

	private final BulkTarget target;

	private final Stager stager;

	private final StagedRows rows;

	private final StagedChecks checks;

	private final Progress progress;

	private final boolean softErrors;

	private final boolean insert;

	private long updated;

	private long inserted;

	private boolean rejected;

	private boolean indexed;

	private final boolean opaque;

	private final @Nullable HookedWriter hooks;

	/**
	 * @param softErrors whether PostgreSQL may be asked if a text is a value of a type;
	 * it has to be of version 16 for it
	 * @param hooks writes the rows, if there are hooks on them
	 */
	StagedWriter(BulkTransaction transaction, BulkTarget target, ImportRequest request, Stager stager,
			Progress progress, boolean softErrors, @Nullable HookedWriter hooks) {
		this.transaction = transaction;
		this.target = target;
		this.stager = stager;
		this.insert = request.mode() != ImportRequest.Mode.UPDATE;
		this.rows = new StagedRows(target.scope(), stager.columns(), ImportKey.of(request, target), this.insert);
		this.checks = new StagedChecks(this.rows);
		this.progress = progress;
		this.hooks = hooks;
		this.opaque = hooks != null
				|| "t".equals(transaction.rows(StagedChecks.isOpaque(target.relation())).get(0).get(0));
		this.softErrors = softErrors && transaction.serverVersion() >= SOFT_ERRORS;
	}

	/**
	 * Write the rows.
	 * @param staged how many there are
	 */
	Counts write(long staged) {
		if (this.rows.columns().isEmpty()) {
			throw new ProblemException(new Problem(400, "ORIEL400", "No column of the file goes to the relation", null,
					"Name its columns after those of the relation, or use 'map'."));
		}
		ImportKey.require(this.rows.key(), this.rows.columns(), this.target);
		requireNeeded();
		this.progress.phase("checking");
		look();
		this.progress.phase("writing");
		if (this.hooks != null) {
			return new HookedChunks(this.transaction, this.hooks, this.rows, this.stager.staging(), this.progress,
					isOneStatement())
				.write(staged);
		}
		long blocks = number(this.stager.staging().blocks());
		long parts = isOneStatement() ? 1 : Math.max(1, Math.min(blocks, staged / ROWS_AT_ONCE));
		for (long i = 0; i < parts; i++) {
			long from = blocks * i / parts;
			Staging.Part part = (parts == 1) ? Staging.Part.ALL : Staging.Part.blocks(from, blocks * (i + 1) / parts);
			write(part, Staging.Part.from(from));
			this.progress.written((i + 1) * staged / parts);
		}
		long bad = number(this.stager.staging().countRejected());
		long unchanged = this.rows.key().isEmpty() ? 0 : staged - bad - this.inserted - this.updated;
		return new Counts(staged, this.inserted, this.updated, unchanged, bad);
	}

	/**
	 * Whether rows may point at each other, or keys may be exchanged, so that only all of
	 * them together are right.
	 */
	private boolean isOneStatement() {
		return relation().foreignKeys().stream().anyMatch(this::isOwn);
	}

	private boolean isOwn(ForeignKey key) {
		return key.target().equals(relation().name());
	}

	/**
	 * Refuse a file without a column that every row needs.
	 */
	private void requireNeeded() {
		if (!this.insert || isOpaque()) {
			return;
		}
		for (Column column : relation().columns()) {
			boolean needed = !column.nullable() && column.defaultExpression() == null && !column.generated()
					&& column.identity() == Column.Identity.NONE
					&& this.target.access().insertable().contains(column.name());
			if (needed && staged(column.name()) == null) {
				throw new ProblemException(new Problem(400, "23502",
						"The file has no column for '%s', which needs a value".formatted(column.name()), null,
						"Add one, or say with 'map' which column of the file it is.", column.name()));
			}
		}
	}

	private void look() {
		if (this.stager.isMistaken()) {
			reject(this.stager.staging().rejectMistakes());
		}
		for (StagedColumn column : this.rows.columns()) {
			if (this.stager.text(column.column()).isSuspect()) {
				lookAtType(column);
			}
		}
		if (!isOpaque()) {
			for (StagedColumn column : this.rows.columns()) {
				if (!column.column().nullable() && this.stager.text(column.column()).isMissing() && isWritten(column)) {
					reject(this.checks.missing(column));
				}
			}
		}
		lookAtKeys();
		if (!isOpaque()) {
			lookAtForeignKeys();
		}
	}

	private boolean isWritten(StagedColumn column) {
		return this.insert || !this.rows.key().contains(column.column());
	}

	private void lookAtType(StagedColumn column) {
		if (this.softErrors) {
			try {
				reject(this.checks.type(column));
				return;
			}
			catch (BulkException ex) {
				// The type's own function does not know how to fail softly.
				if (!ex.isAboutRows() && !ex.state().startsWith("42") && !ex.state().startsWith("XX")) {
					throw ex;
				}
			}
		}
		reject(this.checks.typeByTrying(column));
	}

	private void lookAtKeys() {
		if (this.rows.key().isEmpty()) {
			return;
		}
		reject(this.checks.repeated(columns(this.rows.key().stream().map(Column::name).toList()), null,
				Staging.Part.ALL));
		if (!this.insert) {
			reject(this.checks.unknown());
			if (!ImportKey.isUnique(this.rows.key(), relation())) {
				reject(this.checks.ambiguous());
			}
		}
		else if (!this.target.access().rows().equals(Filter.NONE)) {
			reject(this.checks.outside(this.target.outside()));
		}
	}

	private void lookAtForeignKeys() {
		for (ForeignKey key : relation().foreignKeys()) {
			List<StagedColumn> columns = columns(key.columns());
			if (columns.isEmpty() || columns.stream().anyMatch(StagedColumn::optional) || !isWhole(key)) {
				continue;
			}
			List<StagedColumn> referenced = isOwn(key) ? columns(key.targetColumns()) : List.of();
			try {
				SqlStatement check = this.checks.foreignKey(key, columns, referenced.isEmpty() ? null : referenced);
				// A row that is rejected can be the one that another one points at.
				while (reject(check) > 0 && !referenced.isEmpty()) {
					this.progress.check();
				}
			}
			catch (BulkException ex) {
				requireAboutRows(ex);
			}
		}
	}

	private boolean isWhole(ForeignKey key) {
		List<List<@Nullable String>> answer = this.transaction.rows(StagedChecks.isWhole(key));
		return answer.size() == 1 && "t".equals(answer.get(0).get(0));
	}

	/**
	 * Write some rows.
	 * @param part the rows
	 * @param open the rows that are not written yet
	 */
	private void write(Staging.Part part, Staging.Part open) {
		Set<String> known = new HashSet<>();
		while (true) {
			this.progress.check();
			try {
				long[] counts = this.transaction.tentatively(() -> writeOnce(part));
				this.updated += counts[0];
				this.inserted += counts[1];
				return;
			}
			catch (BulkException ex) {
				requireAboutRows(ex);
				if (!known.add(ex.state() + ex.rule() + ex.column()) || rejectLike(ex, open) == 0) {
					writeOneByOne(part);
					return;
				}
			}
			catch (RefusedRowsException ex) {
				writeOneByOne(part);
				return;
			}
		}
	}

	private static void requireAboutRows(BulkException ex) {
		if (!ex.isAboutRows()) {
			throw ex;
		}
	}

	private long[] writeOnce(Staging.Part part) {
		long[] counts = new long[2];
		List<SqlStatement> statements = this.rows.write(part, this.rejected);
		for (int i = 0; i < statements.size(); i++) {
			BulkTransaction.Written written = this.transaction.write(statements.get(i));
			if (written.refused() > 0) {
				throw new RefusedRowsException();
			}
			counts[(i == 0 && this.rows.changes()) ? 0 : 1] += written.rows();
		}
		this.transaction.write(new SqlStatement("SET CONSTRAINTS ALL IMMEDIATE", List.of()));
		return counts;
	}

	/**
	 * Reject all rows that break the rule which one of them has broken.
	 * @return how many
	 */
	private long rejectLike(BulkException ex, Staging.Part open) {
		String rule = ex.rule();
		if (isOpaque() || rule == null) {
			return 0;
		}
		try {
			return switch (ex.state()) {
				case "23514" -> rejectUnchecked(rule, open);
				case "23505" -> rejectRepeated(rule, open);
				default -> 0L;
			};
		}
		catch (BulkException failure) {
			// The condition cannot even be evaluated for some row.
			requireAboutRowsOrStatement(failure);
			return 0;
		}
	}

	private static void requireAboutRowsOrStatement(BulkException ex) {
		if (!ex.isAboutRows() && !ex.state().startsWith("42")) {
			throw ex;
		}
	}

	private long rejectUnchecked(String rule, Staging.Part open) {
		Constraint check = relation().structure()
			.constraints()
			.stream()
			.filter((constraint) -> constraint.name().equals(rule))
			.findFirst()
			.orElse(null);
		List<StagedColumn> columns = (check != null) ? columns(check.columns()) : List.of();
		if (columns.isEmpty() || columns.stream().anyMatch(StagedColumn::optional)) {
			return 0;
		}
		List<List<@Nullable String>> found = this.transaction.rows(StagedChecks.conditionOfCheck(relation(), rule));
		String condition = (found.size() == 1) ? found.get(0).get(0) : null;
		return (condition != null) ? reject(this.checks.check(rule, columns, condition, open)) : 0;
	}

	private long rejectRepeated(String rule, Staging.Part open) {
		List<StagedColumn> columns = columns(ImportKey.columns(rule, relation()));
		if (columns.isEmpty() || !this.rows.key().isEmpty() || columns.stream().anyMatch(StagedColumn::optional)) {
			return 0;
		}
		return reject(this.checks.repeated(columns, rule, open)) + reject(this.checks.taken(columns, rule, open));
	}

	/**
	 * Write rows in small steps. Rows of the same relation that point at each other are
	 * tried again as long as that helps.
	 */
	private void writeOneByOne(Staging.Part part) {
		if (!this.indexed) {
			this.transaction.write(this.stager.staging().index());
			this.indexed = true;
		}
		this.transaction.write(this.stager.staging().indexRejected());
		List<List<@Nullable String>> block = this.transaction
			.rows(this.rows.writeOneByOne(part, this.target.outside()));
		SqlStatement loop = new SqlStatement(Objects.requireNonNull(block.get(0).get(0)), List.of());
		long written;
		do {
			this.progress.check();
			this.transaction.write(loop);
			this.rejected = true;
			String counts = this.transaction
				.rows(new SqlStatement("SELECT pg_catalog.current_setting('oriel.written', true)", List.of()))
				.get(0)
				.get(0);
			String[] numbers = Objects.requireNonNull(counts).split(",");
			this.updated += Long.parseLong(numbers[0]);
			this.inserted += Long.parseLong(numbers[1]);
			written = Long.parseLong(numbers[1]);
		}
		while (written > 0 && isOneStatement()
				&& this.transaction.write(this.stager.staging().admitPointing()).rows() > 0);
	}

	private long reject(SqlStatement statement) {
		this.progress.check();
		long rows = this.transaction.tentatively(() -> this.transaction.write(statement)).rows();
		if (rows != 0 || statement.sql().startsWith("DO")) {
			this.rejected = true;
		}
		return rows;
	}

	/**
	 * Return the staged columns of these names, or none if the file does not give all of
	 * them.
	 */
	private List<StagedColumn> columns(List<String> names) {
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

	private @Nullable StagedColumn staged(String name) {
		return this.rows.columns()
			.stream()
			.filter((column) -> column.column().name().equals(name))
			.findFirst()
			.orElse(null);
	}

	/**
	 * Whether something stands between the values of the file and those that are kept, so
	 * that looking at the former says nothing of the latter.
	 */
	private boolean isOpaque() {
		return this.opaque;
	}

	private Relation relation() {
		return this.target.relation();
	}

	private long number(SqlStatement statement) {
		return Long.parseLong(Objects.requireNonNull(this.transaction.rows(statement).get(0).get(0)));
	}

	/**
	 * What became of rows.
	 *
	 * @param read how many there were
	 * @param inserted how many are new
	 * @param updated how many were changed
	 * @param unchanged how many were there already as they are
	 * @param rejected how many cannot be kept
	 */
	record Counts(long read, long inserted, long updated, long unchanged, long rejected) {

		static final Counts NONE = new Counts(0, 0, 0, 0, 0);

		Counts plus(Counts other) {
			return new Counts(this.read + other.read, this.inserted + other.inserted, this.updated + other.updated,
					this.unchanged + other.unchanged, this.rejected + other.rejected);
		}

	}

	/**
	 * Is told how far it is.
	 */
	interface Progress {

		/**
		 * Tell what is done now.
		 */
		void phase(String name);

		/**
		 * Tell how many rows were tried to be written.
		 */
		void written(long rows);

		/**
		 * Throw if it is not to go on.
		 */
		void check();

	}

	/**
	 * Rows were written that must not be.
	 */
	private static final class RefusedRowsException extends RuntimeException {

		private static final long serialVersionUID = 1L;

	}

}

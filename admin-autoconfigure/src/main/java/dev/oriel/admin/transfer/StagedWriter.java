package dev.oriel.admin.transfer;

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
import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.ForeignKey;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.sql.SqlStatement;
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

	private final BulkTransaction transaction;

	private final BulkTarget target;

	private final Stager stager;

	private final StagedRows rows;

	private final Rejections rejections;

	private final RowInspection inspection;

	private final ViolatedRules violated;

	private final Progress progress;

	private final boolean insert;

	private long updated;

	private long inserted;

	private boolean indexed;

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
		this.progress = progress;
		this.hooks = hooks;
		this.rejections = new Rejections(transaction, this.rows, progress, hooks != null);
		this.inspection = new RowInspection(transaction, target, stager, this.rejections, progress, softErrors);
		this.violated = new ViolatedRules(transaction, this.rejections);
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
		this.inspection.look();
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
		return relation().foreignKeys().stream().anyMatch(StagedWriter::isOwn);
	}

	/**
	 * Whether a relation points at itself.
	 */
	static boolean isOwn(ForeignKey key) {
		return key.target().equals(key.source());
	}

	/**
	 * Refuse a file without a column that every row needs.
	 */
	private void requireNeeded() {
		if (!this.insert || this.rejections.isOpaque()) {
			return;
		}
		for (Column column : relation().columns()) {
			boolean needed = !column.nullable() && column.defaultExpression() == null && !column.generated()
					&& column.identity() == Column.Identity.NONE
					&& this.target.access().insertable().contains(column.name());
			if (needed && this.rejections.staged(column.name()) == null) {
				throw new ProblemException(new Problem(400, "23502",
						"The file has no column for '%s', which needs a value".formatted(column.name()), null,
						"Add one, or say with 'map' which column of the file it is.", column.name()));
			}
		}
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
				Rejections.requireAboutRows(ex);
				if (!known.add(ex.state() + ex.rule() + ex.column()) || this.violated.rejectLike(ex, open) == 0) {
					writeOneByOne(part);
					return;
				}
			}
			catch (RefusedRowsException ex) {
				// Only one by one is it known which of them are refused.
				writeOneByOne(part);
				return;
			}
		}
	}

	private long[] writeOnce(Staging.Part part) {
		long[] counts = new long[2];
		List<SqlStatement> statements = this.rows.write(part, this.rejections.isSome());
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
			this.rejections.noteSome();
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

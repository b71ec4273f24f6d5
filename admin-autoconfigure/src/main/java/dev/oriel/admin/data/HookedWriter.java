package dev.oriel.admin.data;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import dev.oriel.admin.access.Operation;
import dev.oriel.admin.extension.RowImage;
import dev.oriel.admin.extension.WrittenRow;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.schema.Column;
import dev.oriel.admin.sql.NamedRow;
import dev.oriel.admin.sql.NamedStatements;
import dev.oriel.admin.sql.Returned;
import dev.oriel.admin.sql.RowFormat;
import dev.oriel.admin.sql.SqlStatement;
import dev.oriel.admin.sql.VersionMode;

import org.jspecify.annotations.Nullable;

/**
 * Writes many rows in parts, with the hooks of the application around each of them. A
 * part is written as a whole or not at all; the transaction goes on in either case.
 *
 * @since 0.1.0
 */
public final class HookedWriter implements AutoCloseable {

	private static final Returned RETURNED = new Returned(VersionMode.NONE, RowFormat.PRESENT, false);

	private final BulkTransaction bulk;

	private final Target target;

	private final Supplier<WriteTransaction> transactions;

	private final List<Column> key;

	private final boolean insert;

	private final FollowUps followUps;

	private final HookCall inserting;

	private final HookCall updating;

	/**
	 * @param transactions returns what writes a part, and forgets what was written before
	 */
	HookedWriter(BulkTransaction bulk, Target target, Supplier<WriteTransaction> transactions, List<Column> key,
			boolean insert, FollowUps followUps) {
		this.bulk = bulk;
		this.target = target;
		this.transactions = transactions;
		this.key = key;
		this.insert = insert;
		this.followUps = followUps;
		WriteTransaction transaction = transactions.get();
		this.inserting = transaction.hooks(target, Operation.INSERT);
		this.updating = transaction.hooks(target, Operation.UPDATE);
	}

	/**
	 * Write rows together, or none of them.
	 * @param rows the JSON of the values of each row, by the names of their columns;
	 * those that have the key of a row which is there change it
	 * @throws RejectedRowsException when hooks refuse some of the rows
	 * @throws ProblemException when they cannot be written; {@link #reason} tells whether
	 * that is because of a row
	 */
	public Written write(List<Map<String, String>> rows) {
		Done done = this.bulk.tentatively(() -> this.bulk.attempt(() -> {
			try {
				Done written = run(rows);
				this.bulk.own().requireWanted();
				return written;
			}
			catch (HookCall.HookFailedException ex) {
				throw ex.ofPart();
			}
		}));
		keep(Operation.INSERT, this.inserting, done.inserts());
		keep(Operation.UPDATE, this.updating, done.updates());
		return done.written();
	}

	/**
	 * Return why a row is rejected that was written by itself, or {@code null} if it is
	 * not the row that is to blame.
	 * @param ex what {@link #write} has thrown
	 */
	public @Nullable RejectedReason reason(ProblemException ex) {
		if (ex instanceof BulkException bulk) {
			return bulk.isAboutRows() ? bulk.reason() : null;
		}
		boolean refused = ex instanceof VetoedException || ex.problem().equals(WriteChecks.outside(this.target));
		return refused ? RejectedReason.of(ex.problem()) : null;
	}

	/**
	 * Call the hooks once more, now that everything that was written is kept. The
	 * connection must have been given back.
	 */
	public void followUp() {
		this.followUps.tell((operation, rows) -> {
			HookCall call = (operation == Operation.INSERT) ? this.inserting : this.updating;
			call.followUp(rows);
		});
	}

	/**
	 * Forget what was written.
	 */
	@Override
	public void close() {
		this.followUps.close();
	}

	private void keep(Operation operation, HookCall call, List<WrittenRow> rows) {
		if (!rows.isEmpty() && call.followsUp()) {
			this.followUps.add(operation, rows);
		}
	}

	private Done run(List<Map<String, String>> rows) throws SQLException {
		WriteTransaction transaction = this.transactions.get();
		Map<Integer, HeldRow> existing = findExisting(rows, transaction);
		Set<String> fixed = this.key.stream().map(Column::name).collect(Collectors.toSet());
		Map<Integer, RowDraft> drafts = new LinkedHashMap<>();
		for (int i = 0; i < rows.size(); i++) {
			HeldRow held = existing.get(i);
			if (held == null && !this.insert) {
				// Somebody has deleted it at this moment.
				throw new ProblemException(WriteChecks.concurrent());
			}
			Map<String, String> values = rows.get(i);
			if (held != null) {
				values = new LinkedHashMap<>(values);
				values.keySet().removeAll(fixed);
			}
			drafts.put(i, new RowDraft(this.target.relation(), (held != null) ? Operation.UPDATE : Operation.INSERT, i,
					held, values, Set.of())
				.fixed(fixed));
		}
		List<RowDraft> inserts = drafts.values().stream().filter((row) -> row.held() == null).toList();
		List<RowDraft> updates = drafts.values().stream().filter((row) -> row.held() != null).toList();
		try {
			this.inserting.before(inserts);
			this.updating.before(updates);
		}
		catch (VetoedException ex) {
			Map<Integer, List<RejectedReason>> refused = refused(drafts);
			throw refused.isEmpty() ? ex : new RejectedRowsException(refused);
		}
		Rows updated = update(updates, transaction);
		Rows inserted = insert(inserts, transaction);
		this.bulk.write(new SqlStatement("SET CONSTRAINTS ALL IMMEDIATE", List.of()));
		List<WrittenRow> insertedImages = inserted.results()
			.stream()
			.filter((result) -> result.image() != null)
			.map((result) -> new WrittenRow(null, RowImage.of(String.valueOf(result.image()))))
			.toList();
		List<WrittenRow> updatedImages = this.updating.isEmpty() ? List.of()
				: NamedWrites.images(updated, updates, false);
		this.inserting.afterPart(insertedImages);
		this.updating.afterPart(updatedImages);
		return new Done(new Written(updated.size(), inserted.size()), insertedImages, updatedImages);
	}

	private Map<Integer, HeldRow> findExisting(List<Map<String, String>> rows, WriteTransaction transaction)
			throws SQLException {
		if (this.key.isEmpty()) {
			return Map.of();
		}
		List<NamedRow> named = new ArrayList<>();
		for (int i = 0; i < rows.size(); i++) {
			Map<String, String> name = new LinkedHashMap<>();
			for (Column column : this.key) {
				name.put(column.name(), rows.get(i).getOrDefault(column.name(), "null"));
			}
			named.add(new NamedRow(i, RowImage.of(name).json(), null, "{}"));
		}
		Map<Integer, HeldRow> existing = new HashMap<>();
		for (HeldRow row : transaction.hold(WriteStep.of(this.target), NamedStatements.hold(this.target.scope(),
				Query.ALL, this.key, named, false, this.updating.imageColumns()))) {
			if (!row.permitted()) {
				throw new ProblemException(WriteChecks.outside(this.target));
			}
			if (existing.put(row.number(), row) != null) {
				throw new ProblemException(WriteChecks.concurrent());
			}
		}
		return existing;
	}

	/**
	 * Return what hooks refuse, by the places of the rows.
	 */
	private Map<Integer, List<RejectedReason>> refused(Map<Integer, RowDraft> drafts) {
		Set<String> known = this.inserting.known();
		Map<Integer, List<RejectedReason>> refused = new HashMap<>();
		drafts.forEach((place, draft) -> {
			List<RejectedReason> reasons = new ArrayList<>();
			for (FieldError error : draft.errors()) {
				String column = (error.column() != null && known.contains(error.column())) ? error.column() : null;
				reasons.add(RejectedReason.of(new Problem(422, "ORIEL422", error.message(), null, null, column)));
			}
			if (!reasons.isEmpty()) {
				refused.put(place, reasons);
			}
		});
		return refused;
	}

	private Rows update(List<RowDraft> rows, WriteTransaction transaction) throws SQLException {
		return rows.isEmpty() ? Rows.NONE : new NamedWrites(transaction, WriteStep.of(this.target), Query.ALL,
				RETURNED.withImage(this.updating.imageColumns()))
			.update(rows);
	}

	private Rows insert(List<RowDraft> rows, WriteTransaction transaction) throws SQLException {
		if (rows.isEmpty()) {
			return Rows.NONE;
		}
		// Rows that give the same columns follow each other, so that few statements do.
		Collection<List<RowDraft>> alike = rows.stream()
			.collect(Collectors.groupingBy((row) -> new HashSet<>(row.writtenValues().keySet()), LinkedHashMap::new,
					Collectors.toUnmodifiableList()))
			.values();
		WriteBody body = DraftedRows.body(alike.stream().flatMap(List::stream).toList(), true);
		Insertion insertion = new Insertion(this.target, body, List.of(), null, Map.of(), null, Query.ALL);
		return transaction.write(insertion.step(),
				insertion.statements(RETURNED.withImage(this.inserting.imageColumns())));
	}

	/**
	 * What was written.
	 *
	 * @param updated how many rows were changed
	 * @param inserted how many rows are new
	 */
	public record Written(long updated, long inserted) {
	}

	/**
	 * What was written, with what hooks are told of it.
	 */
	private record Done(Written written, List<WrittenRow> inserts, List<WrittenRow> updates) {
	}

}

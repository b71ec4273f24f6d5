package dev.oriel.admin.data;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.oriel.admin.access.Operation;
import dev.oriel.admin.extension.RowImage;
import dev.oriel.admin.extension.WrittenRow;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.schema.Column;
import dev.oriel.admin.sql.NamedRow;
import dev.oriel.admin.sql.NamedStatements;
import dev.oriel.admin.sql.Returned;

import org.jspecify.annotations.Nullable;

/**
 * Inserts rows with the hooks around it. Where rows may be there already, they are looked
 * up before, so that the hooks are told of each row by what becomes of it.
 */
final class HookedInsert {

	private final WriteTransaction transaction;

	private final Insertion insertion;

	private final HookCall inserting;

	private final HookCall updating;

	private final Map<Integer, HeldRow> existing = new HashMap<>();

	HookedInsert(WriteTransaction transaction, Insertion insertion) {
		this.transaction = transaction;
		this.insertion = insertion;
		this.inserting = transaction.hooks(insertion.target(), Operation.INSERT);
		this.updating = transaction.hooks(insertion.target(), Operation.UPDATE);
	}

	/**
	 * Insert the rows and return those written.
	 * @param checks what the rows that are there have to be, before hooks see them
	 */
	Rows run(Returned returned, Check checks) throws SQLException {
		List<Map<String, String>> values = DraftedRows.values(this.insertion.body());
		findExisting(values);
		checks.accept(List.copyOf(this.existing.values()));
		List<RowDraft> all = drafts(values);
		boolean merging = this.insertion.merges();
		List<RowDraft> inserted = all.stream().filter((row) -> row.held() == null).toList();
		List<RowDraft> updated = all.stream().filter((row) -> merging && row.held() != null).toList();
		this.inserting.before(inserted);
		this.updating.before(updated);
		boolean changed = all.stream().anyMatch(RowDraft::isChanged);
		Insertion finished = changed
				? this.insertion.withBody(DraftedRows.body(all, this.insertion.body().single() == null))
				: this.insertion;
		if (NamedStatements.holds(this.insertion.target().relation())) {
			// A row that is there is locked, and hooks may have changed it themselves.
			finished = finished.withAnyVersion();
		}
		if (merging) {
			this.transaction.countMerged();
		}
		Rows rows = this.transaction.write(finished.step(), finished.statements(returned.withImage(imageColumns())));
		if (rows.merged() > updated.size()) {
			throw new ProblemException(WriteChecks.concurrent());
		}
		after(rows, updated);
		return rows;
	}

	private List<Column> imageColumns() {
		return this.inserting.isEmpty() ? this.updating.imageColumns() : this.inserting.imageColumns();
	}

	/**
	 * Look the rows up that are there already.
	 */
	private void findExisting(List<Map<String, String>> values) throws SQLException {
		if (this.insertion.conflict() == null) {
			return;
		}
		List<Column> by = this.insertion.conflict().target();
		List<NamedRow> named = new ArrayList<>();
		for (int i = 0; i < values.size(); i++) {
			Map<String, String> row = values.get(i);
			if (by.stream().allMatch((column) -> row.containsKey(column.name()))) {
				Map<String, String> name = by.stream()
					.collect(Collectors.toMap(Column::name, (c) -> row.get(c.name())));
				named.add(new NamedRow(i, RowImage.of(name).json(), null, "{}"));
			}
		}
		if (named.isEmpty()) {
			return;
		}
		for (HeldRow row : this.transaction.hold(this.insertion.step(),
				NamedStatements.hold(this.insertion.target().scope(), Query.ALL, by, named, false, imageColumns()))) {
			if (this.insertion.merges() && !row.permitted()) {
				throw new ProblemException(WriteChecks.outside(this.insertion.target()));
			}
			this.existing.put(row.number(), row);
		}
	}

	private List<RowDraft> drafts(List<Map<String, String>> values) {
		Set<String> fixed = new HashSet<>();
		if (this.insertion.conflict() != null) {
			this.insertion.conflict().target().forEach((column) -> fixed.add(column.name()));
		}
		boolean array = this.insertion.body().single() == null;
		List<RowDraft> drafts = new ArrayList<>();
		for (int i = 0; i < values.size(); i++) {
			HeldRow held = this.existing.get(i);
			Operation operation = (held != null) ? Operation.UPDATE : Operation.INSERT;
			drafts.add(new RowDraft(this.insertion.target().relation(), operation, array ? i : null, held,
					values.get(i), Set.of())
				.fixed(fixed));
		}
		return drafts;
	}

	private void after(Rows rows, List<RowDraft> updated) throws SQLException {
		Map<String, RowImage> before = new HashMap<>();
		updated.forEach((row) -> before.put(key(row.before()), row.before()));
		List<WrittenRow> inserts = new ArrayList<>();
		List<WrittenRow> updates = new ArrayList<>();
		for (Rows.Result result : rows.results()) {
			RowImage image = (result.image() != null) ? RowImage.of(result.image()) : null;
			if (result.merged()) {
				updates.add(new WrittenRow(before.get(key(image)), image));
			}
			else {
				inserts.add(new WrittenRow(null, image));
			}
		}
		this.inserting.after(inserts);
		this.updating.after(updates);
	}

	/**
	 * Return what a row is recognised by after it was merged, which changes none of it.
	 */
	private String key(@Nullable RowImage image) {
		if (this.insertion.conflict() == null || image == null) {
			return "";
		}
		return this.insertion.conflict()
			.target()
			.stream()
			.map((column) -> String.valueOf(image.json(column.name())))
			.collect(Collectors.joining(","));
	}

	/**
	 * What rows have to be that are there already.
	 */
	@FunctionalInterface
	interface Check {

		void accept(List<HeldRow> existing) throws SQLException;

	}

}

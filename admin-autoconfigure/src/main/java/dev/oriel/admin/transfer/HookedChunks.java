package dev.oriel.admin.transfer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import tools.jackson.databind.json.JsonMapper;

import dev.oriel.admin.data.BulkTransaction;
import dev.oriel.admin.data.HookedWriter;
import dev.oriel.admin.data.ProblemException;
import dev.oriel.admin.data.RejectedReason;
import dev.oriel.admin.data.RejectedRowsException;
import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.DataType;
import dev.oriel.admin.sql.SqlStatement;
import dev.oriel.admin.sql.StagedChunks;
import dev.oriel.admin.sql.StagedColumn;
import dev.oriel.admin.sql.StagedRows;
import dev.oriel.admin.sql.Staging;

import org.jspecify.annotations.Nullable;

/**
 * Writes staged rows with hooks around them, a thousand at a time. Rows that the hooks
 * name are left out and the others tried again. Where something fails without a name, be
 * it a veto for all rows or a rule of the database, the rows are halved until the bad
 * ones are found.
 */
final class HookedChunks {

	/** How many rows a hook is called with. */
	static final int ROWS = 1_000;

	/** How many bytes of the staging table a hook is called with at most, roughly. */
	private static final long BYTES = 16L << 20;

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final BulkTransaction transaction;

	private final HookedWriter hooks;

	private final List<StagedColumn> columns;

	private final StagedChunks chunks;

	private final Staging staging;

	private final StagedWriter.Progress progress;

	private final boolean pointing;

	private long updated;

	private long inserted;

	private long unchanged;

	private long rejected;

	/**
	 * @param pointing whether rows may point at each other
	 */
	HookedChunks(BulkTransaction transaction, HookedWriter hooks, StagedRows rows, Staging staging,
			StagedWriter.Progress progress, boolean pointing) {
		this.transaction = transaction;
		this.hooks = hooks;
		this.columns = rows.columns();
		this.chunks = new StagedChunks(rows);
		this.staging = staging;
		this.progress = progress;
		this.pointing = pointing;
	}

	/**
	 * Write the rows that are not rejected.
	 * @param staged how many rows there are, the rejected ones included
	 */
	StagedWriter.Counts write(long staged) {
		this.transaction.write(this.staging.index());
		this.transaction.write(this.staging.indexRejected());
		int size = (int) Math.max(1, Math.min(ROWS, BYTES * staged / Math.max(1, number(this.staging.size()))));
		List<StagedRow> chunk = read(this.chunks.after(Long.MIN_VALUE, size));
		while (!chunk.isEmpty()) {
			long last = chunk.get(chunk.size() - 1).line();
			writeChanged(chunk);
			this.progress.written(this.inserted + this.updated + this.unchanged + this.rejected);
			chunk = read(this.chunks.after(last, size));
		}
		if (this.pointing) {
			writePointing(size);
		}
		long bad = number(this.staging.countRejected());
		return new StagedWriter.Counts(staged, this.inserted, this.updated, staged - bad - this.inserted - this.updated,
				bad);
	}

	/**
	 * Try rows again that pointed at a row which was not there, as long as that helps.
	 */
	private void writePointing(int size) {
		long before;
		do {
			before = this.inserted;
			List<Long> lines = this.transaction.rows(this.staging.admitPointingLines())
				.stream()
				.map((row) -> Long.valueOf(Objects.requireNonNull(row.get(0))))
				.distinct()
				.sorted()
				.toList();
			for (int from = 0; from < lines.size(); from += size) {
				writeChanged(read(this.chunks.of(lines.subList(from, Math.min(lines.size(), from + size)))));
			}
		}
		while (this.inserted > before);
	}

	private void writeChanged(List<StagedRow> chunk) {
		List<StagedRow> changed = chunk.stream().filter((row) -> !row.unchanged()).toList();
		this.unchanged += chunk.size() - changed.size();
		write(changed);
	}

	private void write(List<StagedRow> rows) {
		List<StagedRow> open = rows;
		while (!open.isEmpty()) {
			this.progress.check();
			try {
				HookedWriter.Written written = this.hooks.write(open.stream().map(StagedRow::values).toList());
				this.inserted += written.inserted();
				this.updated += written.updated();
				return;
			}
			catch (RejectedRowsException ex) {
				open = without(open, ex.reasons());
			}
			catch (ProblemException ex) {
				RejectedReason reason = this.hooks.reason(ex);
				if (reason == null) {
					throw ex;
				}
				if (open.size() > 1) {
					write(open.subList(0, open.size() / 2));
					write(open.subList(open.size() / 2, open.size()));
					return;
				}
				open = without(open, Map.of(0, List.of(reason)));
			}
		}
	}

	private List<StagedRow> without(List<StagedRow> rows, Map<Integer, List<RejectedReason>> reasons) {
		reasons.forEach((place, all) -> all.forEach((reason) -> reject(rows.get(place), reason)));
		this.rejected += reasons.size();
		List<StagedRow> others = new ArrayList<>();
		for (int i = 0; i < rows.size(); i++) {
			if (!reasons.containsKey(i)) {
				others.add(rows.get(i));
			}
		}
		return others;
	}

	private void reject(StagedRow row, RejectedReason reason) {
		this.transaction
			.write(this.staging.reject(row.line(), reason.own(), Arrays.asList(reason.code(), reason.message(),
					reason.detail(), reason.hint(), reason.column(), reason.rule(), reason.schema(), reason.table())));
	}

	private List<StagedRow> read(SqlStatement statement) {
		List<StagedRow> rows = new ArrayList<>();
		this.transaction.rows(statement, (row) -> rows.add(row(row)));
		return rows;
	}

	private StagedRow row(List<@Nullable String> row) {
		Set<String> absent = (row.get(1) == null) ? Set.of()
				: Stream.of(row.get(1).replaceAll("[{}]", "").split(",")).collect(Collectors.toSet());
		Map<String, String> values = new LinkedHashMap<>();
		for (int i = 0; i < this.columns.size(); i++) {
			StagedColumn column = this.columns.get(i);
			if (!absent.contains(String.valueOf(column.source().number()))) {
				values.put(column.column().name(), json(row.get(StagedChunks.BEFORE_TEXTS + i), column.column()));
			}
		}
		return new StagedRow(Long.parseLong(String.valueOf(row.get(0))), "t".equals(row.get(2)),
				Collections.unmodifiableMap(values));
	}

	/**
	 * Return a text as JSON that PostgreSQL reads as the same value.
	 */
	private static String json(@Nullable String text, Column column) {
		if (text == null) {
			return "null";
		}
		boolean json = column.type().unwrapped() instanceof DataType.Base base
				&& (base.name().equals("json") || base.name().equals("jsonb"));
		return json ? text.strip() : JSON.writeValueAsString(text);
	}

	private long number(SqlStatement statement) {
		return Long.parseLong(Objects.requireNonNull(this.transaction.rows(statement).get(0).get(0)));
	}

	/**
	 * A row of the file.
	 *
	 * @param line its line
	 * @param unchanged whether it is there already as it is
	 * @param values the JSON of the values that it gives
	 */
	private record StagedRow(long line, boolean unchanged, Map<String, String> values) {
	}

}

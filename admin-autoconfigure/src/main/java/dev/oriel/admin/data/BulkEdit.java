package dev.oriel.admin.data;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import dev.oriel.admin.access.Operation;
import dev.oriel.admin.extension.RowImage;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.schema.Column;
import dev.oriel.admin.sql.NamedRow;
import dev.oriel.admin.sql.NamedStatements;
import dev.oriel.admin.sql.SqlStatement;

import org.jspecify.annotations.Nullable;

/**
 * Changes rows that the elements of a body name by their key, each in its own way. The
 * rows are locked in the order of their keys, so that two edits of the same rows wait for
 * each other instead of blocking each other.
 */
final class BulkEdit {

	private static final String VERSION = "_version";

	private final Target target;

	private final WriteBody body;

	private final Query query;

	private final WriteOptions options;

	private final List<Column> key;

	private final List<Column> columns;

	private final List<Element> elements = new ArrayList<>();

	/**
	 * @param related whether a member is no column but stands for related rows
	 * @throws ProblemException when an element does not name its row, or a column may not
	 * be written
	 */
	BulkEdit(Target target, Payload payload, Predicate<String> related, Query query, WriteOptions options) {
		this.target = target;
		this.body = WriteBody.ofDifferentRows(payload.json());
		this.query = query;
		this.options = options;
		this.key = DraftedRows.columns(target.relation(), new LinkedHashSet<>(target.scope().key()));
		if (this.key.isEmpty()) {
			throw new ProblemException(new Problem(400, "PGRST102",
					"The rows of '%s' cannot be named one by one".formatted(target.relation().name().name()),
					"There is no key that may be read.", "Send one object, and name the rows with a filter."));
		}
		Set<String> named = new HashSet<>(target.scope().key());
		if (target.relation().column(VERSION) == null) {
			named.add(VERSION);
		}
		Set<String> names = new LinkedHashSet<>((payload.columns() != null) ? payload.columns() : this.body.names());
		names.removeAll(named);
		names.stream().filter(related).findFirst().ifPresent((name) -> {
			throw new ProblemException(new Problem(400, "PGRST102", "Related rows are changed with one row at a time",
					"The body is an array whose elements embed '%s'.".formatted(name),
					"Send one object, and name its row with a filter.", name));
		});
		this.columns = new WriteColumns(target).updatable(names);
		Set<String> written = (payload.columns() != null) ? names : null;
		DraftedRows.objects(this.body)
			.forEach((row) -> this.elements.add(element(row, named, written, payload.defaults())));
	}

	private Element element(RowImage row, Set<String> named, @Nullable Set<String> columns, boolean defaults) {
		int place = this.elements.size();
		Map<String, String> name = new LinkedHashMap<>();
		for (Column column : this.key) {
			String json = row.json(column.name());
			if (json == null || json.equals("null")) {
				throw new ProblemException(unnamed(place, column.name()));
			}
			name.put(column.name(), json);
		}
		String version = null;
		if (named.contains(VERSION) && row.has(VERSION)) {
			version = row.text(VERSION);
			if (version == null) {
				throw new ProblemException(unnamed(place, VERSION));
			}
		}
		Map<String, String> values = new LinkedHashMap<>();
		Set<String> missing = new LinkedHashSet<>();
		for (String column : (columns != null) ? columns : row.columns()) {
			String json = row.json(column);
			if (json == null && defaults) {
				missing.add(column);
			}
			else if (!named.contains(column)) {
				values.put(column, (json != null) ? json : "null");
			}
		}
		return new Element(new NamedRow(place, RowImage.of(name).json(), null, "{}"), version, values, missing);
	}

	private static Problem unnamed(int place, String member) {
		boolean version = member.equals(VERSION);
		return new Problem(400, "PGRST102",
				version ? "The version of an element is a text" : "An element does not name its row",
				"Row %d, member '%s'.".formatted(place + 1, member),
				"Each element holds the row's key, and its version if that is to be checked.")
			.with(member, Violation.UNKNOWN.withPath(BodyPath.of(place, member)));
	}

	/**
	 * Return what is written, to tell what is wrong with it.
	 */
	private WriteStep step() {
		List<Column> all = new ArrayList<>(this.key);
		all.addAll(this.columns);
		return new WriteStep(this.target, this.body, all);
	}

	Rows run(WriteTransaction transaction) throws SQLException {
		if (this.elements.isEmpty()) {
			return Rows.NONE;
		}
		HookCall hooks = transaction.hooks(this.target, Operation.UPDATE);
		List<RowDraft> rows = hold(transaction, hooks);
		WriteChecks.requireAtMost(rows.size(), this.options);
		NamedWrites writes = new NamedWrites(transaction, step(), this.query,
				this.options.returned().withImage(hooks.imageColumns()));
		if (this.options.output().explain() != null) {
			List<SqlStatement> statements = writes.updates(rows);
			return statements.isEmpty() ? Rows.NONE
					: transaction.plan(step(), this.options.output().explain().of(statements.get(0)));
		}
		hooks.before(rows);
		Rows written = writes.update(rows);
		hooks.after(NamedWrites.images(written, rows, false));
		return written;
	}

	private List<RowDraft> hold(WriteTransaction transaction, HookCall hooks) throws SQLException {
		List<NamedRow> names = this.elements.stream().map(Element::row).toList();
		List<HeldRow> found = transaction.hold(step(),
				NamedStatements.hold(this.target.scope(), this.query, this.key, names, true, hooks.imageColumns()));
		Map<Integer, HeldRow> held = new HashMap<>();
		Map<String, Integer> places = new HashMap<>();
		for (HeldRow row : found) {
			Integer other = places.put(row.name(), row.number());
			if (other != null) {
				throw new ProblemException(twice(Math.min(other, row.number()), Math.max(other, row.number())));
			}
			held.put(row.number(), row);
		}
		requireFound(held);
		requireVersions(transaction, held);
		List<RowDraft> rows = new ArrayList<>();
		for (int i = 0; i < this.elements.size(); i++) {
			Element element = this.elements.get(i);
			rows.add(new RowDraft(this.target.relation(), Operation.UPDATE, i, held.get(i), element.values(),
					element.defaults()));
		}
		return rows;
	}

	private static Problem twice(int first, int second) {
		return new Problem(400, "PGRST102", "Two elements name the same row",
				"Rows %d and %d.".formatted(first + 1, second + 1), "Put all changes of a row into one element.")
			.with(null, Violation.UNKNOWN.withPath(BodyPath.of(second)));
	}

	private void requireFound(Map<Integer, HeldRow> held) {
		for (int i = 0; i < this.elements.size(); i++) {
			if (!held.containsKey(i) && this.elements.get(i).version() == null) {
				throw new ProblemException(new Problem(404, "ORIEL404", "A row that is to be changed is not there",
						"Row %d names %s.".formatted(i + 1, this.elements.get(i).row().name()),
						"Nothing was changed; leave the element out, or mend its key.")
					.with(null, Violation.UNKNOWN.withPath(BodyPath.of(i))));
			}
		}
	}

	private void requireVersions(WriteTransaction transaction, Map<Integer, HeldRow> held) throws SQLException {
		Map<Integer, Integer> stale = new LinkedHashMap<>();
		List<HeldRow> changed = new ArrayList<>();
		for (int i = 0; i < this.elements.size(); i++) {
			String version = this.elements.get(i).version();
			HeldRow row = held.get(i);
			boolean other = (version != null && (row == null || !version.equals(row.version())))
					|| (row != null && !this.options.meets(row.version()));
			if (other) {
				stale.put(i, (row != null) ? changed.size() : -1);
				if (row != null) {
					changed.add(row);
				}
			}
		}
		if (stale.isEmpty()) {
			return;
		}
		Map<Integer, Row> current = changed.isEmpty() ? Map.of()
				: HeldVersions.current(transaction, this.target, changed, this.query);
		throw StaleRowException.of(stale.entrySet()
			.stream()
			.map((row) -> new StaleRow(BodyPath.of(row.getKey()), current.get(row.getValue())))
			.toList());
	}

	/**
	 * An element of the body.
	 *
	 * @param row the row that it names
	 * @param version the version that the row must still have, or {@code null}
	 * @param values the values to write
	 * @param defaults the columns that get their default
	 */
	private record Element(NamedRow row, @Nullable String version, Map<String, String> values, Set<String> defaults) {

	}

}

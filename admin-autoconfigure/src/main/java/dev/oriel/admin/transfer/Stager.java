package dev.oriel.admin.transfer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.oriel.admin.data.BulkException;
import dev.oriel.admin.data.BulkTarget;
import dev.oriel.admin.data.BulkTransaction;
import dev.oriel.admin.data.Problem;
import dev.oriel.admin.data.ProblemException;
import dev.oriel.admin.schema.Column;
import dev.oriel.admin.sql.StagedColumn;
import dev.oriel.admin.sql.Staging;
import dev.oriel.admin.transfer.FileColumns.Assigned;
import dev.oriel.admin.transfer.format.InputRecord;

import org.jspecify.annotations.Nullable;

/**
 * Puts the rows of a file into a staging table while they are being read.
 */
final class Stager implements StagedText.Mistakes {

	/** How many columns a table of PostgreSQL has, without those that are not texts. */
	private static final int MAX_TEXTS = 1_590;

	/** The names in the file, or none where each row has its own. */
	private final List<String> header;

	private final @Nullable FileColumns assigned;

	private final List<StagedText> texts = new ArrayList<>();

	/** Where the text of each column is, as {@link Staging} numbers them. */
	private final List<Staging.Source> sources = new ArrayList<>();

	private final Staging staging;

	private final MemberColumns members;

	private final StringBuilder mistakes = new StringBuilder();

	private boolean suspect;

	private boolean mistaken;

	private Stager(ImportRequest request, BulkTarget target, List<String> header, @Nullable FileColumns assigned,
			List<Column> columns) {
		this.header = header;
		this.assigned = assigned;
		this.members = new MemberColumns(request, target, columns);
		columns.forEach((column) -> this.texts.add(StagedText.of(column, request.columns())));
		int converted = (int) this.texts.stream().filter((text) -> assigned == null || text.isConverting()).count();
		this.staging = new Staging((assigned == null) ? 1 : header.size(), converted);
		if (this.staging.texts() + converted > MAX_TEXTS) {
			throw new ProblemException(new Problem(400, "54011", "The file has too many columns",
					"It has %d, of which %d are to be converted.".formatted(header.size(), converted),
					"Import it in parts."));
		}
		int number = 0;
		for (int i = 0; i < this.texts.size(); i++) {
			boolean own = assigned == null || this.texts.get(i).isConverting();
			this.sources
				.add(own ? this.staging.converted(++number) : this.staging.text(assigned.columns().get(i).index() + 1));
		}
	}

	/**
	 * Create a stager.
	 * @param request what is asked for
	 * @param target the relation
	 * @param header the names in the file, or none where each row has its own
	 * @throws dev.oriel.admin.data.ProblemException when it is not clear where the
	 * columns go
	 */
	static Stager of(ImportRequest request, BulkTarget target, List<String> header) {
		if (isDocuments(request)) {
			List<Column> columns = target.relation()
				.columns()
				.stream()
				.filter((column) -> !column.generated())
				.toList();
			return new Stager(request, target, List.of(), null, columns);
		}
		FileColumns assigned = FileColumns.of(header, request, target);
		return new Stager(request, target, header, assigned,
				assigned.columns().stream().map(Assigned::column).toList());
	}

	static boolean isDocuments(ImportRequest request) {
		return switch (request.format()) {
			case CSV, XLSX -> false;
			case NDJSON, JSON -> true;
		};
	}

	/**
	 * Return the table that the rows go to.
	 */
	Staging staging() {
		return this.staging;
	}

	List<String> header() {
		return this.header;
	}

	/**
	 * Return which column of the file goes to which of the relation.
	 */
	Map<String, String> mapping() {
		if (this.assigned == null) {
			return this.members.mapping();
		}
		Map<String, String> mapping = new LinkedHashMap<>();
		this.assigned.columns().forEach((each) -> mapping.put(each.header(), each.column().name()));
		return mapping;
	}

	/**
	 * Return the columns that the rows so far give.
	 */
	List<StagedColumn> columns() {
		List<StagedColumn> columns = new ArrayList<>();
		for (int i = 0; i < this.texts.size(); i++) {
			StagedText text = this.texts.get(i);
			if (this.assigned != null || text.isSeen()) {
				columns.add(new StagedColumn(text.column(), this.sources.get(i), text.isOptional()));
			}
		}
		return columns;
	}

	/**
	 * Return what was seen of the texts of a column.
	 */
	StagedText text(Column column) {
		return this.texts.stream()
			.filter((text) -> text.column().equals(column))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("It is not staged"));
	}

	/**
	 * Whether something was found wrong with a row.
	 */
	boolean isMistaken() {
		return this.mistaken;
	}

	/**
	 * Put one more row into the table.
	 */
	void stage(InputRecord row, CopyBuffer out) {
		this.mistakes.setLength(0);
		this.suspect = false;
		out.add(row.line());
		String absent = null;
		if (row instanceof InputRecord.Fields fields) {
			stage(fields.values(), out);
		}
		else if (row instanceof InputRecord.Document document) {
			absent = stage(document.json(), out);
		}
		else if (row instanceof InputRecord.Malformed malformed) {
			add(new Mistake(Mistake.BAD_FILE, malformed.reason(), null, null));
			stageMalformed(malformed, out);
		}
		end(absent, out);
	}

	private void end(@Nullable String absent, CopyBuffer out) {
		this.mistaken |= !this.mistakes.isEmpty();
		out.add(this.suspect ? "t" : null);
		out.add(absent);
		out.add(this.mistakes.isEmpty() ? null : this.mistakes.toString());
		out.end();
	}

	private void stage(List<@Nullable String> values, CopyBuffer out) {
		FileColumns columns = Objects.requireNonNull(this.assigned);
		List<Integer> broken = List.of();
		for (int i = 0; i < values.size(); i++) {
			if (!out.add(values.get(i))) {
				broken = new ArrayList<>(broken);
				broken.add(i);
			}
		}
		for (int i = 0; i < this.texts.size(); i++) {
			StagedText text = this.texts.get(i);
			int index = columns.columns().get(i).index();
			if (broken.contains(index)) {
				add(Mistake.character(text.column().name()));
			}
			String value = text.read(values.get(index), this);
			if (text.isConverting()) {
				out.add(value);
			}
		}
		columns.same().forEach((index, first) -> {
			if (!Objects.equals(values.get(index), values.get(first))) {
				add(new Mistake(Mistake.BAD_FILE,
						"The columns %d and %d are both called '%s' but differ".formatted(first + 1, index + 1,
								this.header.get(index)),
						"Say which one is meant: map=%d:-".formatted(index + 1), null));
			}
		});
	}

	private @Nullable String stage(String json, CopyBuffer out) {
		if (!out.add(json)) {
			add(Mistake.character(null));
		}
		Map<String, String> found;
		try {
			found = DocumentValues.members(json);
		}
		catch (IllegalArgumentException ex) {
			add(new Mistake(Mistake.BAD_FILE, String.valueOf(ex.getMessage()), null, null));
			this.texts.forEach((text) -> out.add((String) null));
			return null;
		}
		@Nullable String[] values = new @Nullable String[this.texts.size()];
		found.forEach((name, value) -> {
			int place = this.members.place(name);
			if (place >= 0) {
				values[place] = value;
			}
		});
		StringBuilder absent = new StringBuilder();
		for (int i = 0; i < values.length; i++) {
			stage(this.texts.get(i), values[i], i, absent, out);
		}
		return absent.isEmpty() ? null : absent.append('}').toString();
	}

	private void stage(StagedText text, @Nullable String json, int index, StringBuilder absent, CopyBuffer out) {
		if (json == null) {
			text.leaveOut();
			absent.append(absent.isEmpty() ? '{' : ',').append(this.sources.get(index).number());
			out.add((String) null);
			return;
		}
		boolean valid = out.add(text.read(DocumentValues.text(json, text.column().type()), this));
		if (!valid) {
			add(Mistake.character(text.column().name()));
		}
	}

	private void stageMalformed(InputRecord.Malformed row, CopyBuffer out) {
		for (int i = 0; i < this.staging.texts(); i++) {
			out.add((i < row.values().size()) ? row.values().get(i) : null);
		}
		for (int i = 0; i < this.staging.converted(); i++) {
			out.add((String) null);
		}
	}

	@Override
	public void add(Mistake mistake) {
		mistake.appendTo(this.mistakes);
	}

	@Override
	public void suspect() {
		this.suspect = true;
	}

	/**
	 * Begin to send rows.
	 */
	BulkTransaction.Lines begin(BulkTransaction transaction) {
		try {
			this.staging.create().forEach(transaction::write);
		}
		catch (BulkException ex) {
			if (!ex.state().equals("42501")) {
				throw ex;
			}
			throw new ProblemException(new Problem(403, "42501", "Oriel may make no temporary table", null,
					"An import needs one. Let somebody who may do it run GRANT TEMPORARY ON DATABASE for Oriel's role."),
					ex);
		}
		return transaction.copy(this.staging.copy());
	}

}

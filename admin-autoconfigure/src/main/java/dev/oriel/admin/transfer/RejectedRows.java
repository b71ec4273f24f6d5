package dev.oriel.admin.transfer;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.json.JsonMapper;

import dev.oriel.admin.data.BulkTarget;
import dev.oriel.admin.data.Problem;
import dev.oriel.admin.data.RejectedReason;
import dev.oriel.admin.transfer.format.FormulaGuard;

import org.jspecify.annotations.Nullable;

/**
 * Writes the rows that were rejected into a file of the shape that they came in, with the
 * line and the reason added to each, so that they can be corrected and imported again.
 * The first few are kept in mind besides, to be shown at once.
 */
final class RejectedRows implements AutoCloseable {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static final int SHOWN = 20;

	/** How many columns a row has before its texts: the line and the reason. */
	private static final int OF_REASON = 10;

	private final Path file;

	private final BufferedWriter out;

	private final BulkTarget target;

	private final List<String> header;

	private final char separator;

	private final char quote;

	private final @Nullable String nullText;

	private final boolean documents;

	private final boolean guarded;

	private final List<Shown> shown = new ArrayList<>();

	private @Nullable String line;

	private List<@Nullable String> texts = List.of();

	private final List<String> reasons = new ArrayList<>();

	RejectedRows(Path file, BulkTarget target, ImportRequest request, List<String> header, Map<String, String> detected)
			throws IOException {
		this.file = file;
		this.target = target;
		this.header = header;
		this.documents = Stager.isDocuments(request);
		this.guarded = request.source().guarded();
		String found = detected.get("separator");
		Character given = request.source().separator();
		this.separator = (given != null) ? given : ((found != null && found.length() == 1) ? found.charAt(0) : ',');
		this.quote = request.source().quote();
		this.nullText = request.source().nullText();
		this.out = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
		if (!this.documents) {
			List<@Nullable String> names = new ArrayList<>(header);
			names.removeIf((name) -> FileColumns.LINE.equals(name) || FileColumns.REASON.equals(name));
			names.add(FileColumns.LINE);
			names.add(FileColumns.REASON);
			writeLine(names);
		}
	}

	Path file() {
		return this.file;
	}

	String type() {
		return this.documents ? "application/x-ndjson" : "text/csv;charset=UTF-8;header=present";
	}

	List<Shown> shown() {
		return this.shown;
	}

	/**
	 * Add a reason why a row is rejected. Those of one row follow each other.
	 * @param row the line and the reason, then the texts of the row
	 */
	void add(List<@Nullable String> row) {
		if (this.line != null && !this.line.equals(row.get(0))) {
			endRow();
		}
		this.line = row.get(0);
		this.texts = row.subList(OF_REASON, row.size());
		RejectedReason reason = new RejectedReason("t".equals(row.get(1)), String.valueOf(row.get(2)),
				String.valueOf(row.get(3)), row.get(4), row.get(5), row.get(6), row.get(7), row.get(8), row.get(9));
		Problem problem = reason.problem(this.target);
		String text = (problem.column() != null) ? problem.column() + ": " + problem.message() : problem.message();
		text = (problem.details() != null) ? text + " (" + problem.details() + ")" : text;
		if (!this.reasons.contains(text)) {
			this.reasons.add(text);
			if (this.shown.size() < SHOWN) {
				this.shown.add(new Shown(Long.parseLong(String.valueOf(this.line)), problem.column(),
						Advice.of(problem, this.target)));
			}
		}
	}

	/**
	 * Write the row whose reasons were added.
	 */
	void endRow() {
		if (this.line == null) {
			return;
		}
		String reason = String.join("; ", this.reasons);
		try {
			if (this.documents) {
				writeDocument(this.line, reason);
			}
			else {
				writeFields(this.line, reason);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.line = null;
		this.reasons.clear();
	}

	private void writeFields(String line, String reason) throws IOException {
		List<@Nullable String> values = new ArrayList<>();
		for (int i = 0; i < this.texts.size(); i++) {
			String name = this.header.get(i);
			if (!name.equals(FileColumns.LINE) && !name.equals(FileColumns.REASON)) {
				values.add(this.texts.get(i));
			}
		}
		values.add(line);
		values.add(reason);
		writeLine(values);
	}

	private void writeLine(List<@Nullable String> values) throws IOException {
		for (int i = 0; i < values.size(); i++) {
			if (i > 0) {
				this.out.write(this.separator);
			}
			String value = values.get(i);
			this.out.write(quoted((this.guarded && value != null) ? FormulaGuard.guarded(value) : value));
		}
		this.out.write('\n');
	}

	private String quoted(@Nullable String value) {
		if (value == null) {
			return (this.nullText != null) ? this.nullText : "";
		}
		boolean plain = !value.isEmpty() && !value.equals(this.nullText) && value.equals(value.strip())
				&& value.chars().noneMatch((c) -> c == this.separator || c == this.quote || c == '\n' || c == '\r');
		String mark = String.valueOf(this.quote);
		return plain ? value : mark + value.replace(mark, mark + mark) + mark;
	}

	private void writeDocument(String line, String reason) throws IOException {
		String text = String.valueOf(this.texts.get(0));
		this.out.write("{\"_line\":" + line + ",\"_reason\":" + JSON.writeValueAsString(reason));
		try {
			for (Map.Entry<String, String> member : DocumentValues.members(text).entrySet()) {
				if (!member.getKey().equals(FileColumns.LINE) && !member.getKey().equals(FileColumns.REASON)) {
					this.out.write("," + JSON.writeValueAsString(member.getKey()) + ":"
							+ member.getValue().replace("\r", "").replace('\n', ' '));
				}
			}
		}
		catch (IllegalArgumentException ex) {
			// That it is no object may be why it is rejected.
			this.out.write(",\"_text\":" + JSON.writeValueAsString(text));
		}
		this.out.write("}\n");
	}

	@Override
	public void close() throws IOException {
		this.out.close();
	}

	/**
	 * A reason that is shown at once.
	 *
	 * @param line where the row begins
	 * @param column the column it is about, or {@code null}
	 * @param problem what is wrong
	 */
	record Shown(long line, @Nullable String column, Problem problem) {
	}

}

package dev.oriel.admin.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.oriel.admin.extension.RowImage;
import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.Relation;

/**
 * Makes rows out of a body for hooks to change, and a body out of them again.
 */
final class DraftedRows {

	private DraftedRows() {
	}

	/**
	 * Return the values of each row of a body. A column that is written although the row
	 * does not give it is NULL.
	 */
	static List<Map<String, String>> values(WriteBody body) {
		List<Map<String, String>> rows = new ArrayList<>();
		for (WriteBody.Run run : body.runs()) {
			for (String row : RowTexts.elements(run.json())) {
				rows.add(values(row, run.names()));
			}
		}
		return rows;
	}

	/**
	 * Return the rows of a body as they stand there.
	 */
	static List<RowImage> objects(WriteBody body) {
		return body.runs()
			.stream()
			.flatMap((run) -> RowTexts.elements(run.json()).stream())
			.map((row) -> RowImage.of(row))
			.toList();
	}

	private static Map<String, String> values(String row, Set<String> names) {
		RowImage given = RowImage.of(row);
		Map<String, String> values = new LinkedHashMap<>();
		for (String name : names) {
			String json = given.json(name);
			values.put(name, (json != null) ? json : "null");
		}
		return values;
	}

	/**
	 * Return the body of rows that hooks have changed.
	 */
	static WriteBody body(List<RowDraft> rows, boolean array) {
		Set<String> names = new LinkedHashSet<>();
		List<WriteBody.Run> runs = new ArrayList<>();
		List<String> texts = new ArrayList<>();
		Set<String> last = Set.of();
		for (RowDraft row : rows) {
			Set<String> given = row.writtenValues().keySet();
			names.addAll(given);
			// A statement without columns inserts no more than one row.
			if (!texts.isEmpty() && (last.isEmpty() || !last.equals(given))) {
				runs.add(run(last, texts));
				texts.clear();
			}
			last = given;
			texts.add(RowImage.of(row.writtenValues()).json());
		}
		if (!texts.isEmpty()) {
			runs.add(run(last, texts));
		}
		String single = array ? null : RowImage.of(rows.get(0).writtenValues()).json();
		return new WriteBody(single, rows.size(), names, runs);
	}

	private static WriteBody.Run run(Set<String> names, List<String> texts) {
		return new WriteBody.Run(new LinkedHashSet<>(names), texts.size(), "[" + String.join(",", texts) + "]");
	}

	/**
	 * Return the columns of those names, all of which there are.
	 */
	static List<Column> columns(Relation relation, Set<String> names) {
		List<Column> columns = new ArrayList<>();
		for (String name : names) {
			Column column = relation.column(name);
			if (column != null) {
				columns.add(column);
			}
		}
		return columns;
	}

}

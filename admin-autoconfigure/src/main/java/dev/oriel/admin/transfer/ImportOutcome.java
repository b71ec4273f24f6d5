package dev.oriel.admin.transfer;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.oriel.admin.data.Problem;
import dev.oriel.admin.transfer.RejectedRows.Shown;
import dev.oriel.admin.transfer.StagedWriter.Counts;

import org.jspecify.annotations.Nullable;

/**
 * What became of an import.
 *
 * @param complete whether all was done that was asked for: no row was rejected, or good
 * rows were wanted without them. Otherwise nothing is kept; with batches, nothing but
 * those that had ended
 * @param dryRun whether nothing is kept in any case
 * @param read how many rows the file has; fewer if it was not read to its end
 * @param inserted how many rows are new, or would be in a dry run
 * @param updated how many rows were changed
 * @param unchanged how many rows were there already as they are in the file
 * @param rejected how many rows could not be kept
 * @param problems the first reasons why rows were rejected
 * @param columns where the columns of the file went, by their names there
 * @param rejectedRows a file with the rejected rows and the reasons for each, in the
 * shape of the one that was imported, or {@code null} if there are none. It is deleted
 * after {@code oriel.import.keep}, and when the application ends; copy it in time
 * @since 0.1.0
 */
public record ImportOutcome(boolean complete, boolean dryRun, long read, long inserted, long updated, long unchanged,
		long rejected, List<Rejection> problems, Map<String, String> columns, @Nullable Path rejectedRows) {

	public ImportOutcome {
		problems = List.copyOf(problems);
	}

	/**
	 * Return what became of an import that has ended.
	 */
	static ImportOutcome of(Job job) {
		Map<String, Object> details = job.details();
		Counts counts = (details.get("counts") instanceof Counts known) ? known : Counts.NONE;
		Map<String, String> columns = new LinkedHashMap<>();
		if (details.get("columns") instanceof Map<?, ?> mapping) {
			mapping.forEach((header, column) -> columns.put(String.valueOf(header), String.valueOf(column)));
		}
		List<Rejection> problems = (details.get("problems") instanceof List<?> shown) ? shown.stream()
			.map(Shown.class::cast)
			.map((each) -> new Rejection(each.line(), each.problem()))
			.toList() : List.of();
		return new ImportOutcome(job.state() == Job.State.DONE, Boolean.TRUE.equals(details.get("dryRun")),
				counts.read(), counts.inserted(), counts.updated(), counts.unchanged(), counts.rejected(), problems,
				columns, job.file());
	}

	/**
	 * Why a row was rejected.
	 *
	 * @param line where the row begins: a line, or of a workbook a row, from 1; of a JSON
	 * array the number of the element
	 * @param problem why
	 */
	public record Rejection(long line, Problem problem) {
	}

}

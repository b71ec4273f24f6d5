package dev.oriel.admin.transfer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import tools.jackson.databind.json.JsonMapper;

import dev.oriel.admin.data.Problem;
import dev.oriel.admin.transfer.RejectedRows.Shown;
import dev.oriel.admin.transfer.StagedWriter.Counts;

import org.jspecify.annotations.Nullable;

/**
 * What is told of a job, as JSON:
 *
 * <pre>
 * {"job", "kind", "relation", "state": "running|done|rejected|cancelled|failed", "phase", "seconds",
 *  "rows": {"read", "written"}, "bytes": {"read", "total"}, "rate": rows a second, "eta": seconds or null}
 * </pre>
 *
 * and, once it has ended, {@code rows} with {@code inserted}, {@code updated},
 * {@code unchanged} and {@code rejected}, {@code problems} with the first reasons,
 * {@code rejected} with where the rejected rows are, {@code columns}, {@code file},
 * {@code dryRun} and {@code problem}. An export has {@code total}, the number of rows
 * that there are, as {@code {"value", "exact"}}.
 *
 * @since 0.1.0
 */
public final class JobDocument {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	/** How much longer it takes to write a row than to read it, roughly. */
	private static final double WRITING = 2;

	private JobDocument() {
	}

	/**
	 * Return the document. Its references are relative to that of any import, export or
	 * job.
	 * @param job the job
	 */
	public static String of(Job job) {
		Map<String, @Nullable Object> document = new LinkedHashMap<>();
		document.put("job", job.id().toString());
		document.put("kind", job.kind());
		document.put("relation", job.relation().toString());
		document.put("state", job.state().name().toLowerCase(Locale.ROOT));
		document.put("phase", job.phase());
		double seconds = job.seconds();
		document.put("seconds", Math.round(seconds * 1000) / 1000.0);
		Map<String, Object> details = job.details();
		document.put("rows",
				(details.get("counts") instanceof Counts counts) ? counts : new Progress(job.rows(), job.written()));
		document.put("bytes", bytes(job));
		document.put("rate", (seconds > 0) ? Math.round(job.rows() / seconds) : 0);
		document.put("eta", eta(job, seconds));
		details.forEach((name, value) -> {
			if (!name.equals("counts")) {
				document.put(name, (name.equals("problems") && value instanceof List<?> list) ? problems(list) : value);
			}
		});
		if (job.file() != null) {
			document.put("rejected", "../jobs/" + job.id() + "/rejected");
		}
		Problem problem = job.problem();
		if (problem != null) {
			document.put("problem", problem(problem));
		}
		return JSON.writeValueAsString(document);
	}

	private static Map<String, @Nullable Object> bytes(Job job) {
		Map<String, @Nullable Object> bytes = new LinkedHashMap<>();
		bytes.put("read", job.bytes());
		bytes.put("total", (job.totalBytes() >= 0) ? job.totalBytes() : null);
		return bytes;
	}

	/**
	 * Return in how many seconds it will have ended, if that can be said.
	 */
	private static @Nullable Long eta(Job job, double seconds) {
		if (job.state() != Job.State.RUNNING) {
			return null;
		}
		double done;
		if (job.totalRows() >= 0) {
			done = (job.totalRows() > 0) ? Math.min(1, (double) job.written() / job.totalRows()) : 0;
		}
		else if (job.phase().equals("reading")) {
			done = (job.totalBytes() > 0) ? (double) job.bytes() / job.totalBytes() / (1 + WRITING) : 0;
		}
		else {
			done = (job.rows() > 0) ? (1 + WRITING * job.written() / job.rows()) / (1 + WRITING) : 0;
		}
		return (done > 0) ? Math.round(Math.max(0, seconds / done - seconds)) : null;
	}

	private static List<Map<String, @Nullable Object>> problems(List<?> shown) {
		return shown.stream().map(Shown.class::cast).map((each) -> {
			Map<String, @Nullable Object> problem = new LinkedHashMap<>();
			problem.put("line", each.line());
			problem.putAll(problem(each.problem()));
			return problem;
		}).toList();
	}

	private static Map<String, @Nullable Object> problem(Problem problem) {
		Map<String, @Nullable Object> members = new LinkedHashMap<>();
		members.put("code", problem.code());
		members.put("message", problem.message());
		members.put("details", problem.details());
		members.put("hint", problem.hint());
		if (problem.column() != null) {
			members.put("column", problem.column());
		}
		return members;
	}

	/**
	 * How far a job is.
	 *
	 * @param read how many rows were read
	 * @param written how many of them were dealt with
	 */
	record Progress(long read, long written) {
	}

}

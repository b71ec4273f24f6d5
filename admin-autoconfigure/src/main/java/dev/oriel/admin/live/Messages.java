package dev.oriel.admin.live;

import java.util.Iterator;
import java.util.List;

import dev.oriel.admin.change.ChangeEvent;
import dev.oriel.admin.data.Count;
import dev.oriel.admin.data.Problem;
import dev.oriel.admin.data.Row;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * Writes the bodies of messages. Rows are already JSON, made by PostgreSQL, and go out
 * untouched.
 */
final class Messages {

	private Messages() {
	}

	static LiveMessage snapshot(long version, List<Row> rows, @Nullable Count count, @Nullable Count newer) {
		StringBuilder json = new StringBuilder("{\"type\":\"snapshot\",\"version\":").append(version)
			.append(",\"rows\":[");
		String separator = "";
		for (Row row : rows) {
			json.append(separator).append(row.json());
			separator = ",";
		}
		json.append(']');
		append(json, "count", count);
		append(json, "newer", newer);
		return new LiveMessage(0, version, json.append('}').toString());
	}

	static LiveMessage delta(long from, long to, List<Change> changes, @Nullable Count count, @Nullable Count newer) {
		StringBuilder json = new StringBuilder("{\"type\":\"delta\",\"from\":").append(from)
			.append(",\"to\":")
			.append(to)
			.append(",\"changes\":[");
		String separator = "";
		for (Change change : changes) {
			json.append(separator);
			append(json, change);
			separator = ",";
		}
		json.append(']');
		append(json, "count", count);
		append(json, "newer", newer);
		return new LiveMessage(from, to, json.append('}').toString());
	}

	static LiveMessage error(Problem problem) {
		StringBuilder json = new StringBuilder("{\"type\":\"error\",\"problem\":{\"code\":");
		append(json, problem.code());
		json.append(",\"message\":");
		append(json, problem.message());
		json.append(",\"details\":");
		if (problem.candidates().isEmpty()) {
			append(json, problem.details());
		}
		else {
			append(json, problem.candidates().iterator());
		}
		json.append(",\"hint\":");
		append(json, problem.hint());
		return new LiveMessage(0, 0, json.append("}}").toString());
	}

	/**
	 * Return the message of how far a job is.
	 * @param document the job, a JSON object
	 */
	static LiveMessage job(String document) {
		return new LiveMessage(0, 0, "{\"type\":\"job\"," + document.substring(1));
	}

	static LiveMessage schema(String version) {
		StringBuilder json = new StringBuilder("{\"type\":\"schema\",\"version\":");
		append(json, version);
		return new LiveMessage(0, 0, json.append('}').toString());
	}

	static LiveMessage event(ChangeEvent event, boolean withKeys) {
		StringBuilder json = new StringBuilder("{\"op\":\"").append(event.operation().label()).append("\",\"keys\":[");
		String separator = "";
		for (List<String> key : withKeys ? event.keys() : List.<List<String>>of()) {
			json.append(separator);
			append(json, key);
			separator = ",";
		}
		json.append("],\"bulk\":").append(event.bulk() || !withKeys).append(",\"tx\":");
		append(json, event.transaction());
		return new LiveMessage(0, 0, json.append('}').toString());
	}

	private static void append(StringBuilder json, Change change) {
		if (change instanceof Change.Insert insert) {
			row(json.append("{\"op\":\"insert\",\"at\":").append(insert.at()), insert.key(), insert.json());
		}
		else if (change instanceof Change.Update update) {
			row(json.append("{\"op\":\"update\",\"at\":").append(update.at()), update.key(), update.json());
		}
		else if (change instanceof Change.Move move) {
			json.append("{\"op\":\"move\",\"from\":").append(move.from()).append(",\"at\":").append(move.at());
			append(json.append(",\"key\":"), move.key());
			json.append('}');
		}
		else if (change instanceof Change.Delete delete) {
			json.append("{\"op\":\"delete\",\"at\":").append(delete.at());
			append(json.append(",\"key\":"), delete.key());
			json.append('}');
		}
	}

	private static void append(StringBuilder json, Iterator<Problem.Candidate> candidates) {
		json.append('[');
		while (candidates.hasNext()) {
			Problem.Candidate candidate = candidates.next();
			append(json.append("{\"cardinality\":"), candidate.cardinality());
			append(json.append(",\"embedding\":"), candidate.embedding());
			append(json.append(",\"relationship\":"), candidate.relationship());
			json.append(candidates.hasNext() ? "}," : "}");
		}
		json.append(']');
	}

	private static void row(StringBuilder json, List<String> key, String row) {
		append(json.append(",\"key\":"), key);
		json.append(",\"row\":").append(row).append('}');
	}

	private static void append(StringBuilder json, List<String> key) {
		json.append('[');
		String separator = "";
		for (String part : key) {
			json.append(separator);
			append(json, part);
			separator = ",";
		}
		json.append(']');
	}

	private static void append(StringBuilder json, String name, @Nullable Count count) {
		if (count != null) {
			json.append(",\"")
				.append(name)
				.append("\":{\"value\":")
				.append(count.value())
				.append(",\"exact\":")
				.append(count.exact())
				.append('}');
		}
	}

	private static void append(StringBuilder json, @Nullable String text) {
		if (text == null) {
			json.append("null");
		}
		else {
			json.append('"').append(JsonStringEncoder.getInstance().quoteAsCharArray(text)).append('"');
		}
	}

}

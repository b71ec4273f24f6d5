package dev.oriel.admin.web;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import dev.oriel.admin.data.Output;
import dev.oriel.admin.data.Problem;
import dev.oriel.admin.data.ProblemException;
import dev.oriel.admin.data.RowPage;
import dev.oriel.admin.sql.Explain;
import dev.oriel.admin.sql.PlanOption;
import dev.oriel.admin.sql.RowFormat;

import org.jspecify.annotations.Nullable;

/**
 * How rows are written into the body of an answer.
 *
 * @see <a href=
 * "https://docs.postgrest.org/en/stable/references/api/resource_representation.html">
 * PostgREST: resource representation</a>
 */
sealed interface Representation {

	/** Every row in an array, with all of its fields. */
	Representation JSON = new Json(false, false);

	/** The media types of any number of rows that are offered everywhere. */
	List<String> OF_ROWS = List.of(JSON.mediaType(), new Json(false, true).mediaType(), new Csv().mediaType(),
			new Ndjson().mediaType());

	/** The media types of exactly one row. */
	List<String> OF_ROW = List.of(new Json(true, false).mediaType(), new Json(true, true).mediaType());

	/**
	 * Return the media type as it stands in the header {@code Content-Type}, without its
	 * character set.
	 */
	String mediaType();

	/**
	 * Return what the database has to make of the rows.
	 */
	Output output();

	/**
	 * Return the body of the answer.
	 * @param page the rows, made as wanted; just one if there has to be one
	 */
	String body(RowPage page);

	default String contentType() {
		return mediaType() + ";charset=UTF-8";
	}

	/**
	 * Whether there has to be exactly one row.
	 */
	default boolean single() {
		return false;
	}

	/**
	 * Return the representation that a client wants most of those there are.
	 * @param accepted what the client takes
	 * @param offers what there is besides
	 * @throws ProblemException with status 406 when it takes nothing that is offered
	 */
	static Representation negotiate(AcceptedTypes accepted, Offers offers) {
		for (AcceptedTypes.Range range : accepted.ranges()) {
			Representation found = of(range, offers);
			if (found != null) {
				return found;
			}
		}
		throw new ProblemException(new Problem(406, "PGRST107", "None of these media types are available: " + accepted,
				null,
				"Ask for application/json, text/csv, application/x-ndjson or application/vnd.pgrst.object+json."));
	}

	private static @Nullable Representation of(AcceptedTypes.Range range, Offers offers) {
		boolean stripped = "stripped".equals(range.parameters().get("nulls"));
		return switch (range.type()) {
			case "application/vnd.pgrst.object+json", "application/vnd.pgrst.object" -> new Json(true, stripped);
			case "application/vnd.pgrst.array+json", "application/vnd.pgrst.array" -> new Json(false, stripped);
			case "application/x-ndjson", "application/ndjson" -> new Ndjson();
			case Xlsx.MEDIA_TYPE -> offers.workbooks() ? new Xlsx() : null;
			case "application/geo+json" -> GeoJson.of(offers.postGis().get());
			case "application/vnd.pgrst.plan", "application/vnd.pgrst.plan+text" ->
				offers.plans() ? plan(range, offers, false) : null;
			case "application/vnd.pgrst.plan+json" -> offers.plans() ? plan(range, offers, true) : null;
			default -> range.takes("application/json") ? JSON : (range.takes("text/csv") ? new Csv() : null);
		};
	}

	private static @Nullable Plan plan(AcceptedTypes.Range range, Offers offers, boolean json) {
		String wanted = range.parameters().getOrDefault("for", "application/json");
		Representation of = of(AcceptedTypes.Range.parse(wanted), offers.withoutPlans());
		List<String> options = Arrays.asList(range.parameters().getOrDefault("options", "").split("\\|"));
		Set<PlanOption> known = EnumSet.allOf(PlanOption.class)
			.stream()
			.filter((option) -> options.contains(option.name().toLowerCase(Locale.ROOT)))
			.collect(Collectors.toCollection(() -> EnumSet.noneOf(PlanOption.class)));
		return (of != null) ? new Plan(of, json, known) : null;
	}

	/**
	 * JSON.
	 *
	 * @param single whether the only row is answered as an object instead of an array
	 * @param stripped whether fields that are {@code null} are left out
	 */
	record Json(boolean single, boolean stripped) implements Representation {

		@Override
		public String mediaType() {
			if (!this.single && !this.stripped) {
				return "application/json";
			}
			return "application/vnd.pgrst." + (this.single ? "object" : "array") + "+json"
					+ (this.stripped ? ";nulls=stripped" : "");
		}

		@Override
		public Output output() {
			return new Output(this.stripped ? RowFormat.STRIPPED_JSON : RowFormat.JSON, null);
		}

		@Override
		public String body(RowPage page) {
			return this.single ? page.rows().get(0).json() : page.json();
		}

	}

	/**
	 * Comma-separated values, with the fields' names in the first line.
	 */
	record Csv() implements Representation {

		@Override
		public String mediaType() {
			return "text/csv";
		}

		@Override
		public Output output() {
			return new Output(RowFormat.RECORD, null);
		}

		@Override
		public String body(RowPage page) {
			return CsvLines.write(page);
		}

	}

	/**
	 * A JSON object in each line.
	 */
	record Ndjson() implements Representation {

		@Override
		public String mediaType() {
			return "application/x-ndjson";
		}

		@Override
		public String contentType() {
			return mediaType();
		}

		@Override
		public Output output() {
			return Output.JSON;
		}

		@Override
		public String body(RowPage page) {
			// Only values of the type json have line feeds, and only between their texts.
			return page.rows()
				.stream()
				.map((row) -> row.json().replace('\n', ' ').replace('\r', ' ') + "\n")
				.collect(Collectors.joining());
		}

	}

	/**
	 * A workbook. Its rows are only ever sent while they are read.
	 */
	record Xlsx() implements Representation {

		static final String MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

		@Override
		public String mediaType() {
			return MEDIA_TYPE;
		}

		@Override
		public String contentType() {
			return MEDIA_TYPE;
		}

		@Override
		public Output output() {
			return Output.JSON;
		}

		@Override
		public String body(RowPage page) {
			throw new IllegalStateException("A workbook is no text");
		}

	}

	/**
	 * A collection of features, made by PostGIS.
	 *
	 * @param schema the schema that it is installed in
	 */
	record GeoJson(String schema) implements Representation {

		static @Nullable GeoJson of(@Nullable String schema) {
			return (schema != null) ? new GeoJson(schema) : null;
		}

		@Override
		public Output output() {
			return new Output(RowFormat.feature(this.schema), null);
		}

		@Override
		public String body(RowPage page) {
			return "{\"type\": \"FeatureCollection\", \"features\": " + page.json() + "}";
		}

		@Override
		public String mediaType() {
			return "application/geo+json";
		}

	}

	/**
	 * How PostgreSQL carries the request out, instead of what comes of it.
	 *
	 * @param of how the rows would be written
	 * @param json whether the plan itself is JSON instead of text
	 * @param options what else the plan tells
	 */
	record Plan(Representation of, boolean json, Set<PlanOption> options) implements Representation {

		@Override
		public Output output() {
			return new Output(this.of.output().format(), new Explain(this.json, this.options));
		}

		@Override
		public String body(RowPage page) {
			return page.rows().isEmpty() ? "" : page.rows().get(0).json();
		}

		@Override
		public String mediaType() {
			String chosen = this.options.stream()
				.map((option) -> option.name().toLowerCase(Locale.ROOT))
				.collect(Collectors.joining("|"));
			return "application/vnd.pgrst.plan+" + (this.json ? "json" : "text") + ";for=\"" + this.of.mediaType()
					+ "\"" + (chosen.isEmpty() ? "" : ";options=" + chosen);
		}

	}

}

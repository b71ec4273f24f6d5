package dev.oriel.admin;

import java.util.List;
import java.util.function.Consumer;

import dev.oriel.admin.data.Impact;
import dev.oriel.admin.data.Output;
import dev.oriel.admin.data.Payload;
import dev.oriel.admin.data.Problem;
import dev.oriel.admin.data.ProblemException;
import dev.oriel.admin.data.ReadOptions;
import dev.oriel.admin.data.WriteOptions;
import dev.oriel.admin.query.QueryException;
import dev.oriel.admin.query.WriteParameters;
import dev.oriel.admin.sql.VersionMode;

import org.jspecify.annotations.Nullable;

/**
 * What is asked for besides the query.
 *
 * @param version what is done with the versions of rows
 * @param expected the version that the row to write must have, or {@code null}
 * @param atMost how many rows may be written, or {@code null} for no limit
 * @param dryRun whether what is written is undone
 * @param timeZone the time zone of points in time, or {@code null} for UTC
 * @param columns the columns to write, or {@code null} for those that are given
 * @param onConflict the columns that tell duplicates, or {@code null} for the primary key
 * @param defaults whether columns that are missing get their defaults
 * @param replaceChildren whether lists of related rows are all that there shall be
 * @param impact told what a dry run would change, or {@code null}
 */
record TableTerms(VersionMode version, @Nullable String expected, @Nullable Long atMost, boolean dryRun,
		@Nullable String timeZone, @Nullable List<String> columns, @Nullable List<String> onConflict, boolean defaults,
		boolean replaceChildren, @Nullable Consumer<Impact> impact) {

	static final TableTerms NONE = new TableTerms(VersionMode.NONE, null, null, false, null, null, null, false, false,
			null);

	TableTerms withVersions() {
		return new TableTerms(VersionMode.IN_ROW, this.expected, this.atMost, this.dryRun, this.timeZone, this.columns,
				this.onConflict, this.defaults, this.replaceChildren, this.impact);
	}

	TableTerms withExpected(String expected) {
		return new TableTerms(this.version, expected, this.atMost, this.dryRun, this.timeZone, this.columns,
				this.onConflict, this.defaults, this.replaceChildren, this.impact);
	}

	TableTerms withAtMost(long atMost) {
		return new TableTerms(this.version, this.expected, atMost, this.dryRun, this.timeZone, this.columns,
				this.onConflict, this.defaults, this.replaceChildren, this.impact);
	}

	TableTerms withDryRun(@Nullable Consumer<Impact> impact) {
		return new TableTerms(this.version, this.expected, this.atMost, true, this.timeZone, this.columns,
				this.onConflict, this.defaults, this.replaceChildren, impact);
	}

	TableTerms withTimeZone(String timeZone) {
		return new TableTerms(this.version, this.expected, this.atMost, this.dryRun, timeZone, this.columns,
				this.onConflict, this.defaults, this.replaceChildren, this.impact);
	}

	TableTerms withColumns(List<String> columns) {
		return new TableTerms(this.version, this.expected, this.atMost, this.dryRun, this.timeZone, columns,
				this.onConflict, this.defaults, this.replaceChildren, this.impact);
	}

	TableTerms withOnConflict(List<String> onConflict) {
		return new TableTerms(this.version, this.expected, this.atMost, this.dryRun, this.timeZone, this.columns,
				onConflict, this.defaults, this.replaceChildren, this.impact);
	}

	TableTerms withDefaults() {
		return new TableTerms(this.version, this.expected, this.atMost, this.dryRun, this.timeZone, this.columns,
				this.onConflict, true, this.replaceChildren, this.impact);
	}

	TableTerms withReplacedChildren() {
		return new TableTerms(this.version, this.expected, this.atMost, this.dryRun, this.timeZone, this.columns,
				this.onConflict, this.defaults, true, this.impact);
	}

	/**
	 * Return these terms with what a query string says about writing.
	 */
	TableTerms withParameters(String query) {
		try {
			WriteParameters parameters = WriteParameters.parse(query);
			TableTerms terms = (parameters.columns() != null) ? withColumns(parameters.columns()) : this;
			return (parameters.onConflict() != null) ? terms.withOnConflict(parameters.onConflict()) : terms;
		}
		catch (QueryException ex) {
			throw new ProblemException(Problem.of(ex), ex);
		}
	}

	ReadOptions reading() {
		return ReadOptions.DEFAULTS.withVersion(this.version).withTimeZone(this.timeZone).allOrNothing();
	}

	WriteOptions writing() {
		return new WriteOptions(this.version, this.expected, this.atMost, false, this.dryRun, this.timeZone,
				Output.JSON)
			.withImpact(this.impact);
	}

	Payload payload(Object rows) {
		return new Payload(RowJson.write(rows), this.columns, this.defaults, this.replaceChildren);
	}

}

package dev.oriel.admin.web;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import dev.oriel.admin.data.CountMode;
import dev.oriel.admin.data.Duplicates;
import dev.oriel.admin.data.Duplicates.Resolution;
import dev.oriel.admin.data.Payload;
import dev.oriel.admin.data.RelationWriter;
import dev.oriel.admin.data.Row;
import dev.oriel.admin.data.RowPage;
import dev.oriel.admin.data.WriteOptions;
import dev.oriel.admin.data.Written;
import dev.oriel.admin.query.QueryWriter;
import dev.oriel.admin.query.WriteParameters;
import dev.oriel.admin.schema.SchemaSource;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

import org.jspecify.annotations.Nullable;

/**
 * Answers requests that write rows of relations.
 *
 * @param source where the schema comes from
 * @param writer writes them
 */
record RowWrites(SchemaSource source, RelationWriter writer) {

	ServerResponse insert(ServerRequest request, Exchange exchange) throws IOException {
		WriteParameters parameters = WriteParameters.parse(RequestReader.queryString(request));
		Duplicates duplicates = duplicates(exchange.preferences(), parameters);
		Written written = this.writer.insert(exchange.caller(), exchange.relation(),
				payload(request, exchange, parameters), duplicates, exchange.query(), options(request, exchange, null));
		ServerTiming.executed(request);
		boolean merged = duplicates != null && duplicates.resolution() == Resolution.MERGE && !written.created();
		HttpStatus status = merged ? HttpStatus.OK : HttpStatus.CREATED;
		Set<Preference> applicable = EnumSet.copyOf(Preference.OF_INSERTS);
		if (duplicates == null || (duplicates.key() == null && primaryKey(exchange).isEmpty())) {
			applicable.remove(Preference.RESOLUTION);
		}
		return answer(request, exchange, written.page(), new Outcome(status, status,
				exchange.preferences().applied(applicable), "*", location(request, exchange, written.page())));
	}

	private static @Nullable Duplicates duplicates(Preferences preferences, WriteParameters parameters) {
		if (preferences.is(Preference.RESOLUTION, "merge-duplicates")) {
			return new Duplicates(Resolution.MERGE, parameters.onConflict());
		}
		return preferences.is(Preference.RESOLUTION, "ignore-duplicates")
				? new Duplicates(Resolution.IGNORE, parameters.onConflict()) : null;
	}

	ServerResponse replace(ServerRequest request, Exchange exchange) throws IOException {
		Written written = this.writer.replace(exchange.caller(), exchange.relation(),
				new Payload(Bodies.rows(request), null, false, replacesChildren(exchange)), exchange.query(),
				options(request, exchange, null));
		ServerTiming.executed(request);
		return answer(request, exchange, written.page(),
				new Outcome(written.created() ? HttpStatus.CREATED : HttpStatus.OK, HttpStatus.NO_CONTENT,
						exchange.preferences().applied(Preference.OF_REPLACEMENTS), null, null));
	}

	ServerResponse update(ServerRequest request, Exchange exchange) throws IOException {
		WriteParameters parameters = WriteParameters.parse(RequestReader.queryString(request));
		RowPage page = this.writer.update(exchange.caller(), exchange.relation(),
				payload(request, exchange, parameters), exchange.query(),
				options(request, exchange, exchange.preferences().maxAffected()));
		ServerTiming.executed(request);
		return answer(request, exchange, page, new Outcome(HttpStatus.OK, HttpStatus.NO_CONTENT,
				exchange.preferences().applied(Preference.OF_UPDATES), RowRange.rows(0, page.size()), null));
	}

	private static Payload payload(ServerRequest request, Exchange exchange, WriteParameters parameters)
			throws IOException {
		return new Payload(Bodies.rows(request), parameters.columns(),
				exchange.preferences().is(Preference.MISSING, "default"), replacesChildren(exchange));
	}

	private static boolean replacesChildren(Exchange exchange) {
		return exchange.preferences().is(Preference.CHILDREN, "replace");
	}

	ServerResponse delete(ServerRequest request, Exchange exchange) {
		RowPage page = this.writer.delete(exchange.caller(), exchange.relation(), exchange.query(),
				options(request, exchange, exchange.preferences().maxAffected()));
		ServerTiming.executed(request);
		return answer(request, exchange, page, new Outcome(HttpStatus.OK, HttpStatus.NO_CONTENT,
				exchange.preferences().applied(Preference.OF_DELETES), "*", null));
	}

	private static ServerResponse answer(ServerRequest request, Exchange exchange, RowPage page, Outcome outcome) {
		if (exchange.explained()) {
			return exchange.body(ServerResponse.ok(), page);
		}
		boolean rows = exchange.preferences().representation();
		boolean impact = exchange.preferences().impact();
		HttpStatus status = impact ? HttpStatus.OK : (rows ? outcome.withRows() : outcome.without());
		ServerResponse.BodyBuilder response = exchange.answer(status, outcome.applied());
		if (outcome.range() != null) {
			CountMode count = exchange.preferences().count();
			boolean counted = count == CountMode.EXACT || count == CountMode.ESTIMATED;
			response.header(HttpHeaders.CONTENT_RANGE, outcome.range() + "/" + (counted ? page.size() : "*"));
		}
		if (outcome.location() != null) {
			response.header(HttpHeaders.LOCATION, outcome.location());
		}
		if (impact) {
			return ImpactBody.answer(request, exchange.profile(), response, "rows", rows ? page.json() : null);
		}
		if (!rows) {
			return response.build();
		}
		return exchange.single() ? SingleRow.of(page).answer(exchange, response) : exchange.body(response, page);
	}

	/**
	 * Return where the only row is that was inserted, if it was asked for.
	 */
	private @Nullable String location(ServerRequest request, Exchange exchange, RowPage page) {
		boolean wanted = exchange.preferences().is(Preference.RETURN, "headers-only");
		if (!wanted || page.rows().size() != 1 || page.rows().get(0).key().isEmpty()) {
			return null;
		}
		Row row = page.rows().get(0);
		List<String> key = this.source.snapshot().relation(exchange.relation()).key();
		StringBuilder location = new StringBuilder(RelativeReference.to(request.servletRequest().getRequestURI()));
		for (int i = 0; i < row.key().size(); i++) {
			location.append((i == 0) ? '?' : '&').append(Encoding.query(QueryWriter.name(key.get(i))));
			location.append("=eq.").append(Encoding.query(row.key().get(i)));
		}
		return location.toString();
	}

	private List<String> primaryKey(Exchange exchange) {
		return this.source.snapshot().relation(exchange.relation()).primaryKey();
	}

	private static WriteOptions options(ServerRequest request, Exchange exchange, @Nullable Long maxAffected) {
		Preferences preferences = exchange.preferences();
		List<String> versions = RequestReader.expectedVersions(request);
		WriteOptions options = new WriteOptions(exchange.version(), versions.isEmpty() ? null : versions.get(0),
				maxAffected, exchange.single(), preferences.rollback(), preferences.timeZone(),
				exchange.representation().output());
		if (versions.size() > 1) {
			options = options.withVersions(versions.get(0), Set.copyOf(versions.subList(1, versions.size())));
		}
		return options.withImpact(ImpactBody.told(request, preferences, exchange.representation()));
	}

	/**
	 * What an answer tells about a write besides its rows.
	 *
	 * @param withRows the status if the rows are returned
	 * @param without the status if they are not
	 * @param applied the preferences that were applied
	 * @param range the range of rows, or {@code null} to tell none
	 * @param location where the row is, or {@code null}
	 */
	private record Outcome(HttpStatus withRows, HttpStatus without, String applied, @Nullable String range,
			@Nullable String location) {
	}

}

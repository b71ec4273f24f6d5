package dev.oriel.admin.web;

import dev.oriel.admin.data.CountMode;
import dev.oriel.admin.data.ReadOptions;
import dev.oriel.admin.data.RelationReader;
import dev.oriel.admin.data.RowPage;
import dev.oriel.admin.data.RowStreams;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.transfer.Export;
import dev.oriel.admin.transfer.ExportFormat;
import dev.oriel.admin.transfer.Exporter;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Answers requests for the rows of relations.
 *
 * @param reader reads them
 * @param streams sends them as they come
 * @param exporter sends them as files
 */
record RowReads(RelationReader reader, RowStreams streams, Exporter exporter) {

	ServerResponse list(ServerRequest request, Exchange exchange) {
		Preferences preferences = exchange.preferences();
		Query query = RowRange.apply(exchange.query(), request.headers().header(HttpHeaders.RANGE));
		if (isStreamed(exchange, query)) {
			return stream(request, exchange, query);
		}
		boolean cursors = preferences.cursors() || query.anchor() != null;
		ReadOptions options = new ReadOptions(exchange.version(), preferences.count(), preferences.timeZone(), cursors,
				exchange.representation().output(), false);
		RowPage page = this.reader.read(exchange.caller(), exchange.relation(), query, options);
		ServerTiming.executed(request);
		if (exchange.explained()) {
			return exchange.body(ServerResponse.ok(), page);
		}
		String applied = preferences.applied(Preference.OF_READS);
		RowRange range = RowRange.of(query, page.rows().size(), page.total());
		if (!exchange.single()) {
			range.requireSatisfiable();
		}
		ServerResponse.BodyBuilder response = exchange
			.answer(exchange.single() ? HttpStatus.OK : range.status(), applied)
			.header(HttpHeaders.CONTENT_RANGE, range.header());
		String links = PageLinks.header(request.servletRequest().getRequestURI(), query, page);
		if (links != null) {
			response.header(HttpHeaders.LINK, links);
		}
		return exchange.single() ? SingleRow.of(page).answer(exchange, response) : exchange.body(response, page);
	}

	/**
	 * Whether rows are sent while they are read. Only where the headers say nothing about
	 * them, because these go first.
	 */
	private static boolean isStreamed(Exchange exchange, Query query) {
		Preferences preferences = exchange.preferences();
		Representation representation = exchange.representation();
		if (representation instanceof Representation.Xlsx) {
			return true;
		}
		boolean lines = representation instanceof Representation.Csv || representation instanceof Representation.Ndjson;
		return lines && preferences.count() == CountMode.NONE && !preferences.cursors() && query.anchor() == null;
	}

	private ServerResponse stream(ServerRequest request, Exchange exchange, Query query) {
		HttpHeaders headers = new HttpHeaders();
		headers.set(HttpHeaders.CONTENT_TYPE, exchange.representation().contentType());
		exchange.profile().addTo(headers);
		String applied = exchange.preferences().applied(Preference.OF_READS);
		if (!applied.isEmpty()) {
			headers.set("Preference-Applied", applied);
		}
		ReadOptions options = ReadOptions.DEFAULTS.withVersion(exchange.version())
			.withTimeZone(exchange.preferences().timeZone());
		// Who asks for the headers alone gets no rows, so none are read.
		Query asked = request.method().name().equals("HEAD") ? query.withPage(0L, null) : query;
		if (exchange.representation() instanceof Representation.Csv) {
			return new StreamedAnswer(headers,
					(out) -> this.streams.csv(exchange.caller(), exchange.relation(), asked, options, out));
		}
		boolean workbook = exchange.representation() instanceof Representation.Xlsx;
		CountMode count = exchange.preferences().count();
		if (workbook && count != CountMode.NONE) {
			headers.set(HttpHeaders.CONTENT_RANGE,
					"*/" + this.reader.count(exchange.caller(), exchange.relation(), query, count).value());
		}
		Export export = Export.raw(exchange.relation(), asked, options,
				workbook ? ExportFormat.XLSX : ExportFormat.NDJSON, false);
		return new StreamedAnswer(headers, (out) -> this.exporter.write(exchange.caller(), export, (rows) -> {
		}, out));
	}

}

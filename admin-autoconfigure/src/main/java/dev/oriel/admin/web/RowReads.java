package dev.oriel.admin.web;

import dev.oriel.admin.data.ReadOptions;
import dev.oriel.admin.data.RelationReader;
import dev.oriel.admin.data.RowPage;
import dev.oriel.admin.query.Query;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Answers requests for the rows of relations.
 *
 * @param reader reads them
 */
record RowReads(RelationReader reader) {

	ServerResponse list(ServerRequest request, Exchange exchange) {
		Preferences preferences = exchange.preferences();
		Query query = RowRange.apply(exchange.query(), request.headers().header(HttpHeaders.RANGE));
		boolean cursors = preferences.cursors() || query.anchor() != null;
		ReadOptions options = new ReadOptions(exchange.version(), preferences.count(), preferences.timeZone(), cursors,
				exchange.representation().output());
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

}

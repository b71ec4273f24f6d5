package dev.oriel.admin.web;

import java.io.IOException;
import java.util.List;

import dev.oriel.admin.data.CountMode;
import dev.oriel.admin.data.RelationWriter;
import dev.oriel.admin.data.Row;
import dev.oriel.admin.data.RowPage;
import dev.oriel.admin.data.WriteOptions;
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
		RowPage page = this.writer.insert(exchange.caller(), exchange.relation(), Bodies.read(request),
				exchange.query(), options(request, exchange));
		return answer(exchange, page, new Outcome(HttpStatus.CREATED, HttpStatus.CREATED,
				exchange.preferences().applied(Preference.OF_INSERTS), "*", location(exchange, page)));
	}

	ServerResponse update(ServerRequest request, Exchange exchange) throws IOException {
		RowPage page = this.writer.update(exchange.caller(), exchange.relation(), Bodies.read(request),
				exchange.query(), options(request, exchange));
		return answer(exchange, page, new Outcome(HttpStatus.OK, HttpStatus.NO_CONTENT,
				exchange.preferences().applied(Preference.OF_UPDATES), RowRange.rows(0, page.size()), null));
	}

	ServerResponse delete(ServerRequest request, Exchange exchange) {
		RowPage page = this.writer.delete(exchange.caller(), exchange.relation(), exchange.query(),
				options(request, exchange));
		return answer(exchange, page, new Outcome(HttpStatus.OK, HttpStatus.NO_CONTENT,
				exchange.preferences().applied(Preference.OF_DELETES), "*", null));
	}

	private static ServerResponse answer(Exchange exchange, RowPage page, Outcome outcome) {
		boolean rows = exchange.preferences().representation();
		ServerResponse.BodyBuilder response = exchange.answer(rows ? outcome.withRows() : outcome.without(),
				outcome.applied());
		if (outcome.range() != null) {
			CountMode count = exchange.preferences().count();
			boolean counted = count == CountMode.EXACT || count == CountMode.ESTIMATED;
			response.header(HttpHeaders.CONTENT_RANGE, outcome.range() + "/" + (counted ? page.size() : "*"));
		}
		if (outcome.location() != null) {
			response.header(HttpHeaders.LOCATION, outcome.location());
		}
		if (!rows) {
			return response.build();
		}
		return exchange.single() ? SingleRow.of(page).answer(exchange, response) : exchange.body(response, page.json());
	}

	/**
	 * Return where the only row is that was inserted, if it was asked for.
	 */
	private @Nullable String location(Exchange exchange, RowPage page) {
		boolean wanted = exchange.preferences().is(Preference.RETURN, "headers-only");
		if (!wanted || page.rows().size() != 1 || page.rows().get(0).key().isEmpty()) {
			return null;
		}
		Row row = page.rows().get(0);
		List<String> key = this.source.snapshot().relation(exchange.relation()).key();
		StringBuilder location = new StringBuilder("/").append(Encoding.query(exchange.relation().name()));
		for (int i = 0; i < row.key().size(); i++) {
			location.append((i == 0) ? '?' : '&').append(Encoding.query(key.get(i)));
			location.append("=eq.").append(Encoding.query(row.key().get(i)));
		}
		return location.toString();
	}

	private static WriteOptions options(ServerRequest request, Exchange exchange) {
		Preferences preferences = exchange.preferences();
		return new WriteOptions(exchange.version(), RequestReader.expectedVersion(request), preferences.maxAffected(),
				exchange.single(), preferences.rollback(), preferences.timeZone());
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

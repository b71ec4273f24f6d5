package dev.oriel.admin.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import dev.oriel.admin.access.AccessPolicy;
import dev.oriel.admin.access.Caller;
import dev.oriel.admin.data.Problem;
import dev.oriel.admin.data.ProblemException;
import dev.oriel.admin.data.ReadOptions;
import dev.oriel.admin.data.RelationReader;
import dev.oriel.admin.data.RelationWriter;
import dev.oriel.admin.data.Row;
import dev.oriel.admin.data.RowPage;
import dev.oriel.admin.data.WriteOptions;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.query.QueryParser;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.SchemaSnapshot;
import dev.oriel.admin.schema.SchemaSource;
import dev.oriel.admin.sql.VersionMode;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.util.StringUtils;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

import org.jspecify.annotations.Nullable;

/**
 * The rows of every relation, in the language of PostgREST.
 *
 * @see <a href="https://docs.postgrest.org/en/stable/references/api/tables_views.html">
 * PostgREST: tables and views</a>
 */
final class RestHandler {

	private static final String ALLOW = "OPTIONS,GET,HEAD,POST,PATCH,DELETE";

	private final SchemaSource source;

	private final RelationReader reader;

	private final RelationWriter writer;

	private final AllowedMethods methods;

	private final QueryParser parser = new QueryParser();

	RestHandler(SchemaSource source, RelationReader reader, RelationWriter writer, AccessPolicy policy) {
		this.source = source;
		this.methods = new AllowedMethods(source, policy);
		this.reader = reader;
		this.writer = writer;
	}

	ServerResponse handle(ServerRequest request) throws IOException {
		return switch (request.method().name()) {
			case "GET", "HEAD" -> list(request);
			case "POST" -> insert(request);
			case "PATCH" -> update(request);
			case "DELETE" -> delete(request);
			case "OPTIONS" -> ServerResponse.ok()
				.header(HttpHeaders.ALLOW,
						this.methods.of(GuardFilter.caller(request), relation(request, "Accept-Profile")))
				.build();
			default -> throw new ProblemException(new Problem(405, "PGRST117",
					"Unsupported HTTP method: " + request.method().name(), null, "One of " + ALLOW + "."));
		};
	}

	private ServerResponse list(ServerRequest request) {
		Exchange exchange = exchange(request, "Accept-Profile");
		Query query = RowRange.apply(exchange.query(), request.headers().header(HttpHeaders.RANGE));
		RowPage page = this.reader.read(exchange.caller(), exchange.relation(), query,
				ReadOptions.DEFAULTS.withVersion(exchange.version()).withCount(exchange.preferences().count()));
		if (exchange.single()) {
			return single(exchange, page, HttpStatus.OK);
		}
		RowRange range = new RowRange((query.offset() != null) ? query.offset() : 0, page.rows().size(), page.total());
		range.requireSatisfiable();
		return applied(ServerResponse.status(range.status()), exchange)
			.header(HttpHeaders.CONTENT_RANGE, range.header())
			.contentType(Responses.JSON)
			.body(bytes(page.json()));
	}

	private ServerResponse insert(ServerRequest request) throws IOException {
		Exchange exchange = exchange(request, "Content-Profile");
		RowPage page = this.writer.insert(exchange.caller(), exchange.relation(), Bodies.read(request),
				exchange.query(), options(request, exchange));
		return written(exchange, page, HttpStatus.CREATED, HttpStatus.CREATED);
	}

	private ServerResponse update(ServerRequest request) throws IOException {
		Exchange exchange = exchange(request, "Content-Profile");
		RowPage page = this.writer.update(exchange.caller(), exchange.relation(), Bodies.read(request),
				exchange.query(), options(request, exchange));
		return written(exchange, page, HttpStatus.OK, HttpStatus.NO_CONTENT);
	}

	private ServerResponse delete(ServerRequest request) {
		Exchange exchange = exchange(request, "Content-Profile");
		RowPage page = this.writer.delete(exchange.caller(), exchange.relation(), exchange.query(),
				options(request, exchange));
		return written(exchange, page, HttpStatus.OK, HttpStatus.NO_CONTENT);
	}

	private ServerResponse written(Exchange exchange, RowPage page, HttpStatus withRows, HttpStatus without) {
		boolean representation = exchange.preferences().is("return", "representation");
		if (representation && exchange.single()) {
			return single(exchange, page, withRows);
		}
		ServerResponse.BodyBuilder response = applied(ServerResponse.status(representation ? withRows : without),
				exchange);
		if (withRows != HttpStatus.CREATED) {
			response.header(HttpHeaders.CONTENT_RANGE, new RowRange(0, page.rows().size(), null).header());
		}
		else if (exchange.preferences().is("return", "headers-only") && page.rows().size() == 1) {
			response.header(HttpHeaders.LOCATION, location(exchange, page.rows().get(0)));
		}
		return representation ? response.contentType(Responses.JSON).body(bytes(page.json())) : response.build();
	}

	private ServerResponse single(Exchange exchange, RowPage page, HttpStatus status) {
		if (page.rows().size() != 1) {
			throw new ProblemException(Problem.notSingle(page.rows().size()));
		}
		Row row = page.rows().get(0);
		ServerResponse.BodyBuilder response = applied(ServerResponse.status(status), exchange)
			.contentType(MediaTypes.SINGLE);
		if (row.version() != null) {
			response.eTag('"' + row.version() + '"');
		}
		return response.body(bytes(row.json()));
	}

	private String location(Exchange exchange, Row row) {
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
		return new WriteOptions(exchange.version(), expectedVersion(request), preferences.maxAffected(),
				exchange.single(), preferences.is("tx", "rollback"));
	}

	private static @Nullable String expectedVersion(ServerRequest request) {
		String header = request.headers().firstHeader(HttpHeaders.IF_MATCH);
		if (header == null || header.strip().equals("*")) {
			return null;
		}
		String tag = header.strip();
		tag = tag.startsWith("W/") ? tag.substring(2) : tag;
		return StringUtils.trimTrailingCharacter(StringUtils.trimLeadingCharacter(tag, '"'), '"');
	}

	private Exchange exchange(ServerRequest request, String profileHeader) {
		RelationName relation = relation(request, profileHeader);
		String queryString = request.servletRequest().getQueryString();
		Query query = this.parser.parse((queryString != null) ? queryString : "");
		Preferences preferences = Preferences.parse(request.headers().header("Prefer"));
		boolean single = MediaTypes.wantsSingle(request.headers().accept());
		return new Exchange(GuardFilter.caller(request), relation, query, preferences, single);
	}

	private RelationName relation(ServerRequest request, String profileHeader) {
		String schema = request.headers().firstHeader(profileHeader);
		SchemaSnapshot snapshot = this.source.snapshot();
		return PathNames.resolve(snapshot, StringUtils.hasLength(schema) ? schema : defaultSchema(snapshot),
				request.pathVariable("relation"));
	}

	private static String defaultSchema(SchemaSnapshot snapshot) {
		List<String> schemas = snapshot.schemas();
		return schemas.isEmpty() ? "public" : schemas.get(0);
	}

	private static ServerResponse.BodyBuilder applied(ServerResponse.BodyBuilder response, Exchange exchange) {
		List<String> applied = exchange.preferences().applied();
		return applied.isEmpty() ? response : response.header("Preference-Applied", String.join(", ", applied));
	}

	private static byte[] bytes(String json) {
		return json.getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * A request as it is understood.
	 */
	private record Exchange(Caller caller, RelationName relation, Query query, Preferences preferences,
			boolean single) {

		VersionMode version() {
			if (this.preferences.rowVersion()) {
				return VersionMode.IN_ROW;
			}
			return this.single ? VersionMode.SEPARATE : VersionMode.NONE;
		}

	}

}

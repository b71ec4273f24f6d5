package dev.oriel.admin.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

import dev.oriel.admin.access.Caller;
import dev.oriel.admin.data.CallBody;
import dev.oriel.admin.data.CallOptions;
import dev.oriel.admin.data.CallResult;
import dev.oriel.admin.data.FunctionCaller;
import dev.oriel.admin.data.Problem;
import dev.oriel.admin.data.ProblemException;
import dev.oriel.admin.query.CallParameters;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.query.QueryParser;
import dev.oriel.admin.schema.Function;
import dev.oriel.admin.schema.SchemaSource;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.util.StringUtils;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * The functions of every schema, called in the language of PostgREST.
 *
 * @see <a href="https://docs.postgrest.org/en/stable/references/api/functions.html">
 * PostgREST: functions as RPC</a>
 */
final class RpcHandler {

	private final SchemaSource source;

	private final FunctionCaller functions;

	private final QueryParser parser = new QueryParser();

	RpcHandler(SchemaSource source, FunctionCaller functions) {
		this.source = source;
		this.functions = functions;
	}

	ServerResponse handle(ServerRequest request) throws IOException {
		return switch (request.method().name()) {
			case "GET", "HEAD" -> get(request);
			case "POST" -> post(request);
			case "OPTIONS" -> options(request);
			default -> throw new ProblemException(
					new Problem(405, "PGRST101", "Cannot use the %s method on RPC".formatted(request.method().name()),
							null, "One of OPTIONS, GET, HEAD and POST."));
		};
	}

	private ServerResponse get(ServerRequest request) {
		CallParameters parameters = CallParameters.parse(queryString(request));
		return call(request, "Accept-Profile", CallBody.ofTexts(parameters.arguments()), parameters.query(), true);
	}

	private ServerResponse post(ServerRequest request) throws IOException {
		Query query = this.parser.parse(queryString(request));
		return call(request, "Content-Profile", body(request), query, false);
	}

	private ServerResponse options(ServerRequest request) {
		Caller caller = GuardFilter.caller(request);
		List<Function> named = this.functions.named(caller, schema(request, "Accept-Profile"),
				request.pathVariable("function"));
		boolean readable = named.stream().anyMatch((function) -> !function.isVolatile());
		return ServerResponse.ok()
			.header(HttpHeaders.ALLOW, readable ? "OPTIONS,GET,HEAD,POST" : "OPTIONS,POST")
			.build();
	}

	private ServerResponse call(ServerRequest request, String profileHeader, CallBody body, Query query,
			boolean readOnly) {
		Preferences preferences = Preferences.parse(request.headers().header("Prefer"));
		boolean single = MediaTypes.wantsSingle(request.headers().accept());
		Query paged = RowRange.apply(query, request.headers().header(HttpHeaders.RANGE));
		CallOptions options = new CallOptions(readOnly, preferences.count(), preferences.maxAffected(), single,
				preferences.is("tx", "rollback"));
		CallResult result = this.functions.call(GuardFilter.caller(request), schema(request, profileHeader),
				request.pathVariable("function"), body, paged, options);
		return answer(result, paged, preferences, single);
	}

	private static ServerResponse answer(CallResult result, Query query, Preferences preferences, boolean single) {
		Function.Result declared = result.function().result();
		List<String> applied = preferences.applied();
		RowRange range = new RowRange((query.offset() != null) ? query.offset() : 0, result.page().rows().size(),
				result.total());
		range.requireSatisfiable();
		ServerResponse.BodyBuilder response = ServerResponse
			.status((declared.shape() == Function.Shape.VOID) ? HttpStatus.NO_CONTENT : range.status());
		if (!applied.isEmpty()) {
			response.header("Preference-Applied", String.join(", ", applied));
		}
		if (declared.shape() == Function.Shape.VOID) {
			return response.build();
		}
		String json = single ? result.page().rows().get(0).json() : result.json();
		return response.header(HttpHeaders.CONTENT_RANGE, range.header())
			.contentType(single ? MediaTypes.SINGLE : Responses.JSON)
			.body(json.getBytes(StandardCharsets.UTF_8));
	}

	private static CallBody body(ServerRequest request) throws IOException {
		MediaType type = request.headers().contentType().orElse(MediaType.APPLICATION_JSON);
		if (type.equalsTypeAndSubtype(MediaType.TEXT_PLAIN)) {
			return CallBody.ofValue(Bodies.text(request, Bodies.MAX_SIZE), "text");
		}
		if (type.equalsTypeAndSubtype(MediaType.TEXT_XML)) {
			return CallBody.ofValue(Bodies.text(request, Bodies.MAX_SIZE), "xml");
		}
		if (type.equalsTypeAndSubtype(MediaType.APPLICATION_OCTET_STREAM)) {
			byte[] bytes = Bodies.bytes(request, Bodies.MAX_SIZE);
			return CallBody.ofValue("\\x" + HexFormat.of().formatHex(bytes), "bytea");
		}
		return CallBody.ofJson(Bodies.read(request));
	}

	private String schema(ServerRequest request, String profileHeader) {
		String schema = request.headers().firstHeader(profileHeader);
		List<String> schemas = this.source.snapshot().schemas();
		return StringUtils.hasLength(schema) ? schema : (schemas.isEmpty() ? "public" : schemas.get(0));
	}

	private static String queryString(ServerRequest request) {
		String queryString = request.servletRequest().getQueryString();
		return (queryString != null) ? queryString : "";
	}

}

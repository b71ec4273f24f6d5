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
import dev.oriel.admin.schema.Function;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * The functions of every schema, called in the language of PostgREST.
 *
 * @see <a href="https://docs.postgrest.org/en/stable/references/api/functions.html">
 * PostgREST: functions as RPC</a>
 */
final class RpcHandler {

	private final RequestReader requests;

	private final FunctionCaller functions;

	RpcHandler(RequestReader requests, FunctionCaller functions) {
		this.requests = requests;
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
		CallParameters parameters = CallParameters.parse(RequestReader.queryString(request));
		Query query = RowRange.apply(parameters.query(), request.headers().header(HttpHeaders.RANGE));
		return call(request, CallBody.ofTexts(parameters.arguments()), query, true);
	}

	private ServerResponse post(ServerRequest request) throws IOException {
		// The header Range means something to GET and HEAD only.
		return call(request, body(request), this.requests.query(request), false);
	}

	private ServerResponse options(ServerRequest request) {
		Caller caller = GuardFilter.caller(request);
		List<Function> named = this.functions.named(caller, this.requests.schema(request),
				this.requests.function(request, this.functions));
		boolean readable = named.stream().anyMatch((function) -> !function.isVolatile());
		return ServerResponse.ok()
			.header(HttpHeaders.ALLOW, readable ? "OPTIONS,GET,HEAD,POST" : "OPTIONS,POST")
			.build();
	}

	private ServerResponse call(ServerRequest request, CallBody body, Query query, boolean readOnly) {
		Preferences preferences = this.requests.preferences(request);
		if (preferences.cursors()) {
			throw new ProblemException(
					new Problem(400, "ORIEL416", "These rows cannot be read page by page with cursors",
							"The rows of a function have no key that tells them apart.", "Use 'limit' and 'offset'."));
		}
		Representation representation = this.requests.representation(request);
		CallOptions options = new CallOptions(readOnly, preferences.count(), preferences.maxAffected(),
				representation.single(), preferences.rollback(), preferences.timeZone(), representation.output())
			.withImpact(readOnly ? null : ImpactBody.told(request, preferences, representation));
		ServerTiming.parsed(request);
		String schema = this.requests.schema(request);
		CallResult result = this.functions.call(GuardFilter.caller(request), schema,
				this.requests.function(request, this.functions), body, query, options);
		ServerTiming.executed(request);
		if (options.impact() != null) {
			return impact(request, result, preferences, representation, this.requests.profile(schema));
		}
		return answer(result, query, preferences, representation, this.requests.profile(schema));
	}

	private static ServerResponse impact(ServerRequest request, CallResult result, Preferences preferences,
			Representation representation, ContentProfile profile) {
		boolean nothing = result.function().result().shape() == Function.Shape.VOID;
		String json = result.function().result().set() ? representation.body(result.page()) : result.json();
		return ImpactBody.answer(request, profile,
				ServerResponse.ok().header("Preference-Applied", preferences.applied(Preference.OF_CALLS)), "result",
				nothing ? null : json);
	}

	private static ServerResponse answer(CallResult result, Query query, Preferences preferences,
			Representation representation, ContentProfile profile) {
		if (representation instanceof Representation.Plan) {
			return body(ServerResponse.ok().headers(profile::addTo), representation,
					representation.body(result.page()));
		}
		RowRange range = RowRange.of(query, result.page().rows().size(), result.total());
		range.requireSatisfiable();
		boolean nothing = result.function().result().shape() == Function.Shape.VOID;
		ServerResponse.BodyBuilder response = ServerResponse.status(nothing ? HttpStatus.NO_CONTENT : range.status())
			.header(HttpHeaders.CONTENT_RANGE, range.header());
		String applied = preferences.applied(Preference.OF_CALLS);
		if (!applied.isEmpty()) {
			response.header("Preference-Applied", applied);
		}
		if (nothing) {
			return response.build();
		}
		boolean value = !result.function().result().set() && representation instanceof Representation.Json;
		return body(response.headers(profile::addTo), representation,
				value ? result.json() : representation.body(result.page()));
	}

	private static ServerResponse body(ServerResponse.BodyBuilder response, Representation representation,
			String body) {
		return response.header(HttpHeaders.CONTENT_TYPE, representation.contentType())
			.body(body.getBytes(StandardCharsets.UTF_8));
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
		if (type.equalsTypeAndSubtype(MediaType.APPLICATION_FORM_URLENCODED)) {
			return CallBody.ofTexts(Bodies.form(request));
		}
		return CallBody.ofJson(Bodies.read(request));
	}

}

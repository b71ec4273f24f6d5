package dev.oriel.admin.web;

import java.util.List;
import java.util.Map;

import dev.oriel.admin.access.AccessPolicy;
import dev.oriel.admin.access.Caller;
import dev.oriel.admin.data.FunctionCaller;
import dev.oriel.admin.data.Problem;
import dev.oriel.admin.data.ProblemException;
import dev.oriel.admin.schema.Function;
import dev.oriel.admin.schema.SchemaSnapshot;
import dev.oriel.admin.schema.SchemaSource;
import dev.oriel.admin.web.openapi.ApiServer;
import dev.oriel.admin.web.openapi.OpenApiDocument;
import dev.oriel.admin.web.openapi.RestLanguage;
import dev.oriel.admin.web.openapi.RestLanguage.Use;
import dev.oriel.admin.web.openapi.VisibleApi;
import dev.oriel.admin.web.ui.MountPoint;
import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.util.StringUtils;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * The description of the HTTP interface, as far as the caller may use it.
 *
 * @see <a href="https://docs.postgrest.org/en/stable/references/api/openapi.html">
 * PostgREST: OpenAPI</a>
 */
final class OpenApiHandler {

	/** The media type that is answered. */
	static final MediaType OPEN_API = MediaType.parseMediaType("application/openapi+json");

	static final RestLanguage LANGUAGE = new RestLanguage(Representation.OF_ROWS, Representation.OF_ROW,
			List.of(Representation.Xlsx.MEDIA_TYPE), Bodies.OF_ROWS,
			Map.of(Use.READ, Preferences.understood(Preference.OF_READS), Use.INSERT,
					Preferences.understood(Preference.OF_INSERTS), Use.REPLACE,
					Preferences.understood(Preference.OF_REPLACEMENTS), Use.UPDATE,
					Preferences.understood(Preference.OF_UPDATES), Use.DELETE,
					Preferences.understood(Preference.OF_DELETES), Use.CALL,
					Preferences.understood(Preference.OF_CALLS)),
			AllowedMethods::of);

	private final RequestReader requests;

	private final SchemaSource source;

	private final AccessPolicy policy;

	private final FunctionCaller functions;

	private final CsrfCheck csrf;

	private final WebSettings settings;

	OpenApiHandler(RequestReader requests, SchemaSource source, AccessPolicy policy, FunctionCaller functions,
			CsrfCheck csrf, WebSettings settings) {
		this.requests = requests;
		this.source = source;
		this.policy = policy;
		this.functions = functions;
		this.csrf = csrf;
		this.settings = settings;
	}

	ServerResponse handle(ServerRequest request) {
		return switch (request.method().name()) {
			case "GET", "HEAD" -> describe(request);
			case "OPTIONS" -> ServerResponse.ok().header(HttpHeaders.ALLOW, "OPTIONS,GET,HEAD").build();
			default -> throw new ProblemException(ProblemAnswers.methodNotAllowed(request.method().name()));
		};
	}

	private ServerResponse describe(ServerRequest request) {
		requireAccepted(AcceptedTypes.parse(request.headers().header(HttpHeaders.ACCEPT)));
		Caller caller = GuardFilter.caller(request);
		SchemaSnapshot snapshot = this.source.snapshot();
		String schema = this.requests.schema(request);
		List<Function> callable = this.functions.callable(caller, snapshot, schema);
		RestLanguage language = language(this.requests.geoJson());
		VisibleApi api = VisibleApi.of(snapshot, schema, caller, this.policy, callable, language);
		OpenApiDocument document = new OpenApiDocument(api, language, server(request.servletRequest(), snapshot));
		return Responses.cached(request, OPEN_API, this.requests.profile(schema), document.identity(), document::write);
	}

	static RestLanguage language(@Nullable Representation geoJson) {
		return (geoJson != null) ? LANGUAGE.withRows(geoJson.mediaType()) : LANGUAGE;
	}

	private ApiServer server(HttpServletRequest request, SchemaSnapshot snapshot) {
		String title = (this.settings.application() != null) ? this.settings.application() : snapshot.database();
		String cookie = request.getServletContext().getSessionCookieConfig().getName();
		CsrfToken token = this.csrf.expected(request);
		return new ApiServer(title, MountPoint.of(request, this.settings.path()) + "api/rest",
				StringUtils.hasText(cookie) ? cookie : "JSESSIONID",
				(token != null) ? token.getHeaderName() : CsrfCheck.none().getHeaderName());
	}

	private static void requireAccepted(AcceptedTypes accepted) {
		boolean acceptable = accepted.ranges()
			.stream()
			.anyMatch((range) -> range.takes(OPEN_API.toString()) || range.takes(MediaType.APPLICATION_JSON_VALUE));
		if (!acceptable) {
			throw new ProblemException(new Problem(406, "PGRST107",
					"None of these media types are available: " + accepted, null, "Ask for " + OPEN_API + "."));
		}
	}

}

package dev.oriel.admin.web;

import java.util.Locale;

import dev.oriel.admin.access.Caller;
import dev.oriel.admin.data.Problem;
import dev.oriel.admin.data.ProblemException;
import dev.oriel.admin.query.QueryException;
import dev.oriel.admin.schema.SchemaUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.HandlerFilterFunction;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Runs around every handler: lets the guard decide, turns exceptions into answers and
 * writes the headers that keep an answer where it belongs.
 */
final class GuardFilter implements HandlerFilterFunction<ServerResponse, ServerResponse> {

	private static final Logger logger = LoggerFactory.getLogger(GuardFilter.class);

	private static final String CALLER = GuardFilter.class.getName() + ".caller";

	private final Guard guard;

	private final HostLogin hostLogin;

	GuardFilter(Guard guard, HostLogin hostLogin) {
		this.guard = guard;
		this.hostLogin = hostLogin;
	}

	/**
	 * Return on whose behalf a request that came through here is made.
	 */
	static Caller caller(ServerRequest request) {
		return (Caller) request.attribute(CALLER)
			.orElseThrow(() -> new IllegalStateException("The guard has not seen this request"));
	}

	@Override
	public ServerResponse filter(ServerRequest request, HandlerFunction<ServerResponse> next) throws Exception {
		ServerResponse response;
		try {
			request.attributes().put(CALLER, this.guard.admit(request.servletRequest()));
			response = next.handle(request);
		}
		catch (Refusal ex) {
			response = isNavigation(request) ? this.hostLogin.refuse(request, ex) : Responses.problem(ex);
		}
		catch (ProblemException ex) {
			response = Responses.problem(ex);
		}
		catch (QueryException ex) {
			response = Responses.problem(Problem.of(ex));
		}
		catch (InvalidMediaTypeException ex) {
			response = Responses.problem(ProblemAnswers.unreadableMediaType(ex.getMediaType()));
		}
		catch (SchemaUnavailableException ex) {
			response = Responses.problem(Problem.unavailable());
		}
		catch (RuntimeException ex) {
			logger.error("A request to Oriel failed", ex);
			response = Responses.problem(ProblemAnswers.internal());
		}
		return HeadedAnswer.secured(response);
	}

	/**
	 * Whether a browser is about to show the answer as a page.
	 */
	private static boolean isNavigation(ServerRequest request) {
		boolean script = "xmlhttprequest"
			.equals(String.valueOf(request.headers().firstHeader("X-Requested-With")).toLowerCase(Locale.ROOT));
		// As text, because it may be no list of media types at all.
		boolean html = request.headers()
			.header(HttpHeaders.ACCEPT)
			.stream()
			.anyMatch((types) -> types.toLowerCase(Locale.ROOT).contains(MediaType.TEXT_HTML_VALUE));
		return request.method().equals(HttpMethod.GET) && html && !script;
	}

}

package dev.oriel.admin.web;

import java.io.IOException;

import dev.oriel.admin.data.Problem;
import dev.oriel.admin.data.ProblemException;

import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * The rows of every relation, in the language of PostgREST.
 *
 * @see <a href="https://docs.postgrest.org/en/stable/references/api/tables_views.html">
 * PostgREST: tables and views</a>
 */
final class RestHandler {

	private static final String ALLOW = "OPTIONS,GET,HEAD,POST,PUT,PATCH,DELETE";

	private final RequestReader requests;

	private final RowReads reads;

	private final RowWrites writes;

	private final AllowedMethods methods;

	RestHandler(RequestReader requests, RowReads reads, RowWrites writes, AllowedMethods methods) {
		this.requests = requests;
		this.reads = reads;
		this.writes = writes;
		this.methods = methods;
	}

	ServerResponse handle(ServerRequest request) throws IOException {
		return switch (request.method().name()) {
			case "GET", "HEAD" -> this.reads.list(request, exchange(request));
			case "POST" -> this.writes.insert(request, exchange(request));
			case "PUT" -> this.writes.replace(request, exchange(request));
			case "PATCH" -> this.writes.update(request, exchange(request));
			case "DELETE" -> this.writes.delete(request, exchange(request));
			case "OPTIONS" -> ServerResponse.ok()
				.header(HttpHeaders.ALLOW,
						this.methods.of(GuardFilter.caller(request), this.requests.relation(request)))
				.build();
			default -> throw new ProblemException(new Problem(405, "PGRST117",
					"Unsupported HTTP method: " + request.method().name(), null, "One of " + ALLOW + "."));
		};
	}

	private Exchange exchange(ServerRequest request) {
		Exchange exchange = this.requests.exchange(request);
		ServerTiming.parsed(request);
		return exchange;
	}

}

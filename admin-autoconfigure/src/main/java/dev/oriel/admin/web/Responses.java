package dev.oriel.admin.web;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Consumer;

import dev.oriel.admin.data.Problem;
import dev.oriel.admin.data.ProblemException;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * The answers that several handlers give.
 */
final class Responses {

	static final MediaType JSON = new MediaType(MediaType.APPLICATION_JSON, StandardCharsets.UTF_8);

	private static final String RETRY_SECONDS = "2";

	private Responses() {
	}

	static ServerResponse problem(ProblemException ex) {
		byte[] body = ProblemBody.of(ex);
		ServerResponse.BodyBuilder response = ServerResponse.status(HttpStatusCode.valueOf(ex.problem().status()))
			.contentType(JSON)
			.header("Proxy-Status", "Oriel; error=\"" + ex.problem().code().replaceAll("[^\\w.-]", "") + '"');
		ex.problem().headers().forEach(response::header);
		if (ex.problem().status() == HttpStatus.SERVICE_UNAVAILABLE.value()) {
			response.header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
		}
		if (ex instanceof UnsatisfiableRangeException range) {
			response.header(HttpHeaders.CONTENT_RANGE, range.contentRange());
		}
		return response.body(body);
	}

	static ServerResponse problem(Problem problem) {
		return problem(new ProblemException(problem));
	}

	/**
	 * Return a value as JSON, or 304 if the client has it already.
	 */
	static ServerResponse cached(ServerRequest request, Object value) {
		byte[] body = Json.bytes(value);
		String tag = '"' + fingerprint(body) + '"';
		if (request.headers().header(HttpHeaders.IF_NONE_MATCH).contains(tag)) {
			return ServerResponse.status(HttpStatus.NOT_MODIFIED).eTag(tag).build();
		}
		return ServerResponse.ok().contentType(JSON).eTag(tag).body(body);
	}

	/**
	 * Return what is written as it is made, or 304 if the client has it already.
	 * @param request the request
	 * @param type the media type
	 * @param profile the schema that the content is about
	 * @param identity a text that differs whenever the content does
	 * @param content writes the content
	 */
	static ServerResponse cached(ServerRequest request, MediaType type, ContentProfile profile, String identity,
			Consumer<OutputStream> content) {
		String tag = '"' + fingerprint(identity.getBytes(StandardCharsets.UTF_8)) + '"';
		if (request.headers().header(HttpHeaders.IF_NONE_MATCH).contains(tag)) {
			return ServerResponse.status(HttpStatus.NOT_MODIFIED).eTag(tag).build();
		}
		ServerResponse.BodyBuilder response = ServerResponse.ok()
			.contentType(new MediaType(type, StandardCharsets.UTF_8))
			.headers(profile::addTo)
			.eTag(tag);
		if (request.method().equals(HttpMethod.HEAD)) {
			return response.build();
		}
		return response.build((servletRequest, servletResponse) -> {
			content.accept(servletResponse.getOutputStream());
			return null;
		});
	}

	private static String fingerprint(byte[] body) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
			return HexFormat.of().formatHex(digest, 0, 12);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}

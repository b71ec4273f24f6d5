package dev.oriel.sample.rest;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import dev.oriel.sample.SampleTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the queries of the documentation can be typed as they stand there, as
 * {@code curl -g} sends them.
 */
@SampleTest
class TypedQueriesIntegrationTests {

	@LocalServerPort
	private int port;

	@ParameterizedTest
	@ValueSource(strings = { "select=id,tags->>0&tags->>0=is.null", "name=like(any).{q*,d*}",
			"or=(name.eq.\"a\\\\b\",folder.eq./)", "name=match.^[a-z]+$", "name=match.a|b", "name=eq.a`b" })
	void charactersThatOtherServersRefuseAreTaken(String query) throws IOException {
		assertThat(statusLine("/admin/api/rest/file?limit=1&" + query)).startsWith("HTTP/1.1 200");
	}

	private String statusLine(String target) throws IOException {
		// Clients of Java encode the target, or refuse it.
		try (Socket socket = new Socket("localhost", this.port)) {
			String request = String
				.join("\r\n", "GET %s HTTP/1.1", "Host: localhost", "Accept-Profile: engine", "Authorization: Basic %s",
						"Connection: close", "", "")
				.formatted(target, HttpHeaders.encodeBasicAuth("admin", "admin", StandardCharsets.UTF_8));
			socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
			String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			return answer.lines().findFirst().orElse("");
		}
	}

}

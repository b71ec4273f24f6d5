package dev.oriel.admin.web;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import dev.oriel.admin.autoconfigure.HostApplication;
import dev.oriel.admin.autoconfigure.HostSecurity;
import dev.oriel.admin.testing.PostgresDatabase;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.filter.ShallowEtagHeaderFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for rows that are sent while they are read.
 */
class StreamIntegrationTests {

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create();

	static HostApplication host;

	@BeforeAll
	static void start() {
		database.execute("CREATE TABLE number AS SELECT g AS n, 'row ' || g AS t FROM generate_series(1, 200000) g; "
				+ "CREATE VIEW broken AS SELECT n, 1 / (150000 - n) AS x FROM number; "
				+ "CREATE VIEW endless AS SELECT a.n, repeat('x', 1000) AS t FROM number a, number b");
		host = HostApplication.start(Host.class, properties());
	}

	private static String[] properties() {
		return new String[] { "spring.datasource.url=" + database.jdbcUrl(),
				"spring.datasource.username=" + database.username(),
				"spring.datasource.password=" + database.password(), "oriel.max-rows=100",
				"server.http2.enabled=true" };
	}

	@AfterAll
	static void stop() {
		host.close();
	}

	@Test
	void manyRowsAreSent() {
		HttpResponse<String> answer = csv("number?order=n");
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.headers().firstValue("Content-Type")).contains("text/csv;charset=UTF-8");
		assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
		assertThat(answer.body().lines()).hasSize(200_001).startsWith("n,t", "1,row 1").endsWith("200000,row 200000");
	}

	@Test
	void countedRowsAreAnsweredAsAWhole() {
		HttpResponse<String> answer = csv("number?order=n", "Prefer", "count=exact");
		assertThat(answer.headers().firstValue("Content-Range")).contains("0-99/200000");
		assertThat(answer.body().lines()).hasSize(101);
	}

	@Test
	void problemsBeforeTheFirstByteAreAnswered() {
		HttpResponse<String> answer = csv("number?none=eq.1");
		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(answer.headers().firstValue("Content-Type")).contains("application/json;charset=UTF-8");
		assertThat(answer.headers().allValues("Content-Type")).hasSize(1);
		assertThat(answer.body()).contains("\"42703\"");
		assertThat(csv("none").statusCode()).isEqualTo(404);
		assertThat(csv("number?t=match.(").statusCode()).isEqualTo(400);
	}

	@Test
	void headersComeAlone() {
		HttpResponse<String> answer = host.send("HEAD", "/admin/api/rest/endless", "Authorization",
				HostApplication.basic("admin"), "Accept", "text/csv");
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.body()).isEmpty();
	}

	@Test
	void answerThatBreaksOffDoesNotLookLikeAWholeOne() throws IOException {
		try (Socket client = ask("broken", "admin")) {
			String answer = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			assertThat(answer).startsWith("HTTP/1.1 200").contains("Transfer-Encoding: chunked").contains("\n1,0\n");
			assertThat(answer).doesNotEndWith("\r\n0\r\n\r\n").doesNotContain("division", "advised", "SELECT");
		}
	}

	@Test
	void streamOfHttp2ThatBreaksOffDoesNotLookLikeAWholeOne() throws Exception {
		HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
		HttpResponse<String> whole = client.send(request("number?limit=1"), BodyHandlers.ofString());
		assertThat(whole.version()).isEqualTo(HttpClient.Version.HTTP_2);
		assertThat(whole.body()).startsWith("n,t\n");
		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> client.send(request("broken"), BodyHandlers.ofString()));
		assertThat(client.send(request("number?limit=1"), BodyHandlers.ofString()).body()).isEqualTo(whole.body());
	}

	@Test
	void answerThatAFilterHoldsBackIsTakenBack() {
		HttpResponse<String> answer = host.send("GET", "/admin/api/rest/broken", "Authorization",
				HostApplication.basic("admin"), "Accept", "text/csv", "Hold-Back", "true");
		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(answer.headers().allValues("Content-Type")).containsExactly("application/json;charset=UTF-8");
		assertThat(answer.body()).startsWith("{\"code\":\"22012\"");
	}

	@Test
	void statementEndsWithItsClient() throws IOException {
		Socket client = ask("endless", "admin");
		InputStream answer = client.getInputStream();
		assertThat(answer.readNBytes(100_000)).hasSize(100_000);
		assertThat(database.copies()).isOne();
		client.close();
		await().until(() -> database.copies() == 0);
	}

	@Test
	void onlyAFewRunAtTheSameTime() throws IOException {
		List<Socket> clients = List.of(ask("endless", "admin"), ask("endless", "support"));
		await().until(() -> database.copies() == 2);
		HttpResponse<String> refused = csv("number?limit=1");
		assertThat(refused.statusCode()).isEqualTo(504);
		assertThat(refused.body()).contains("Too many streams");
		assertThat(host.send("GET", "/admin/api/rest/number?n=eq.1", "Authorization", HostApplication.basic("admin"))
			.statusCode()).isEqualTo(200);
		for (Socket client : clients) {
			client.close();
		}
		await().until(() -> database.copies() == 0);
		await().until(() -> csv("number?limit=1").statusCode() == 200);
	}

	@Test
	void oneUserDoesNotTakeAll() throws IOException {
		try (Socket client = ask("endless", "admin")) {
			await().until(() -> database.copies() == 1);
			HttpResponse<String> refused = csv("number?limit=1");
			assertThat(refused.statusCode()).isEqualTo(504);
			assertThat(refused.body()).contains("You have 1 of the 1 that one user may have");
			assertThat(host
				.send("GET", "/admin/api/rest/number?limit=1", "Authorization", HostApplication.basic("support"),
						"Accept", "text/csv")
				.statusCode()).isEqualTo(200);
			assertThat(client.isClosed()).isFalse();
		}
		await().until(() -> database.copies() == 0);
	}

	private static HttpRequest request(String path) {
		return HttpRequest.newBuilder(URI.create(host.origin() + "/admin/api/rest/" + path))
			.header("Authorization", HostApplication.basic("admin"))
			.header("Accept", "text/csv")
			.build();
	}

	private static HttpResponse<String> csv(String path, String... headers) {
		List<String> all = new ArrayList<>(
				List.of("Authorization", HostApplication.basic("admin"), "Accept", "text/csv"));
		all.addAll(List.of(headers));
		return host.send("GET", "/admin/api/rest/" + path, all.toArray(String[]::new));
	}

	private static Socket ask(String path, String user) throws IOException {
		return host.open(user, "/admin/api/rest/" + path, "Accept: text/csv");
	}

	/**
	 * An application that answers for every exception, as many do, and whose filters look
	 * at whole answers.
	 */
	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(HostSecurity.Own.class)
	static class Host {

		@Bean
		Advice advice() {
			return new Advice();
		}

		@Bean
		ShallowEtagHeaderFilter etags() {
			return new ShallowEtagHeaderFilter();
		}

		@Bean
		HoldingBack holdingBack() {
			return new HoldingBack();
		}

	}

	/**
	 * A filter that sends answers when they are whole.
	 */
	static class HoldingBack extends OncePerRequestFilter {

		@Override
		protected boolean shouldNotFilter(HttpServletRequest request) {
			return request.getHeader("Hold-Back") == null;
		}

		@Override
		protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
				throws ServletException, IOException {
			ContentCachingResponseWrapper whole = new ContentCachingResponseWrapper(response);
			chain.doFilter(request, whole);
			whole.copyBodyToResponse();
		}

	}

	@RestControllerAdvice
	static class Advice {

		@ExceptionHandler(Exception.class)
		String advised(Exception ex) {
			return "advised: " + ex.getMessage();
		}

	}

}

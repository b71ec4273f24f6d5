package dev.oriel.sample.live;

import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.oriel.sample.SampleTest;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who may open the socket that live rows go through, in an ordinary application.
 */
@SampleTest
class SocketGuardIntegrationTests {

	private static final Pattern FORM_TOKEN = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

	private static final Pattern SESSION_TOKEN = Pattern.compile("\"header\":\"([^\"]+)\".*?\"token\":\"([^\"]+)\"");

	@LocalServerPort
	private int port;

	@Test
	void nobodyIsRefused() {
		assertThat(handshake(HttpClient.newHttpClient(), Map.of())).isNotEqualTo(101);
	}

	@Test
	void aUserWithoutTheAuthorityIsRefused() {
		assertThat(handshake(HttpClient.newHttpClient(), Map.of("Authorization", basic("viewer")))).isEqualTo(403);
	}

	@Test
	void aForeignOriginIsRefused() {
		assertThat(handshake(HttpClient.newHttpClient(),
				Map.of("Authorization", basic("admin"), "Origin", "https://evil.example")))
			.isEqualTo(403);
	}

	@Test
	void aSessionNeedsItsToken() throws Exception {
		HttpClient browser = signIn();
		Map<String, String> ownOrigin = Map.of("Origin", origin());
		assertThat(answer(browser, ownOrigin, "")).startsWith("ERROR");
		assertThat(answer(browser, ownOrigin, "X-CSRF-TOKEN:wrong\n")).startsWith("ERROR");
		Matcher token = SESSION_TOKEN.matcher(get(browser, "/admin/api/session"));
		assertThat(token.find()).isTrue();
		assertThat(answer(browser, ownOrigin, token.group(1) + ":" + token.group(2) + "\n")).startsWith("CONNECTED");
	}

	@Test
	void aProgramWithAPasswordNeedsNoToken() throws Exception {
		assertThat(answer(HttpClient.newHttpClient(), Map.of("Authorization", basic("support")), ""))
			.startsWith("CONNECTED");
	}

	private HttpClient signIn() throws Exception {
		HttpClient browser = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
		Matcher token = FORM_TOKEN.matcher(get(browser, "/login"));
		assertThat(token.find()).isTrue();
		String form = "username=admin&password=admin&_csrf="
				+ URLEncoder.encode(token.group(1), StandardCharsets.UTF_8);
		browser.send(HttpRequest.newBuilder(URI.create(origin() + "/login"))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString(form))
			.build(), HttpResponse.BodyHandlers.discarding());
		return browser;
	}

	private String get(HttpClient client, String path) throws Exception {
		return client
			.send(HttpRequest.newBuilder(URI.create(origin() + path)).build(), HttpResponse.BodyHandlers.ofString())
			.body();
	}

	private int handshake(HttpClient client, Map<String, String> headers) {
		try {
			open(client, headers, new FirstFrame()).abort();
			return 101;
		}
		catch (CompletionException ex) {
			return ((WebSocketHandshakeException) ex.getCause()).getResponse().statusCode();
		}
	}

	private String answer(HttpClient client, Map<String, String> headers, String connectHeaders) throws Exception {
		FirstFrame frame = new FirstFrame();
		WebSocket socket = open(client, headers, frame);
		socket.sendText("CONNECT\naccept-version:1.2\nhost:localhost\n" + connectHeaders + "\n\0", true);
		String answer = frame.text.get(10, TimeUnit.SECONDS);
		socket.abort();
		return answer;
	}

	private WebSocket open(HttpClient client, Map<String, String> headers, WebSocket.Listener listener) {
		WebSocket.Builder builder = client.newWebSocketBuilder().subprotocols("v12.stomp");
		headers.forEach(builder::header);
		return builder.buildAsync(URI.create("ws://localhost:" + this.port + "/admin/live"), listener).join();
	}

	private String origin() {
		return "http://localhost:" + this.port;
	}

	private static String basic(String user) {
		return "Basic " + Base64.getEncoder().encodeToString((user + ":" + user).getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Waits for the first frame that the server sends.
	 */
	private static final class FirstFrame implements WebSocket.Listener {

		private final CompletableFuture<String> text = new CompletableFuture<>();

		@Override
		public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
			this.text.complete(data.toString());
			socket.request(1);
			return CompletableFuture.completedFuture(null);
		}

	}

}

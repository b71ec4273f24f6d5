package dev.oriel.admin.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.oriel.admin.testing.PostgresDatabase;

import org.springframework.boot.Banner;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * A real application with Oriel in it, on a free port.
 */
public final class HostApplication implements AutoCloseable {

	private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

	private final ConfigurableApplicationContext context;

	private HostApplication(ConfigurableApplicationContext context) {
		this.context = context;
	}

	/**
	 * Start an application on a database.
	 * @param database the database
	 * @param configuration the application's own configuration
	 * @param properties further properties
	 */
	public static HostApplication start(PostgresDatabase database, Class<?> configuration, String... properties) {
		List<String> all = new ArrayList<>(List.of("spring.datasource.url=" + database.jdbcUrl(),
				"spring.datasource.username=" + database.username(),
				"spring.datasource.password=" + database.password()));
		all.addAll(List.of(properties));
		return start(configuration, all.toArray(String[]::new));
	}

	/**
	 * Start an application.
	 * @param configuration the application's own configuration
	 * @param properties its properties
	 */
	public static HostApplication start(Class<?> configuration, String... properties) {
		List<String> all = new ArrayList<>(List.of("--server.port=0", "--spring.datasource.hikari.minimum-idle=0",
				"--spring.datasource.hikari.maximum-pool-size=3"));
		List.of(properties).forEach((property) -> all.add("--" + property));
		return new HostApplication(new SpringApplicationBuilder(Base.class, configuration).bannerMode(Banner.Mode.OFF)
			.logStartupInfo(false)
			.run(all.toArray(String[]::new)));
	}

	/**
	 * Return the application's context.
	 */
	public ConfigurableApplicationContext context() {
		return this.context;
	}

	/**
	 * Return where the application answers, without a slash at the end.
	 */
	public String origin() {
		Environment environment = this.context.getEnvironment();
		return "http://localhost:" + environment.getProperty("local.server.port");
	}

	/**
	 * Return the port that the application answers at.
	 */
	public int port() {
		return this.context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	/**
	 * Send a request without a body.
	 * @param method the method
	 * @param path the path as it goes over the wire
	 * @param headers names and values in turn
	 */
	public HttpResponse<String> send(String method, String path, String... headers) {
		return send(method, path, "", headers);
	}

	/**
	 * Send a request with a body.
	 * @param method the method
	 * @param path the path as it goes over the wire
	 * @param body the body; none if empty
	 * @param headers names and values in turn
	 */
	public HttpResponse<String> send(String method, String path, String body, String[] headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(origin() + path))
			.method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
		if (headers.length > 0) {
			request.headers(headers);
		}
		try {
			return CLIENT.send(request.build(), BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Ask for something over a connection that this call opens, and leave the answer for
	 * the caller to read, or not to read.
	 * @param user who asks, and the password
	 * @param path the path as it goes over the wire
	 * @param headers further lines of the request
	 */
	public Socket open(String user, String path, String... headers) throws IOException {
		Socket socket = new Socket(InetAddress.getLoopbackAddress(), port());
		List<String> lines = new ArrayList<>(List.of("GET " + path + " HTTP/1.1", "Host: localhost:" + port(),
				"Authorization: " + basic(user), "Connection: close"));
		lines.addAll(List.of(headers));
		socket.getOutputStream().write((String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
		return socket;
	}

	/**
	 * Sign in by the form, and return the session's cookie.
	 * @param user the user, whose password is the same
	 */
	public String login(String user) {
		HttpResponse<String> form = send("GET", "/login", "Accept", "text/html");
		Matcher token = CSRF.matcher(form.body());
		String body = "username=" + user + "&password=" + user;
		if (token.find()) {
			body += "&_csrf=" + URLEncoder.encode(token.group(1), StandardCharsets.UTF_8);
		}
		HttpResponse<String> answer = send("POST", "/login", body, new String[] { "Content-Type",
				"application/x-www-form-urlencoded", "Cookie", form.headers().firstValue("Set-Cookie").orElse("a=b") });
		return answer.headers()
			.firstValue("Set-Cookie")
			.map((cookie) -> cookie.substring(0, cookie.indexOf(';')))
			.orElseThrow(() -> new AssertionError("Nobody could sign in: " + answer.statusCode()));
	}

	/**
	 * Return the header for HTTP Basic.
	 * @param user the user, whose password is the same
	 */
	public static String basic(String user) {
		return "Basic " + Base64.getEncoder().encodeToString((user + ":" + user).getBytes(StandardCharsets.UTF_8));
	}

	@Override
	public void close() {
		this.context.close();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Base {

	}

}

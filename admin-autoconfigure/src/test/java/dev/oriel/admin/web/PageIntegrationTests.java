package dev.oriel.admin.web;

import java.net.http.HttpResponse;
import java.util.Arrays;

import dev.oriel.admin.autoconfigure.HostApplication;
import dev.oriel.admin.autoconfigure.HostSecurity;
import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the page and its files, in an application with a context path and a path of
 * its own for Oriel.
 */
class PageIntegrationTests {

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create("dev/oriel/admin/data/shop.sql");

	static HostApplication host;

	@BeforeAll
	static void start() {
		host = HostApplication.start(database, HostSecurity.Own.class, "server.servlet.context-path=/shop",
				"oriel.path=/back/office", "oriel.live.enabled=false");
	}

	@AfterAll
	static void stop() {
		host.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/", "/t/public/item", "/t/public/item/r/1", "/t/public/item.backup",
			"/t/public/we%22ird/r/a%2Cb", "/t/public/x.js", "/d/main" })
	void everyPlaceIsAnsweredWithThePage(String place) {
		HttpResponse<String> page = get(place, "Accept", "text/html");
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.headers().firstValue("Content-Type").orElse("")).isEqualTo("text/html;charset=UTF-8");
		assertThat(page.headers().firstValue("Cache-Control").orElse("")).isEqualTo("no-store");
		assertThat(page.body()).contains("<title>Test page</title>", "<base href=\"/shop/back/office/\">");
	}

	@Test
	void scriptsCarryTheNonceOfThePolicy() {
		HttpResponse<String> first = get("/");
		String policy = first.headers().firstValue("Content-Security-Policy").orElse("");
		String nonce = policy.replaceAll("(?s).*script-src[^;]*'nonce-([^']+)'.*", "$1");
		assertThat(first.body()).contains("<script nonce=\"" + nonce + "\"", "<style nonce=\"" + nonce + "\"");
		assertThat(policy).doesNotContain("unsafe", "*").contains("frame-ancestors 'none'");
		assertThat(get("/").body()).doesNotContain(nonce);
	}

	@Test
	void prefixOfAProxyComesFirst() {
		assertThat(get("/", "X-Forwarded-Prefix", "/outer").body())
			.contains("<base href=\"/outer/shop/back/office/\">");
		for (String bad : new String[] { "\"><script>", "//evil.example", "http://evil.example", "/a b", "/\"x" }) {
			assertThat(get("/", "X-Forwarded-Prefix", bad).body()).as(bad)
				.contains("<base href=\"/shop/back/office/\">")
				.doesNotContain("evil");
		}
	}

	@Test
	void hashedFilesAreKeptAndCompressedAsAsked() {
		assertFile(get("/main-ABCDEFGH.js"), "plain\n", null);
		assertFile(get("/main-ABCDEFGH.js", "Accept-Encoding", "gzip, br"), "brotli\n", "br");
		assertFile(get("/main-ABCDEFGH.js", "Accept-Encoding", "gzip;q=0.5"), "gzip\n", "gzip");
		assertFile(get("/main-ABCDEFGH.js", "Accept-Encoding", "br;q=0, deflate"), "plain\n", null);
	}

	@Test
	void otherFilesAreAskedForEachTime() {
		HttpResponse<String> logo = get("/media/logo.svg");
		assertThat(logo.statusCode()).isEqualTo(200);
		assertThat(logo.headers().firstValue("Content-Type").orElse("")).isEqualTo("image/svg+xml");
		assertThat(logo.headers().firstValue("Cache-Control").orElse("")).isEqualTo("no-cache");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "/main-OTHER123.js", "/media", "/media/", "/media/other.svg", "/index.htm", "/favicon.ico" })
	void filesThatAreMissingAreMissing(String path) {
		assertThat(get(path, "Accept", "*/*").statusCode()).isEqualTo(404);
	}

	@Test
	void filesAreServedNowhereElse() {
		for (String path : new String[] { "/shop/index.html", "/shop/META-INF/oriel/ui/index.html",
				"/shop/media/logo.svg", "/shop/admin", "/shop/main-ABCDEFGH.js" }) {
			assertThat(host.send("GET", path, "Authorization", HostApplication.basic("admin")).statusCode()).as(path)
				.isIn(401, 404);
		}
	}

	@Test
	void liveThatIsSwitchedOffIsOff() {
		assertThat(get("/api/live/public/item").body()).contains("\"mode\":\"off\"");
		assertThat(get("/api/session").body()).contains("\"live\":false", "\"logout\":\"/shop/logout\"");
	}

	private static void assertFile(HttpResponse<String> file, String body, String encoding) {
		assertThat(file.statusCode()).isEqualTo(200);
		assertThat(file.body()).isEqualTo(body);
		assertThat(file.headers().firstValue("Content-Type").orElse("")).startsWith("text/javascript");
		assertThat(file.headers().firstValue("Content-Encoding").orElse(null)).isEqualTo(encoding);
		assertThat(file.headers().firstValue("Cache-Control").orElse("")).contains("immutable", "max-age=31536000");
		assertThat(file.headers().firstValue("Vary").orElse("")).containsIgnoringCase("accept-encoding");
	}

	private static HttpResponse<String> get(String path, String... headers) {
		String[] all = Arrays.copyOf(headers, headers.length + 2);
		all[headers.length] = "Authorization";
		all[headers.length + 1] = HostApplication.basic("admin");
		return host.send("GET", "/shop/back/office" + path, all);
	}

}

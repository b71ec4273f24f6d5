package dev.oriel.admin.web;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests for {@link HttpExample}.
 */
class HttpExampleTests {

	@Test
	void requestAndAnswerAreRead() {
		assertThat(parse("""
				PATCH /films?id=eq.1
				  &select=title
				Prefer: return=representation

				{"title":
				  "x"}

				HTTP/1.1 200 OK
				Content-Range: 0-0/*

				[{"title": "x"}]
				""")).containsExactly(new HttpExample(7, "PATCH", "/films?id=eq.1&select=title",
				List.of(new HttpExample.Header("Prefer", "return=representation")), "{\"title\":\n  \"x\"}",
				HttpStatus.OK, List.of(new HttpExample.Header("Content-Range", "0-0/*")), "[{\"title\": \"x\"}]"));
	}

	@Test
	void severalRequestsMakeOneExample() {
		assertThat(parse("DELETE /a\nHTTP/1.1 204 No Content\n###\nHEAD /b\nHTTP/1.1 200 OK\n"))
			.extracting(HttpExample::line, HttpExample::method, HttpExample::expectedBody)
			.containsExactly(tuple(7, "DELETE", ""), tuple(10, "HEAD", ""));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "GET films\nHTTP/1.1 200 OK", "GET /films", "GET /films\nHTTP/1.1 200 Fine",
			"GET /films\nPrefer\n\nHTTP/1.1 200 OK", "GET /films\nHTTP/1.1 OK", "GET /films\nHTTP/2 200 OK",
			"GET /a\nHTTP/1.1 200 OK\nHTTP/1.1 200 OK", "GET /a\nHTTP/1.1 200 OK\n###" })
	void whatIsNotUnderstoodIsRefused(String block) {
		assertThatIllegalArgumentException().isThrownBy(() -> parse(block)).withMessageStartingWith("Line ");
	}

	@Test
	void urlsAreEncoded() {
		assertThat(parse("GET /films?a=in.(\"x y\",{ä},1+1,100%,%26,💡)\nHTTP/1.1 200 OK").get(0).target())
			.isEqualTo("/admin/api/rest/films?a=in.(%22x%20y%22,%7B%C3%A4%7D,1%2B1,100%25,%26,%F0%9F%92%A1)");
		assertThat(parse("GET /admin/api/schema\nHTTP/1.1 200 OK").get(0).target()).isEqualTo("/admin/api/schema");
	}

	@Test
	void onlyBlanksBetweenTokensDoNotCount() {
		assertThat(HttpExample.compact("[ {\"a b\\\" \": 1.50,\n \"c\":null} ]"))
			.isEqualTo("[{\"a b\\\" \":1.50,\"c\":null}]");
	}

	@Test
	void ellipsisStandsForAnyText() {
		assertThat(HttpExample.matches("[{\"a\":1},…]", "[{\"a\":1},{\"a\":2}]")).isTrue();
		assertThat(HttpExample.matches("…", "")).isTrue();
		assertThat(HttpExample.matches("a…c", "a(b\n)c")).isTrue();
		assertThat(HttpExample.matches("a.c", "abc")).isFalse();
		assertThat(HttpExample.matches("a…", "ba")).isFalse();
	}

	private static List<HttpExample> parse(String block) {
		return HttpExample.parse(block.lines().toList(), 7);
	}

}

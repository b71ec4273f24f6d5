package dev.oriel.admin.web;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.http.HttpStatus;

/**
 * A request and the answer to it, as the documentation shows them:
 *
 * <pre>
 * GET /films?select=title
 *   &amp;year=lt.1900
 * Prefer: count=exact
 *
 * HTTP/1.1 200 OK
 * Content-Range: 0-0/1
 *
 * [{"title": "The Cabbage Fairy"}]
 * </pre>
 *
 * Lines that begin with a blank continue the URL, which is shown unencoded. Between
 * requests of one example stands {@code ###}.
 *
 * @param line the line of the request in its file
 * @param method the method
 * @param url path and query string, not yet encoded, below the API unless they begin with
 * {@code /admin/}
 * @param headers the headers to send
 * @param body the body to send; empty if there is none
 * @param status the status expected
 * @param expectedHeaders the headers expected
 * @param expectedBody the body expected; empty if there is none
 */
record HttpExample(int line, String method, String url, List<Header> headers, String body, HttpStatus status,
		List<Header> expectedHeaders, String expectedBody) {

	private static final Pattern REQUEST = Pattern.compile("(GET|HEAD|POST|PATCH|PUT|DELETE|OPTIONS) (/\\S.*)");

	private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3}) (.+)");

	private static final Pattern HEADER = Pattern.compile("([A-Za-z][A-Za-z0-9-]*): ?(.*)");

	private static final String NEXT = "###";

	/** What may stand in a query string as it is, besides letters and digits. */
	private static final String PLAIN = "-._~!$'()*,;:@/?&=";

	/**
	 * Read a block of examples.
	 * @param lines the lines of the block
	 * @param firstLine the number of the first of them in its file
	 * @throws IllegalArgumentException if a line is not understood
	 */
	static List<HttpExample> parse(List<String> lines, int firstLine) {
		List<HttpExample> examples = new ArrayList<>();
		int start = 0;
		for (int i = 0; i <= lines.size(); i++) {
			if (i == lines.size() || lines.get(i).equals(NEXT)) {
				examples.add(new Reader(lines.subList(start, i), firstLine + start).read());
				start = i + 1;
			}
		}
		return examples;
	}

	/**
	 * Whether the request may change rows.
	 */
	boolean writes() {
		return !List.of("GET", "HEAD", "OPTIONS").contains(this.method);
	}

	/**
	 * Return path and query string as they go over the wire.
	 */
	String target() {
		StringBuilder target = new StringBuilder(this.url.startsWith("/admin/") ? "" : "/admin/api/rest");
		for (int i = 0; i < this.url.length();) {
			int character = this.url.codePointAt(i);
			String text = Character.toString(character);
			boolean encoded = character == '%' && this.url.substring(i).matches("(?s)%[0-9A-Fa-f]{2}.*");
			boolean alphanumeric = character < 128 && Character.isLetterOrDigit(character);
			if (encoded || alphanumeric || PLAIN.contains(text)) {
				target.append(text);
			}
			else {
				for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
					target.append("%%%02X".formatted(octet));
				}
			}
			i += text.length();
		}
		return target.toString();
	}

	/**
	 * Whether a text is as an example shows it, where {@code …} stands for any text.
	 */
	static boolean matches(String shown, String actual) {
		String pattern = Arrays.stream(shown.split("…", -1))
			.map(Pattern::quote)
			.reduce((left, right) -> left + ".*" + right)
			.orElseThrow();
		return Pattern.compile(pattern, Pattern.DOTALL).matcher(actual).matches();
	}

	/**
	 * Return JSON without the blanks between its tokens. Everything else stays as it is
	 * written: the order of members, the digits of numbers, the escapes in texts.
	 */
	static String compact(String json) {
		StringBuilder compact = new StringBuilder();
		boolean inText = false;
		for (int i = 0; i < json.length(); i++) {
			char character = json.charAt(i);
			if (inText && character == '\\') {
				compact.append(character).append(json.charAt(++i));
				continue;
			}
			inText ^= character == '"';
			if (inText || !Character.isWhitespace(character)) {
				compact.append(character);
			}
		}
		return compact.toString();
	}

	/**
	 * A header.
	 */
	record Header(String name, String value) {
	}

	private static final class Reader {

		private final List<String> lines;

		private final int firstLine;

		private int position;

		Reader(List<String> lines, int firstLine) {
			this.lines = lines;
			this.firstLine = firstLine;
		}

		HttpExample read() {
			Matcher request = expect(REQUEST, "a method and a path");
			StringBuilder url = new StringBuilder(request.group(2).strip());
			while (!atEnd() && current().startsWith(" ")) {
				url.append(current().strip());
				this.position++;
			}
			List<Header> headers = headers();
			String body = body();
			Matcher status = expect(STATUS, "a status line");
			HttpStatus expected = HttpStatus.valueOf(Integer.parseInt(status.group(1)));
			if (!expected.getReasonPhrase().equals(status.group(2))) {
				throw refused("the reason '" + expected.getReasonPhrase() + "'");
			}
			List<Header> expectedHeaders = headers();
			String expectedBody = body();
			if (!atEnd()) {
				throw refused("the end of the example, or " + NEXT);
			}
			return new HttpExample(this.firstLine, request.group(1), url.toString(), headers, body, expected,
					expectedHeaders, expectedBody);
		}

		private List<Header> headers() {
			List<Header> headers = new ArrayList<>();
			while (!atEnd() && !current().isBlank() && !isStatus()) {
				Matcher header = expect(HEADER, "a header");
				headers.add(new Header(header.group(1), header.group(2).strip()));
			}
			return headers;
		}

		private String body() {
			int start = this.position;
			while (!atEnd() && !isStatus()) {
				this.position++;
			}
			return String.join("\n", this.lines.subList(start, this.position)).strip();
		}

		private Matcher expect(Pattern pattern, String what) {
			Matcher matcher = pattern.matcher(atEnd() ? "" : current());
			this.position++;
			if (!matcher.matches()) {
				throw refused(what);
			}
			return matcher;
		}

		private IllegalArgumentException refused(String expected) {
			return new IllegalArgumentException(
					"Line %d: expected %s".formatted(this.firstLine + this.position - 1, expected));
		}

		private boolean isStatus() {
			return current().startsWith("HTTP/");
		}

		private String current() {
			return this.lines.get(this.position);
		}

		private boolean atEnd() {
			return this.position >= this.lines.size();
		}

	}

}

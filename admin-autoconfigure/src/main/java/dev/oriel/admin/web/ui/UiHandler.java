package dev.oriel.admin.web.ui;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.util.StringUtils;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Serves the page and its files. Every place inside the application is answered with the
 * same page, which then shows that place.
 *
 * @since 0.1.0
 */
public final class UiHandler {

	private static final Map<String, MediaType> TYPES = Map.of("js", MediaType.valueOf("text/javascript;charset=utf-8"),
			"css", MediaType.valueOf("text/css;charset=utf-8"), "svg", MediaType.valueOf("image/svg+xml"), "json",
			MediaType.APPLICATION_JSON, "woff2", MediaType.valueOf("font/woff2"), "png", MediaType.IMAGE_PNG, "ico",
			MediaType.valueOf("image/x-icon"), "txt", MediaType.valueOf("text/plain;charset=utf-8"), "webmanifest",
			MediaType.valueOf("application/manifest+json"));

	/** The first segments of places inside the application. */
	private static final Set<String> PLACES = Set.of("", "t", "d");

	private static final Pattern HASHED = Pattern.compile(".*-[A-Za-z0-9_]{8,}\\.[a-z0-9]+");

	private final String path;

	private final SingletonSupplier<UiFiles> files;

	/**
	 * Create the handler.
	 * @param path where Oriel is mounted below the context path
	 * @param loader where the page's files are
	 */
	public UiHandler(String path, ClassLoader loader) {
		this.path = path;
		this.files = SingletonSupplier.of(() -> UiFiles.load(loader));
	}

	/**
	 * Answer a request for the page or one of its files.
	 * @param request the request
	 */
	public ServerResponse handle(ServerRequest request) {
		String name = name(request);
		UiFiles files = this.files.obtain();
		byte[] content = name.equals("index.html") ? null : files.content(name);
		if (content != null) {
			return file(request, files, name, content);
		}
		return isPlace(request, name) ? page(request, files) : ServerResponse.notFound().build();
	}

	private String name(ServerRequest request) {
		String within = request.requestPath().pathWithinApplication().value();
		int start = within.indexOf(this.path) + this.path.length();
		return StringUtils.trimLeadingCharacter(within.substring(Math.min(start, within.length())), '/');
	}

	private static boolean isPlace(ServerRequest request, String name) {
		int slash = name.indexOf('/');
		String first = (slash >= 0) ? name.substring(0, slash) : name;
		return PLACES.contains(first) || request.headers()
			.accept()
			.stream()
			.anyMatch((type) -> type.equalsTypeAndSubtype(MediaType.TEXT_HTML));
	}

	private ServerResponse page(ServerRequest request, UiFiles files) {
		byte[] index = files.content("index.html");
		if (index == null) {
			return ServerResponse.status(HttpStatus.NOT_FOUND)
				.contentType(new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8))
				.body("The page is not part of this build: oriel-admin-ui is missing or was built without Node."
					.getBytes(StandardCharsets.UTF_8));
		}
		String nonce = IndexPage.nonce();
		return ServerResponse.ok()
			.contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
			.cacheControl(CacheControl.noStore())
			.header("Content-Security-Policy", IndexPage.policy(nonce, socket(request.servletRequest())))
			.body(new IndexPage(index).render(MountPoint.of(request.servletRequest(), this.path), nonce));
	}

	private static ServerResponse file(ServerRequest request, UiFiles files, String name, byte[] content) {
		ServerResponse.BodyBuilder response = ServerResponse.ok().contentType(type(name));
		response.cacheControl(HASHED.matcher(name).matches()
				? CacheControl.maxAge(Duration.ofDays(365)).cachePrivate().immutable() : CacheControl.noCache());
		response.header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
		for (Encoding encoding : Encoding.values()) {
			byte[] encoded = accepts(request, encoding) ? files.content(name + encoding.suffix) : null;
			if (encoded != null) {
				return response.header(HttpHeaders.CONTENT_ENCODING, encoding.token).body(encoded);
			}
		}
		return response.body(content);
	}

	private static String socket(HttpServletRequest request) {
		String host = request.getHeader(HttpHeaders.HOST);
		boolean usable = host != null && host.matches("[A-Za-z0-9.:\\[\\]-]+");
		return usable ? "ws://" + host + " wss://" + host : "";
	}

	private static boolean accepts(ServerRequest request, Encoding encoding) {
		List<String> accepted = request.headers().header(HttpHeaders.ACCEPT_ENCODING);
		return accepted.stream()
			.flatMap((header) -> Arrays.stream(header.toLowerCase(Locale.ROOT).split(",")))
			.map(String::strip)
			.anyMatch((token) -> token.equals(encoding.token)
					|| (token.startsWith(encoding.token + ";") && !token.endsWith("q=0")));
	}

	private static MediaType type(String name) {
		String extension = StringUtils.getFilenameExtension(name);
		return TYPES.getOrDefault((extension != null) ? extension : "", MediaType.APPLICATION_OCTET_STREAM);
	}

	/**
	 * How files are compressed when the page is built, the best first.
	 */
	private enum Encoding {

		BROTLI("br", ".br"), GZIP("gzip", ".gz");

		private final String token;

		private final String suffix;

		Encoding(String token, String suffix) {
			this.token = token;
			this.suffix = suffix;
		}

	}

}

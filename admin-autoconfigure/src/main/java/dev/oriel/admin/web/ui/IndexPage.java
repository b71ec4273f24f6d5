package dev.oriel.admin.web.ui;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.web.util.HtmlUtils;

/**
 * The page that holds the application. For each request it is told where it is mounted,
 * and gets a nonce that its own scripts and styles carry.
 */
final class IndexPage {

	private static final Pattern BASE = Pattern.compile("<base href=\"[^\"]*\"\\s*/?>");

	private static final SecureRandom RANDOM = new SecureRandom();

	private final String html;

	IndexPage(byte[] html) {
		this.html = new String(html, StandardCharsets.UTF_8);
	}

	/**
	 * Return the page for one request.
	 * @param base the path it is mounted at, with a slash at the end
	 * @param nonce the nonce of this answer
	 */
	byte[] render(String base, String nonce) {
		String tag = "<base href=\"" + HtmlUtils.htmlEscape(base) + "\">";
		return BASE.matcher(this.html)
			.replaceFirst(Matcher.quoteReplacement(tag))
			.replace("<app-root", "<app-root ngCspNonce=\"" + nonce + "\"")
			.replace("<script", "<script nonce=\"" + nonce + "\"")
			.replace("<style", "<style nonce=\"" + nonce + "\"")
			.getBytes(StandardCharsets.UTF_8);
	}

	static String nonce() {
		byte[] bytes = new byte[16];
		RANDOM.nextBytes(bytes);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

	/**
	 * Return the policy that a page with this nonce keeps.
	 * @param nonce the nonce
	 * @param socket the origin that its WebSocket goes to
	 */
	static String policy(String nonce, String socket) {
		return String.join("; ", "default-src 'none'", "script-src 'self' 'nonce-" + nonce + "'",
				"style-src 'self' 'nonce-" + nonce + "'", "img-src 'self' data: blob: https:", "font-src 'self'",
				"connect-src 'self' " + socket, "base-uri 'self'", "form-action 'self'", "frame-ancestors 'none'",
				"object-src 'none'");
	}

}

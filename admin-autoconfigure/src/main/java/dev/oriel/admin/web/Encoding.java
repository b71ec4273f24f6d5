package dev.oriel.admin.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Writes texts into URLs.
 */
final class Encoding {

	private Encoding() {
	}

	static String query(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
	}

}

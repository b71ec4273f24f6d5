package dev.oriel.admin.transfer.format;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Characters that XML cannot hold stand in workbooks as {@code _x001B_}.
 */
final class XmlText {

	private static final Pattern ESCAPE = Pattern.compile("_x([0-9A-Fa-f]{4})_");

	private XmlText() {
	}

	static String unescaped(String text) {
		if (text.indexOf("_x") < 0) {
			return text;
		}
		Matcher matcher = ESCAPE.matcher(text);
		StringBuilder plain = new StringBuilder();
		while (matcher.find()) {
			char character = (char) Integer.parseInt(matcher.group(1), 16);
			matcher.appendReplacement(plain, Matcher.quoteReplacement(String.valueOf(character)));
		}
		return matcher.appendTail(plain).toString();
	}

	/**
	 * Return a text as it stands in XML, in an element or in an attribute.
	 */
	static String escaped(String text) {
		return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
	}

	/**
	 * Return what keeps a text from being stored, or {@code null}.
	 */
	static @Nullable String fault(String text) {
		for (int i = 0; i < text.length(); i++) {
			char character = text.charAt(i);
			if (character == 0) {
				return "a NUL character, which PostgreSQL cannot store";
			}
			if (Character.isSurrogate(character)) {
				boolean pair = Character.isHighSurrogate(character) && i + 1 < text.length()
						&& Character.isLowSurrogate(text.charAt(i + 1));
				if (!pair) {
					return "half of a surrogate pair, which is no character";
				}
				i++;
			}
		}
		return null;
	}

}

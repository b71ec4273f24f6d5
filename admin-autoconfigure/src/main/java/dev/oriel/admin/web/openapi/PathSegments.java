package dev.oriel.admin.web.openapi;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Writes names as segments of paths: what firewalls refuse even encoded as {@code ~3b~},
 * everything else that is not plain percent-encoded. Braces never stay, because they
 * would make a template of the path.
 */
final class PathSegments {

	private static final HexFormat HEX = HexFormat.of().withUpperCase();

	private PathSegments() {
	}

	static String of(String name) {
		boolean dots = name.equals(".") || name.equals("..");
		StringBuilder segment = new StringBuilder();
		name.codePoints().forEach((character) -> {
			if (isRefused(character) || (dots && character == '.')) {
				segment.append('~').append(Integer.toHexString(character)).append('~');
			}
			else if (isUnreserved(character)) {
				segment.appendCodePoint(character);
			}
			else {
				for (byte each : Character.toString(character).getBytes(StandardCharsets.UTF_8)) {
					segment.append('%').append(HEX.toHexDigits(each));
				}
			}
		});
		return segment.toString();
	}

	private static boolean isRefused(int character) {
		return character < ' ' || character == 0x7f || character == 0x2028 || character == 0x2029
				|| ";%/\\".indexOf(character) >= 0;
	}

	private static boolean isUnreserved(int character) {
		return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z')
				|| (character >= '0' && character <= '9') || "-._~".indexOf(character) >= 0;
	}

}

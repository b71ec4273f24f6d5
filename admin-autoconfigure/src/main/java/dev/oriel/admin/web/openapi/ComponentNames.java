package dev.oriel.admin.web.openapi;

/**
 * Names of components, which may hold few characters. Any other character is written as
 * its code point between dots, and a dash joins two names, so different names stay
 * different.
 */
final class ComponentNames {

	private ComponentNames() {
	}

	static String of(String name) {
		StringBuilder encoded = new StringBuilder();
		name.codePoints().forEach((character) -> {
			if (isPlain(character)) {
				encoded.appendCodePoint(character);
			}
			else {
				encoded.append('.').append(Integer.toHexString(character)).append('.');
			}
		});
		return encoded.toString();
	}

	static String of(String name, String part) {
		return of(name) + "-" + of(part);
	}

	private static boolean isPlain(int character) {
		return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z')
				|| (character >= '0' && character <= '9') || character == '_';
	}

}

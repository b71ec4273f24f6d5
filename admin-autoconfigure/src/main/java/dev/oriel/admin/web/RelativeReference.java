package dev.oriel.admin.web;

/**
 * References to the resource that was asked for. They are relative and repeat only the
 * last part of the path, so they hold whatever the request came by: a context path, a
 * proxy's prefix or another host name. Without that part they would, too, but some
 * clients, {@code java.net.URI} among them, drop it.
 */
final class RelativeReference {

	private RelativeReference() {
	}

	/**
	 * Return the reference to a path, without a query.
	 * @param path the path of the request, encoded
	 */
	static String to(String path) {
		String last = path.substring(path.lastIndexOf('/') + 1);
		int parameters = last.indexOf(';');
		// Before a colon, a relative reference would be taken for a scheme.
		return ((parameters < 0) ? last : last.substring(0, parameters)).replace(":", "%3A");
	}

}

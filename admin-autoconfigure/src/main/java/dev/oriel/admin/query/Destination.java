package dev.oriel.admin.query;

/**
 * What a STOMP client subscribes to: {@code /topic/rows/{relation}?{query}}. The relation
 * is a name and never a pattern, whatever characters it holds.
 *
 * @param relation the name of the relation
 * @param query what is asked of it
 * @since 0.1.0
 */
public record Destination(String relation, Query query) {

	private static final String PREFIX = "/topic/rows/";

	private static final QueryParser PARSER = new QueryParser();

	private static final QueryWriter WRITER = new QueryWriter();

	/**
	 * Read a destination.
	 * @param destination the value of the header, with name and query still encoded
	 * @throws QueryException if it does not name a relation, or the query is malformed
	 */
	public static Destination parse(String destination) {
		if (!destination.startsWith(PREFIX)) {
			throw invalid("The destination does not start with " + PREFIX);
		}
		int mark = destination.indexOf('?');
		int end = (mark < 0) ? destination.length() : mark;
		String name = destination.substring(PREFIX.length(), end);
		Limits.characters(name.length());
		String relation = PercentEncoding.decode(name, 0, name.length(), false);
		if (name.startsWith("rpc/")) {
			throw invalid("The result of a function cannot be followed: nothing tells when it changes");
		}
		if (relation.isEmpty() || name.indexOf('/') >= 0) {
			throw invalid("The destination does not name one relation after " + PREFIX);
		}
		return new Destination(relation, (mark < 0) ? Query.ALL : PARSER.parse(destination.substring(mark + 1)));
	}

	/**
	 * Return the destination as a client writes it.
	 */
	public String write() {
		String query = WRITER.write(this.query);
		String relation = PercentEncoding.encode(this.relation).replace("/", "%2F").replace("?", "%3F");
		return PREFIX + relation + (query.isEmpty() ? "" : "?" + query);
	}

	private static QueryException invalid(String details) {
		return new QueryException("PGRST125", "Invalid path specified in request URL", details,
				"Subscribe to " + PREFIX + "{relation}?{query}");
	}

}

package dev.oriel.admin.web;

import java.util.StringJoiner;

import dev.oriel.admin.data.Problem;
import dev.oriel.admin.data.ProblemException;
import dev.oriel.admin.data.RowPage;
import dev.oriel.admin.query.Anchor;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.query.QueryWriter;

import org.jspecify.annotations.Nullable;

/**
 * The header {@code Link} of a page that is found by a cursor.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8288">RFC 8288: Web Linking</a>
 */
final class PageLinks {

	/** Servlet containers have 8 KB for all headers of an answer. */
	private static final int MAX_LENGTH = 6_000;

	private static final QueryWriter WRITER = new QueryWriter();

	private PageLinks() {
	}

	/**
	 * Return the value of the header, or {@code null} where there is no other page.
	 * @param path the path of the request, encoded
	 */
	static @Nullable String header(String path, Query query, RowPage page) {
		StringJoiner links = new StringJoiner(", ");
		links.setEmptyValue("");
		if (page.next() != null || page.previous() != null) {
			String parameters = WRITER.write(query.withPage(query.limit(), null).withAnchor(null));
			String reference = RelativeReference.to(path) + "?" + parameters + (parameters.isEmpty() ? "" : "&");
			add(links, reference, page.next(), "next");
			add(links, reference, page.previous(), "prev");
		}
		if (links.length() > MAX_LENGTH) {
			throw new ProblemException(
					new Problem(400, "ORIEL416", "These rows cannot be read page by page with cursors",
							"The links to other pages, which repeat the query, have more than %d characters."
								.formatted(MAX_LENGTH),
							"Shorten the query, or use 'limit' and 'offset'."));
		}
		return (links.length() > 0) ? links.toString() : null;
	}

	private static void add(StringJoiner links, String reference, @Nullable Anchor anchor, String relation) {
		if (anchor != null) {
			links.add("<" + reference + WRITER.write(Query.ALL.withAnchor(anchor)) + ">; rel=\"" + relation + "\"");
		}
	}

}

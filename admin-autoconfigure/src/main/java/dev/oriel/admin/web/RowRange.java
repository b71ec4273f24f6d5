package dev.oriel.admin.web;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.oriel.admin.data.Count;
import dev.oriel.admin.data.Problem;
import dev.oriel.admin.data.ProblemException;
import dev.oriel.admin.query.Query;

import org.springframework.http.HttpStatus;

import org.jspecify.annotations.Nullable;

/**
 * The part of all rows that an answer holds, by the header {@code Range} or by
 * {@code limit} and {@code offset}.
 *
 * @param offset how many rows come before, or {@code null} where nobody counted them,
 * because a cursor says where the part begins
 * @param size how many rows the answer holds
 * @param total how many rows there are, or {@code null}
 * @see <a href=
 * "https://docs.postgrest.org/en/stable/references/api/pagination_count.html"> PostgREST:
 * pagination and count</a>
 */
record RowRange(@Nullable Long offset, int size, @Nullable Count total) {

	private static final Pattern RANGE = Pattern.compile("(?:items=)?(\\d{1,18})-(\\d{0,18})");

	/**
	 * Return the part that an answer to a query holds.
	 */
	static RowRange of(Query query, int size, @Nullable Count total) {
		Long offset = (query.offset() != null) ? query.offset() : Long.valueOf(0);
		return new RowRange((query.anchor() != null) ? null : offset, size, total);
	}

	/**
	 * Return the query with the page that the header asks for, unless the query names one
	 * itself.
	 */
	static Query apply(Query query, List<String> headers) {
		if (headers.isEmpty() || query.limit() != null || query.offset() != null) {
			return query;
		}
		Matcher range = RANGE.matcher(headers.get(0).strip());
		if (!range.matches()) {
			return query;
		}
		long first = Long.parseLong(range.group(1));
		if (range.group(2).isEmpty()) {
			return query.withPage(null, first);
		}
		long last = Long.parseLong(range.group(2));
		if (last < first) {
			throw new ProblemException(new Problem(416, "PGRST103", "Requested range not satisfiable",
					"The lower boundary must be lower than or equal to the upper boundary in the Range header.", null));
		}
		return query.withPage(last - first + 1, first);
	}

	/**
	 * Refuse a range that begins behind the last row.
	 */
	void requireSatisfiable() {
		if (this.offset != null && this.total != null && this.total.exact() && this.offset > this.total.value()) {
			throw new UnsatisfiableRangeException(this.offset, this.total.value());
		}
	}

	HttpStatus status() {
		return (this.total != null && this.size < this.total.value()) ? HttpStatus.PARTIAL_CONTENT : HttpStatus.OK;
	}

	/**
	 * Return the value of the header {@code Content-Range}.
	 */
	String header() {
		String rows = (this.offset != null) ? rows(this.offset, this.size) : "*";
		return rows + "/" + ((this.total != null) ? Long.toString(this.total.value()) : "*");
	}

	/**
	 * Return the rows from one to another, or a star if there are none.
	 */
	static String rows(long offset, long size) {
		return (size == 0) ? "*" : offset + "-" + (offset + size - 1);
	}

}

package dev.oriel.admin.query;

import java.util.Arrays;
import java.util.Optional;

/**
 * How a value of a row is compared with a given one, by its name in a URL.
 *
 * @see <a href=
 * "https://docs.postgrest.org/en/stable/references/api/tables_views.html#operators">
 * PostgREST: operators</a>
 * @since 0.1.0
 */
public enum Operator {

	EQ("eq", "="), NEQ("neq", "<>"), GT("gt", ">"), GTE("gte", ">="), LT("lt", "<"), LTE("lte", "<="),
	LIKE("like", "like"), ILIKE("ilike", "ilike"), MATCH("match", "~"), IMATCH("imatch", "~*"), IN("in", "= any"),
	IS_DISTINCT("isdistinct", "is distinct from"), FTS("fts", "@@ to_tsquery"), PLFTS("plfts", "@@ plainto_tsquery"),
	PHFTS("phfts", "@@ phraseto_tsquery"), WFTS("wfts", "@@ websearch_to_tsquery"), CS("cs", "@>"), CD("cd", "<@"),
	OV("ov", "&&"), SL("sl", "<<"), SR("sr", ">>"), NXR("nxr", "&<"), NXL("nxl", "&>"), ADJ("adj", "-|-");

	private final String label;

	private final String sql;

	Operator(String label, String sql) {
		this.label = label;
		this.sql = sql;
	}

	/**
	 * Return the name in a URL, for example {@code gte}.
	 */
	public String label() {
		return this.label;
	}

	/**
	 * Return the operator in SQL; for full text, the operator and the function that makes
	 * the query.
	 */
	public String sql() {
		return this.sql;
	}

	/**
	 * Whether the operator searches text.
	 */
	public boolean isFullText() {
		return this == FTS || this == PLFTS || this == PHFTS || this == WFTS;
	}

	/**
	 * Whether {@code any} and {@code all} may follow.
	 */
	public boolean isQuantifiable() {
		return switch (this) {
			case EQ, GT, GTE, LT, LTE, LIKE, ILIKE, MATCH, IMATCH -> true;
			default -> false;
		};
	}

	/**
	 * Return the operator of that name in a URL.
	 * @param label the name
	 */
	public static Optional<Operator> of(String label) {
		return Arrays.stream(values()).filter((operator) -> operator.label.equals(label)).findFirst();
	}

}

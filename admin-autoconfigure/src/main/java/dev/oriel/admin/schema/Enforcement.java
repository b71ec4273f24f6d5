package dev.oriel.admin.schema;

/**
 * When PostgreSQL checks a constraint, and on which rows.
 *
 * @param enforced whether it is checked at all
 * @param validated whether the rows that were there before it are known to meet it
 * @param deferrable whether a transaction may have it checked at its end
 * @param deferred whether it is checked at the end of each transaction that does not say
 * otherwise
 * @since 0.1.0
 */
public record Enforcement(boolean enforced, boolean validated, boolean deferrable, boolean deferred) {

	/** Every row, with each statement. */
	public static final Enforcement IMMEDIATE = new Enforcement(true, true, false, false);

}

package dev.oriel.admin.schema;

/**
 * Whether policies decide row by row who may see and change what.
 *
 * @param enabled whether they do, for others than the owner
 * @param forced whether they do for the owner too
 * @since 0.1.0
 */
public record RowSecurity(boolean enabled, boolean forced) {

	/** They do not. */
	public static final RowSecurity NONE = new RowSecurity(false, false);

}

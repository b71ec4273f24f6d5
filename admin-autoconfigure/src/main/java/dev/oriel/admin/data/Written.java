package dev.oriel.admin.data;

/**
 * What came of rows that may have been there already.
 *
 * @param page the rows inserted or changed
 * @param created whether at least one of them was not there before
 * @since 0.1.0
 */
public record Written(RowPage page, boolean created) {
}

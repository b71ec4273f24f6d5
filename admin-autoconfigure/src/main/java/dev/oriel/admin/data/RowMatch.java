package dev.oriel.admin.data;

/**
 * That changed rows meet the conditions of a page.
 *
 * @param test the place of the page's test among those made, from 0
 * @param inside whether one of the rows belongs to the page itself; otherwise all of them
 * come behind its last row
 * @since 0.1.0
 */
public record RowMatch(int test, boolean inside) {
}

/**
 * The use cases on rows: list, get, insert, update and delete, each in one transaction.
 * <p>
 * Rows that embed related rows are written by the classes around
 * {@link dev.oriel.admin.data.Family}, which names them in the order in which to read
 * them: a body is parsed into a family, the family becomes a plan, and the plan is worked
 * off in rounds of a few statements each.
 */
@NullMarked
package dev.oriel.admin.data;

import org.jspecify.annotations.NullMarked;

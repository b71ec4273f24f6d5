/**
 * The use cases on rows: list, get, insert, update and delete, each in one transaction.
 */
@NullMarked
package dev.oriel.admin.data;

import org.jspecify.annotations.NullMarked;

/**
 * Who may read and write which relation, column and row.
 */
@NullMarked
package dev.oriel.admin.access;

import org.jspecify.annotations.NullMarked;

/**
 * Turns a query and a schema snapshot into one immutable statement with its arguments.
 */
@NullMarked
package dev.oriel.admin.sql;

import org.jspecify.annotations.NullMarked;

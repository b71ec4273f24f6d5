/**
 * What the tests share: a real PostgreSQL, a network that fails, and a schema, rows,
 * changes and hooks as a test needs them.
 */
@NullMarked
package dev.oriel.admin.testing;

import org.jspecify.annotations.NullMarked;

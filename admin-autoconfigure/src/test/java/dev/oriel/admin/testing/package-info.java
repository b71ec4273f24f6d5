/**
 * What the tests share: a real PostgreSQL, a network that fails, and a schema as a test
 * needs it.
 */
@NullMarked
package dev.oriel.admin.testing;

import org.jspecify.annotations.NullMarked;

/**
 * What the tests share: a real PostgreSQL.
 */
@NullMarked
package dev.oriel.admin.testing;

import org.jspecify.annotations.NullMarked;

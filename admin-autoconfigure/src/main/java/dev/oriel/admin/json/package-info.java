/**
 * Reads JSON that stands for values of PostgreSQL.
 */
@NullMarked
package dev.oriel.admin.json;

import org.jspecify.annotations.NullMarked;

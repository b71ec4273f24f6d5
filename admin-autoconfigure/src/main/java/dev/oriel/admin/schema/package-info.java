/**
 * What a database holds, as immutable values: relations, columns, types and keys, with
 * look-ups by name.
 */
@NullMarked
package dev.oriel.admin.schema;

import org.jspecify.annotations.NullMarked;

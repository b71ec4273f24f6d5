/**
 * Oriel's own records, kept in the schema oriel.
 */
@NullMarked
package dev.oriel.admin.store;

import org.jspecify.annotations.NullMarked;

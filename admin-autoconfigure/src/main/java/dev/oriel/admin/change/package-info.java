/**
 * What changed in the database, told as keys, and where that knowledge comes from.
 */
@NullMarked
package dev.oriel.admin.change;

import org.jspecify.annotations.NullMarked;

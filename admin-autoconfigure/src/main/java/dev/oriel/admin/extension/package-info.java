/**
 * What a host implements to take part: hooks on the rows that are written.
 */
@NullMarked
package dev.oriel.admin.extension;

import org.jspecify.annotations.NullMarked;

/**
 * The description of the HTTP interface for other programs, as far as a caller may use
 * it.
 */
@NullMarked
package dev.oriel.admin.web.openapi;

import org.jspecify.annotations.NullMarked;

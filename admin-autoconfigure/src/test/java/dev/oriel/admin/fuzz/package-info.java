/**
 * Looks for inputs that nobody has thought of.
 */
@NullMarked
package dev.oriel.admin.fuzz;

import org.jspecify.annotations.NullMarked;

/**
 * Tests that look at the module as a whole.
 */
@NullMarked
package dev.oriel.admin;

import org.jspecify.annotations.NullMarked;

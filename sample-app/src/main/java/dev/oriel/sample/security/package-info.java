/**
 * Who may sign in, and to what.
 */
@NullMarked
package dev.oriel.sample.security;

import org.jspecify.annotations.NullMarked;

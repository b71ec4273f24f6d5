/**
 * Oriel for the application's own code: what the page and the HTTP interface do, without
 * either.
 */
@NullMarked
package dev.oriel.admin;

import org.jspecify.annotations.NullMarked;

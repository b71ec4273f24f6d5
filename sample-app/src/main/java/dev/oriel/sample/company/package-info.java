/**
 * The application's own REST endpoint, on the companies.
 */
@NullMarked
package dev.oriel.sample.company;

import org.jspecify.annotations.NullMarked;

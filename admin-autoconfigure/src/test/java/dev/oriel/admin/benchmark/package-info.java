/**
 * Measurements, as ratios to a bare endpoint in the same run. They never fail a build:
 * {@code mvn -Pbenchmark verify} prints them.
 */
@NullMarked
package dev.oriel.admin.benchmark;

import org.jspecify.annotations.NullMarked;

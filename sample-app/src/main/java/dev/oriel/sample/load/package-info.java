/**
 * Loading of SQL files that were written for psql or by pg_dump.
 */
@NullMarked
package dev.oriel.sample.load;

import org.jspecify.annotations.NullMarked;

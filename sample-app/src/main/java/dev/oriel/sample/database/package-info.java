/**
 * The PostgreSQL server that the application starts for itself when it is given none.
 */
@NullMarked
package dev.oriel.sample.database;

import org.jspecify.annotations.NullMarked;

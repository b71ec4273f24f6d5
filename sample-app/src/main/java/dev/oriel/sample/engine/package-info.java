/**
 * The job queue, and the activity that works on it.
 */
@NullMarked
package dev.oriel.sample.engine;

import org.jspecify.annotations.NullMarked;

/**
 * An ordinary Spring Boot application that added Oriel.
 */
@NullMarked
package dev.oriel.sample;

import org.jspecify.annotations.NullMarked;

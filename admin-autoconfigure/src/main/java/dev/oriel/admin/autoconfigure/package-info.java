/**
 * Puts the parts together inside a Spring Boot application; the only package that knows
 * Boot.
 */
@NullMarked
package dev.oriel.admin.autoconfigure;

import org.jspecify.annotations.NullMarked;

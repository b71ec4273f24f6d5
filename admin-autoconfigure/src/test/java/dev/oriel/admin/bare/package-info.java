/**
 * A program that has Oriel, and neither a web server nor Spring Security.
 */
@NullMarked
package dev.oriel.admin.bare;

import org.jspecify.annotations.NullMarked;

/**
 * The HTTP interface and the guard in front of it.
 */
@NullMarked
package dev.oriel.admin.web;

import org.jspecify.annotations.NullMarked;

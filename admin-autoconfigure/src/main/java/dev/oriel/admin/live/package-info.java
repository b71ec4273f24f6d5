/**
 * Windows: what each client shows, and what a change means to it.
 */
@NullMarked
package dev.oriel.admin.live;

import org.jspecify.annotations.NullMarked;

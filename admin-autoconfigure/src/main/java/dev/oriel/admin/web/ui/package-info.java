/**
 * Serves the single-page application.
 */
@NullMarked
package dev.oriel.admin.web.ui;

import org.jspecify.annotations.NullMarked;

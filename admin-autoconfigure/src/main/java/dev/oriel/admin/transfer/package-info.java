/**
 * Rows in and out by the file: imports, exports, and the jobs that they are.
 */
@NullMarked
package dev.oriel.admin.transfer;

import org.jspecify.annotations.NullMarked;

/**
 * The query language: a URL or a STOMP destination becomes an immutable tree, and back.
 */
@NullMarked
package dev.oriel.admin.query;

import org.jspecify.annotations.NullMarked;

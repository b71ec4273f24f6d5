/**
 * The WebSocket endpoint and its STOMP frames.
 */
@NullMarked
package dev.oriel.admin.stomp;

import org.jspecify.annotations.NullMarked;

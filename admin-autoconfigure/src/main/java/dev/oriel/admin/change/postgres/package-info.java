/**
 * Change events from PostgreSQL: triggers, the outbox, and the connection that listens.
 */
@NullMarked
package dev.oriel.admin.change.postgres;

import org.jspecify.annotations.NullMarked;

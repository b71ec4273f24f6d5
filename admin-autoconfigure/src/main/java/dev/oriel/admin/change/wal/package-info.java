/**
 * Change events from PostgreSQL's write-ahead log, by logical replication.
 */
@NullMarked
package dev.oriel.admin.change.wal;

import org.jspecify.annotations.NullMarked;

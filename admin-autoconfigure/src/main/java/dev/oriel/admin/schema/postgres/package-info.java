/**
 * Reads the PostgreSQL catalogue into a schema snapshot and notices when it changes.
 */
@NullMarked
package dev.oriel.admin.schema.postgres;

import org.jspecify.annotations.NullMarked;

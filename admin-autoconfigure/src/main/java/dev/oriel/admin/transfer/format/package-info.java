/**
 * Readers and writers of files that hold rows. They know texts and nothing of databases.
 */
@NullMarked
package dev.oriel.admin.transfer.format;

import org.jspecify.annotations.NullMarked;

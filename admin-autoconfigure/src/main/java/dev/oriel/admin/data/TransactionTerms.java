package dev.oriel.admin.data;

import java.util.Map;

/**
 * What holds for one transaction, or for a part of one that was joined.
 *
 * @param readOnly whether PostgreSQL refuses every change
 * @param rollback whether everything is undone even if the work succeeds
 * @param settings PostgreSQL's settings that the work runs with, by their names
 */
record TransactionTerms(boolean readOnly, boolean rollback, Map<String, String> settings) {
}

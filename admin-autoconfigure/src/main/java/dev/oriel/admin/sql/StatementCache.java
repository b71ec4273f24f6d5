package dev.oriel.admin.sql;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

import dev.oriel.admin.query.Query;

import org.jspecify.annotations.Nullable;

/**
 * Statements for rows, written once for all queries that differ in nothing but the values
 * of their filter and their page. Clients ask the same few questions again and again, and
 * to write one takes longer than PostgreSQL needs to find a row. A query of another form
 * is written each time.
 *
 * @since 0.1.0
 */
public final class StatementCache {

	private static final int CAPACITY = 500;

	private final Recent<Statement, SqlStatement> statements = new Recent<>();

	private final Recent<QueryShape.Key, Keyset> keysets = new Recent<>();

	/**
	 * Return the statement that {@link ReadStatements#rows} or
	 * {@link ReadStatements#countedRows} gives for the same arguments.
	 * @param scope what may be touched
	 * @param query what is asked for
	 * @param returned how the rows are returned
	 * @param counted whether all rows are counted as well
	 */
	public SqlStatement rows(Scope scope, Query query, Returned returned, boolean counted) {
		QueryShape shape = QueryShape.of(scope, query);
		if (shape == null) {
			return write(scope, query, returned, counted);
		}
		return this.statements
			.get(new Statement(shape.key(), returned, counted), () -> write(scope, shape.marked(), returned, counted))
			.with(shape::unmark);
	}

	/**
	 * Return the pages that {@link Keyset#of} gives for the same arguments.
	 * @param scope what may be touched
	 * @param query what is asked for; its offset and its anchor do not matter
	 */
	public Keyset keyset(Scope scope, Query query) {
		QueryShape shape = QueryShape.of(scope, query.withAnchor(null).withPage(null, null));
		if (shape == null) {
			return Keyset.of(scope, query);
		}
		// Without what else the caller may read, which would be kept along with all that
		// it knows.
		Scope alone = new Scope(scope.relation(), scope.readable(), scope.rows());
		return this.keysets.get(shape.key(), () -> Keyset.of(alone, shape.marked())).with(shape);
	}

	private static SqlStatement write(Scope scope, Query query, Returned returned, boolean counted) {
		return counted ? ReadStatements.countedRows(scope, query, returned)
				: ReadStatements.rows(scope, query, returned);
	}

	/**
	 * What has to be equal for two queries to share a statement.
	 */
	private record Statement(QueryShape.Key shape, Returned returned, boolean counted) {
	}

	/**
	 * What was used most recently.
	 */
	private static final class Recent<K, V> {

		private final Map<K, V> values = new LinkedHashMap<>(16, 0.75f, true) {

			@Override
			protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
				return size() > CAPACITY;
			}

		};

		private V get(K key, Supplier<V> maker) {
			V value = find(key);
			if (value == null) {
				// Outside of the lock, because it may take a while or fail.
				value = maker.get();
				synchronized (this.values) {
					this.values.put(key, value);
				}
			}
			return value;
		}

		private @Nullable V find(K key) {
			synchronized (this.values) {
				return this.values.get(key);
			}
		}

	}

}

package dev.oriel.admin.data;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A row as it leaves the database.
 *
 * @param json the row as PostgreSQL writes it, in JSON unless another format was asked
 * for
 * @param key the texts of the columns that name the row, in the key's order; empty where
 * the relation has no key
 * @param version a text that changes whenever the row does, or {@code null} if it was not
 * asked for
 * @since 0.1.0
 */
public record Row(String json, List<String> key, @Nullable String version) {

	public Row {
		key = List.copyOf(key);
	}

}

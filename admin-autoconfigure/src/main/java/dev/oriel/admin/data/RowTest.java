package dev.oriel.admin.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * How to find out whether changed rows belong to a page. Pages with the same statement
 * are asked about at once.
 *
 * @param statement what pages of the same form have in common
 * @param values what tells them apart
 * @since 0.1.0
 */
public record RowTest(String statement, List<@Nullable String> values) {

	public RowTest {
		values = Collections.unmodifiableList(new ArrayList<>(values));
	}

}

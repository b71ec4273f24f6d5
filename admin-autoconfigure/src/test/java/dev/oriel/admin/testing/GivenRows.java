package dev.oriel.admin.testing;

import java.time.Duration;
import java.util.List;

import dev.oriel.admin.access.Caller;
import dev.oriel.admin.data.Count;
import dev.oriel.admin.data.CountMode;
import dev.oriel.admin.data.Row;
import dev.oriel.admin.data.RowMatch;
import dev.oriel.admin.data.RowTest;
import dev.oriel.admin.data.WindowPage;
import dev.oriel.admin.live.RowSource;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.schema.ForeignKey;
import dev.oriel.admin.schema.RelationName;

import org.jspecify.annotations.Nullable;

/**
 * Rows that are what a test says. Any change may concern them: their pages say nothing of
 * what matters, so nothing is ever found when the engine asks for it all the same.
 */
public abstract class GivenRows implements RowSource {

	/**
	 * Return what a query answers.
	 */
	protected abstract List<Row> rows(Caller caller, RelationName relation);

	@Override
	public WindowPage window(Caller caller, RelationName relation, Query query, boolean withVersion) {
		return new WindowPage(rows(caller, relation), null);
	}

	@Override
	public Count count(Caller caller, RelationName relation, Query query, CountMode mode) {
		return new Count(rows(caller, relation).size(), true);
	}

	@Override
	public List<RowMatch> matches(List<RowTest> tests, List<List<String>> keys, Duration limit) {
		return List.of();
	}

	@Override
	public List<List<@Nullable String>> preceding(Caller caller, RelationName relation, Query query,
			List<List<String>> keys) {
		return List.of();
	}

	@Override
	public List<List<@Nullable String>> values(RelationName relation, List<String> columns, List<List<String>> keys,
			Duration limit) {
		return List.of();
	}

	@Override
	public List<List<@Nullable String>> referencing(ForeignKey key, List<List<String>> keys, int most, Duration limit) {
		return List.of();
	}

}

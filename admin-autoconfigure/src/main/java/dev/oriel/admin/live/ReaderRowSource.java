package dev.oriel.admin.live;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.oriel.admin.access.Caller;
import dev.oriel.admin.data.Count;
import dev.oriel.admin.data.CountMode;
import dev.oriel.admin.data.RelationReader;
import dev.oriel.admin.data.RowMatch;
import dev.oriel.admin.data.RowTest;
import dev.oriel.admin.data.WindowPage;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.schema.ForeignKey;
import dev.oriel.admin.schema.RelationName;
import org.jspecify.annotations.Nullable;

/**
 * Lets windows read with the reader that answers HTTP.
 *
 * @param reader the reader
 */
record ReaderRowSource(RelationReader reader) implements RowSource {

	@Override
	public WindowPage window(Caller caller, RelationName relation, Query query, boolean withVersion) {
		return this.reader.windows().read(caller, relation, query, withVersion);
	}

	@Override
	public Count count(Caller caller, RelationName relation, Query query, CountMode mode) {
		return this.reader.count(caller, relation, query, mode);
	}

	@Override
	public List<RowMatch> matches(List<RowTest> tests, List<List<String>> keys, Duration limit) {
		return this.reader.windows().matches(tests, keys, limit);
	}

	@Override
	public List<List<@Nullable String>> preceding(Caller caller, RelationName relation, Query query,
			List<List<String>> keys) {
		return this.reader.windows().preceding(caller, relation, query, keys);
	}

	@Override
	public List<List<@Nullable String>> values(RelationName relation, List<String> columns, List<List<String>> keys,
			Duration limit) {
		return this.reader.windows().values(relation, columns, keys, limit);
	}

	@Override
	public List<List<@Nullable String>> referencing(ForeignKey key, List<List<String>> keys, int most, Duration limit) {
		return this.reader.windows().referencing(key, keys, most, limit);
	}

	@Override
	public Instant now() {
		return this.reader.now();
	}

}

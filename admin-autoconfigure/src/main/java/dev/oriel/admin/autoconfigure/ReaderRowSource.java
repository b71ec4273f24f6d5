package dev.oriel.admin.autoconfigure;

import java.time.Instant;

import dev.oriel.admin.access.Caller;
import dev.oriel.admin.data.Count;
import dev.oriel.admin.data.CountMode;
import dev.oriel.admin.data.ReadOptions;
import dev.oriel.admin.data.RelationReader;
import dev.oriel.admin.data.RowPage;
import dev.oriel.admin.live.RowSource;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.sql.VersionMode;

/**
 * Lets windows read with the reader that answers HTTP.
 *
 * @param reader the reader
 */
record ReaderRowSource(RelationReader reader) implements RowSource {

	@Override
	public RowPage read(Caller caller, RelationName relation, Query query, boolean withVersion) {
		return this.reader.read(caller, relation, query,
				ReadOptions.DEFAULTS.withVersion(withVersion ? VersionMode.IN_ROW : VersionMode.NONE));
	}

	@Override
	public Count count(Caller caller, RelationName relation, Query query, CountMode mode) {
		return this.reader.count(caller, relation, query, mode);
	}

	@Override
	public Instant now() {
		return this.reader.now();
	}

}

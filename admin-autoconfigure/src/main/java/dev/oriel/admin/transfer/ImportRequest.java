package dev.oriel.admin.transfer;

import java.nio.charset.Charset;
import java.util.List;

import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.transfer.format.FileFormat;
import dev.oriel.admin.transfer.format.SourceOptions;

import org.jspecify.annotations.Nullable;

/**
 * What is to be imported, and how.
 *
 * @param relation the relation that the rows are for
 * @param format what the file is
 * @param source how it is read
 * @param columns which of its columns are meant, and how their values are written
 * @param mode what is done with the rows
 * @param key the columns that tell which row is there already; empty for the primary key
 * @param keeping what becomes of the good rows when others are rejected
 * @param size how many bytes the file has, or -1 if that is not known
 * @since 0.1.0
 */
public record ImportRequest(RelationName relation, FileFormat format, SourceOptions source, ColumnOptions columns,
		Mode mode, List<String> key, Keeping keeping, long size) {

	public ImportRequest {
		key = List.copyOf(key);
	}

	/**
	 * Create a request that inserts all rows of a file whose columns are called as those
	 * of the relation.
	 * @param relation the relation that the rows are for
	 * @param format what the file is
	 */
	public static ImportRequest of(RelationName relation, FileFormat format) {
		return new ImportRequest(relation, format, SourceOptions.DETECTED, ColumnOptions.DEFAULTS, Mode.INSERT,
				List.of(), Keeping.ALL_OR_NOTHING, -1);
	}

	/**
	 * Return the same request for a file of another encoding, unless it says one.
	 * @param encoding the encoding
	 */
	public ImportRequest withEncoding(Charset encoding) {
		if (this.source.encoding() != null) {
			return this;
		}
		SourceOptions encoded = new SourceOptions(encoding, this.source.separator(), this.source.quote(),
				this.source.nullText(), this.source.sheet(), this.source.guarded());
		return new ImportRequest(this.relation, this.format, encoded, this.columns, this.mode, this.key, this.keeping,
				this.size);
	}

	/**
	 * What is done with rows.
	 */
	public enum Mode {

		/** All are inserted. */
		INSERT,

		/** Those that are there, by their key, are changed; the others are inserted. */
		UPSERT,

		/** Those that are there, by their key, are changed; the others are rejected. */
		UPDATE

	}

	/**
	 * What becomes of the good rows.
	 *
	 * @param batch how many rows are kept at a time; {@code null} for all of them
	 * together
	 * @param skip whether good rows are kept where others are rejected; otherwise a
	 * rejected row ends the import with all rows that would be kept together with it
	 * @param dryRun whether in the end nothing is kept at all
	 */
	public record Keeping(@Nullable Integer batch, boolean skip, boolean dryRun) {

		/** Nothing is kept if one row is rejected. */
		public static final Keeping ALL_OR_NOTHING = new Keeping(null, false, false);

	}

}

package dev.oriel.admin.transfer;

import java.util.List;
import java.util.function.Function;

import dev.oriel.admin.data.ReadOptions;
import dev.oriel.admin.data.RowField;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.transfer.format.CellType;
import dev.oriel.admin.transfer.format.OutputColumn;

/**
 * Rows that are wanted as a file.
 *
 * @param relation the relation
 * @param query which rows, and what of them
 * @param options how to read them
 * @param format how they leave
 * @param guarded whether texts of CSV that begin like a formula get an apostrophe
 * @param columns makes the columns of the file out of the fields of the rows
 * @since 0.1.0
 */
public record Export(RelationName relation, Query query, ReadOptions options, ExportFormat format, boolean guarded,
		Function<List<RowField>, List<OutputColumn>> columns) {

	/**
	 * Return an export of values as PostgreSQL writes them.
	 * @param relation the relation
	 * @param query which rows, and what of them
	 * @param options how to read them
	 * @param format how they leave
	 * @param guarded whether texts of CSV that begin like a formula get an apostrophe
	 */
	public static Export raw(RelationName relation, Query query, ReadOptions options, ExportFormat format,
			boolean guarded) {
		return new Export(relation, query, options, format, guarded, Export::rawColumns);
	}

	/**
	 * Return the same export with other columns.
	 * @param columns makes them out of the fields of the rows
	 */
	public Export withColumns(Function<List<RowField>, List<OutputColumn>> columns) {
		return new Export(this.relation, this.query, this.options, this.format, this.guarded, columns);
	}

	/**
	 * Return the same export of other rows.
	 * @param query which
	 */
	public Export withQuery(Query query) {
		return new Export(this.relation, query, this.options, this.format, this.guarded, this.columns);
	}

	private static List<OutputColumn> rawColumns(List<RowField> fields) {
		return fields.stream().map((field) -> new OutputColumn(field.name(), CellType.of(field.type()))).toList();
	}

}

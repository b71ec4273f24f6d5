package dev.oriel.admin.data;

import dev.oriel.admin.sql.Explain;
import dev.oriel.admin.sql.RowFormat;

import org.jspecify.annotations.Nullable;

/**
 * What is made of rows on their way out.
 *
 * @param format the text of each row
 * @param explain asks for the plan instead of the rows, or {@code null}. The only row is
 * the text of the plan then, and nothing that is written is kept, because what a plan
 * does not show cannot be checked
 * @since 0.1.0
 */
public record Output(RowFormat format, @Nullable Explain explain) {

	/** Rows as JSON. */
	public static final Output JSON = new Output(RowFormat.JSON, null);

}

package dev.oriel.admin.data;

import dev.oriel.admin.schema.Function;

import org.jspecify.annotations.Nullable;

/**
 * What a call gave.
 *
 * @param function the function that was called, of those that share its name
 * @param page the rows or values
 * @param total how many there are without the page, or {@code null} if it was not asked
 * for
 * @since 0.1.0
 */
public record CallResult(Function function, RowPage page, @Nullable Count total) {

	/**
	 * Return the result as one JSON value, exactly as an HTTP answer holds it.
	 */
	public String json() {
		if (this.function.result().set()) {
			return this.page.json();
		}
		return this.page.rows().isEmpty() ? "null" : this.page.rows().get(0).json();
	}

}

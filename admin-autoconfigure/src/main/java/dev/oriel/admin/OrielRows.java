package dev.oriel.admin;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.oriel.admin.data.Problem;
import dev.oriel.admin.data.ProblemException;
import dev.oriel.admin.data.Row;
import dev.oriel.admin.data.RowPage;

import org.jspecify.annotations.Nullable;

/**
 * Rows that were read, written or returned by a function: as JSON, maps or objects.
 * <p>
 * The JSON is PostgreSQL's own. In maps, in the order of the columns, a whole number is a
 * {@code Long} ({@code BigInteger} if it is too large for one), any other number a
 * {@code BigDecimal} with all of its digits; {@code true} and {@code false} are
 * {@code Boolean}, NULL is {@code null}, an array, a list of embedded rows and a JSON
 * array are a {@code List}, an embedded row, a composite value and a JSON object a
 * {@code Map}; every other value is its text as PostgreSQL writes it.
 * <p>
 * An object, which is usually a record, gets the values by the names of its components:
 * {@code firstName} is the column {@code first_name}. Each component needs a column;
 * columns without a component are left out. A value that does not fit a component
 * exactly, such as NULL for an {@code int}, is an error. A {@code byte[]} is a
 * {@code bytea}, and annotations of Jackson are heeded.
 *
 * @since 0.1.0
 */
public final class OrielRows {

	private final List<String> rows;

	private final String json;

	OrielRows(List<Row> rows, String json) {
		this.rows = rows.stream().map(Row::json).toList();
		this.json = json;
	}

	OrielRows(RowPage page) {
		this(page.rows(), page.json());
	}

	OrielRows(List<String> rows) {
		this.rows = rows;
		this.json = "[" + String.join(",", rows) + "]";
	}

	/**
	 * Return how many rows there are.
	 */
	public int size() {
		return this.rows.size();
	}

	/**
	 * Return the rows as a JSON array, exactly as an HTTP answer holds them; for a
	 * function that returns one value, that value.
	 */
	public String json() {
		return this.json;
	}

	/**
	 * Return the rows as maps from the names of columns to values.
	 */
	public List<Map<String, @Nullable Object>> list() {
		return this.rows.stream().map(RowJson::map).toList();
	}

	/**
	 * Return the rows as objects.
	 * @param type the type of an object
	 * @throws IllegalArgumentException if a row does not fit the type
	 */
	public <T> List<T> list(Class<T> type) {
		return this.rows.stream().map((row) -> RowJson.read(row, type)).toList();
	}

	/**
	 * Return the first row, if there is one, as a map.
	 */
	public Optional<Map<String, @Nullable Object>> first() {
		return this.rows.stream().findFirst().map(RowJson::map);
	}

	/**
	 * Return the first row, if there is one, as an object.
	 * @param type the type of the object
	 * @throws IllegalArgumentException if the row does not fit the type
	 */
	public <T> Optional<T> first(Class<T> type) {
		return this.rows.stream().findFirst().map((row) -> RowJson.read(row, type));
	}

	/**
	 * Return the only row as a map.
	 * @throws ProblemException when there is none, or more than one
	 */
	public Map<String, @Nullable Object> one() {
		return RowJson.map(only());
	}

	/**
	 * Return the only row as an object.
	 * @param type the type of the object
	 * @throws ProblemException when there is none, or more than one
	 * @throws IllegalArgumentException if the row does not fit the type
	 */
	public <T> T one(Class<T> type) {
		return RowJson.read(only(), type);
	}

	private String only() {
		if (this.rows.size() != 1) {
			throw new ProblemException(Problem.notSingle(this.rows.size()));
		}
		return this.rows.get(0);
	}

	@Override
	public String toString() {
		return this.json;
	}

}

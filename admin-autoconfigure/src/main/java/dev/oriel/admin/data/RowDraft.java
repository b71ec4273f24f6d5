package dev.oriel.admin.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.oriel.admin.access.Operation;
import dev.oriel.admin.extension.PendingRow;
import dev.oriel.admin.extension.RowImage;
import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.Relation;

import org.jspecify.annotations.Nullable;

/**
 * A row on its way into the database, which hooks may change.
 */
final class RowDraft implements PendingRow {

	private final Relation relation;

	private final Operation operation;

	private final @Nullable String path;

	private final @Nullable HeldRow held;

	private final @Nullable RowImage before;

	private final Set<String> defaults;

	private final List<FieldError> errors = new ArrayList<>();

	private Map<String, String> values;

	private Set<String> fixed = Set.of();

	private boolean changed;

	private @Nullable RowImage image;

	/**
	 * @param place the row's number in the body, from 0; {@code null} if the body is one
	 * object
	 * @param held the row that is there, or {@code null}
	 * @param values the JSON of the values to write; left as they are
	 * @param defaults the columns that get their default
	 */
	RowDraft(Relation relation, Operation operation, @Nullable Integer place, @Nullable HeldRow held,
			Map<String, String> values, Set<String> defaults) {
		this(relation, operation, held, values, defaults, (place != null) ? BodyPath.of(place) : null);
	}

	/**
	 * @param held the row that is there, or {@code null}
	 * @param values the JSON of the values to write; left as they are
	 * @param defaults the columns that get their default
	 * @param path where the row is in the body; {@code null} if the body is one object
	 */
	RowDraft(Relation relation, Operation operation, @Nullable HeldRow held, Map<String, String> values,
			Set<String> defaults, @Nullable String path) {
		this.relation = relation;
		this.operation = operation;
		this.path = path;
		this.held = held;
		this.before = (held != null && held.image() != null) ? RowImage.of(held.image()) : null;
		this.values = values;
		this.defaults = new LinkedHashSet<>(defaults);
	}

	/**
	 * Return the row with columns that hooks leave alone, because the row is found by
	 * them.
	 */
	RowDraft fixed(Set<String> columns) {
		this.fixed = columns;
		return this;
	}

	@Nullable HeldRow held() {
		return this.held;
	}

	/**
	 * Return the JSON of the values to write.
	 */
	Map<String, String> writtenValues() {
		return Collections.unmodifiableMap(this.values);
	}

	/**
	 * Return the columns that get their default.
	 */
	Set<String> defaults() {
		return this.defaults;
	}

	boolean isChanged() {
		return this.changed;
	}

	List<FieldError> errors() {
		return this.errors;
	}

	@Override
	public @Nullable RowImage before() {
		return this.before;
	}

	@Override
	public RowImage values() {
		if (this.image == null) {
			this.image = RowImage.of(this.values);
		}
		return this.image;
	}

	@Override
	public void set(String column, @Nullable Object value) {
		Column known = requireColumn(column);
		boolean computed = known.generated() || known.identity() == Column.Identity.ALWAYS;
		if (computed) {
			throw new IllegalArgumentException(
					"PostgreSQL computes the column '%s' of %s itself".formatted(column, this.relation.name()));
		}
		String json = HookValue.json(value);
		if (!json.equals(this.values.get(column))) {
			change(column).put(column, json);
		}
		this.defaults.remove(column);
	}

	@Override
	public void remove(String column) {
		requireColumn(column);
		if (this.values.containsKey(column) || this.defaults.contains(column)) {
			change(column).remove(column);
		}
		this.defaults.remove(column);
	}

	private Map<String, String> change(String column) {
		if (this.operation == Operation.DELETE) {
			throw new IllegalStateException("A row that is deleted has no values");
		}
		if (this.fixed.contains(column)) {
			throw new IllegalArgumentException(
					"The row is looked up by its '%s', so that cannot be changed here".formatted(column));
		}
		if (!this.changed) {
			this.values = new LinkedHashMap<>(this.values);
		}
		this.changed = true;
		this.image = null;
		return this.values;
	}

	@Override
	public void reject(String message) {
		this.errors.add(new FieldError(this.path, null, message));
	}

	@Override
	public void reject(String column, String message) {
		requireColumn(column);
		this.errors.add(new FieldError((this.path != null) ? this.path + "." + column : null, column, message));
	}

	private Column requireColumn(String column) {
		Column known = this.relation.column(column);
		if (known == null) {
			throw new IllegalArgumentException("%s has no column '%s'".formatted(this.relation.name(), column));
		}
		return known;
	}

	@Override
	public String toString() {
		return values().json();
	}

}

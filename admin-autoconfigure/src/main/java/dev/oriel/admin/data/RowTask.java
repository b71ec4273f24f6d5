package dev.oriel.admin.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What is to be done with one row of a family, and how far it has come: whether it is
 * known to be there, what it waits for, and the values that it is looked up by, is
 * written with, and has got. It runs no statements: {@link FamilyWriter} has it looked up
 * and written, and {@link RowJson} turns its values into what statements are given.
 */
final class RowTask {

	private final Target target;

	private final String path;

	private final ExpectedVersions versions;

	private final List<String> lookup;

	private final boolean required;

	private final Map<String, String> key = new LinkedHashMap<>();

	private final Map<String, String> values = new LinkedHashMap<>();

	private final List<RowDependency> dependencies = new ArrayList<>();

	private final Set<RowDependency> applied = new HashSet<>();

	private final List<RowTask> after = new ArrayList<>();

	private final Map<String, @Nullable String> texts = new HashMap<>();

	private final Map<String, String> propagated = new LinkedHashMap<>();

	private final Map<String, String> reserved = new LinkedHashMap<>();

	private @Nullable String version;

	private @Nullable Map<String, String> overwritten;

	private boolean delete;

	private boolean inserted;

	private RowState state = RowState.NEW;

	/**
	 * @param target the relation
	 * @param path where the row stands in the body
	 * @param versions the versions that the row may have
	 * @param lookup the columns by which the row is looked for; none if it is new
	 * @param required whether the row has to be there
	 */
	RowTask(Target target, String path, ExpectedVersions versions, List<String> lookup, boolean required) {
		this.target = target;
		this.path = path;
		this.versions = versions;
		this.lookup = List.copyOf(lookup);
		this.required = required;
	}

	/**
	 * Return what is done with a row that is known to be there.
	 * @param lookup the columns that name it where the relation has no key
	 * @param texts the texts of its columns
	 */
	static RowTask ofFound(Target target, String path, List<String> lookup, Map<String, @Nullable String> texts) {
		RowTask task = new RowTask(target, path, ExpectedVersions.NONE, lookup, true);
		task.found(texts);
		return task;
	}

	Target target() {
		return this.target;
	}

	String path() {
		return this.path;
	}

	String at(String name) {
		return this.path.isEmpty() ? name : this.path + "." + name;
	}

	/**
	 * Whether the row has to be there, and perhaps to be what somebody has seen.
	 */
	boolean isVersioned() {
		return !this.versions.isEmpty();
	}

	/**
	 * Whether the row may have a version.
	 */
	boolean expects(String version) {
		return this.versions.allow(version);
	}

	/**
	 * Say which version the row has, which it has to keep until it is written.
	 */
	void holds(String version) {
		this.version = this.versions.areNamed() ? version : null;
	}

	/**
	 * Return the version that the row has to keep, or {@code null}.
	 */
	@Nullable String version() {
		return this.version;
	}

	/**
	 * Let the row be written with other values than planned.
	 * @param values the values, as JSON
	 */
	void overwrite(Map<String, String> values) {
		this.overwritten = values;
		this.version = null;
	}

	/**
	 * Return the value that is written to a column instead of the planned one, as JSON,
	 * or {@code null} if there is none.
	 */
	@Nullable String overwritten(String column) {
		return (this.overwritten != null) ? this.overwritten.get(column) : null;
	}

	List<String> lookup() {
		return this.lookup;
	}

	boolean required() {
		return this.required;
	}

	/**
	 * Return the values that the row is looked for by, as JSON.
	 */
	Map<String, String> key() {
		return this.key;
	}

	/**
	 * Return the values to write, as JSON.
	 */
	Map<String, String> values() {
		return this.values;
	}

	/**
	 * Return the values that were sent for a column, as JSON, or {@code null}.
	 */
	@Nullable String given(String column) {
		String value = this.values.get(column);
		return (value != null) ? value : this.key.get(column);
	}

	/**
	 * Return the foreign keys by which the row depends on other rows of the family.
	 */
	List<RowDependency> dependencies() {
		return this.dependencies;
	}

	/**
	 * Return the dependencies that the row still waits for.
	 */
	List<RowDependency> pending() {
		return this.dependencies.stream().filter((dependency) -> !this.applied.contains(dependency)).toList();
	}

	void applied(RowDependency dependency) {
		this.applied.add(dependency);
	}

	/**
	 * Return the rows that have to be done before, although no value comes from them.
	 */
	List<RowTask> after() {
		return this.after;
	}

	/**
	 * Return the values that come from other rows, as texts.
	 */
	Map<String, String> propagated() {
		return this.propagated;
	}

	/**
	 * Return the values that were drawn before the row is inserted, as texts.
	 */
	Map<String, String> reserved() {
		return this.reserved;
	}

	boolean delete() {
		return this.delete;
	}

	void deletes() {
		this.delete = true;
	}

	RowState state() {
		return this.state;
	}

	boolean is(RowState state) {
		return this.state == state;
	}

	/**
	 * Whether the row was not there before.
	 */
	boolean inserted() {
		return this.inserted;
	}

	void found(Map<String, @Nullable String> texts) {
		this.texts.putAll(texts);
		this.state = RowState.FOUND;
		this.dependencies.removeIf((dependency) -> dependency.kind() == RowDependency.Kind.BACK);
	}

	void absent() {
		this.state = RowState.ABSENT;
	}

	void done(Map<String, @Nullable String> texts) {
		this.inserted |= this.state == RowState.ABSENT;
		this.texts.putAll(texts);
		this.state = RowState.DONE;
	}

	/**
	 * Return the texts of the row's columns, as far as they are known.
	 */
	Map<String, @Nullable String> texts() {
		return this.texts;
	}

	/**
	 * Return the text of a column, as far as it is known what it is or will be.
	 */
	@Nullable String text(String column) {
		return this.reserved.containsKey(column) && this.state != RowState.DONE ? this.reserved.get(column)
				: this.texts.get(column);
	}

	/**
	 * Whether it is known what other rows have to hold to point at this one.
	 */
	boolean provides(List<String> columns) {
		boolean drawn = this.state == RowState.ABSENT && this.reserved.keySet().containsAll(columns);
		boolean there = this.state == RowState.FOUND && columns.stream().noneMatch(this::changes);
		return drawn || there || this.state == RowState.DONE;
	}

	private boolean changes(String column) {
		return this.values.containsKey(column)
				|| this.dependencies.stream().anyMatch((dependency) -> dependency.key().columns().contains(column));
	}

	/**
	 * Return the columns that name the row once it is there.
	 */
	List<String> identity() {
		List<String> columns = this.target.scope().key();
		return columns.isEmpty() ? this.lookup : columns;
	}

	/**
	 * Return the texts of the columns that name the row.
	 */
	List<String> identityTexts() {
		return identity().stream().map((column) -> String.valueOf(this.texts.get(column))).toList();
	}

	/**
	 * Return the columns that are written, in their order: those of values, and those
	 * that come from other rows, unless the row has them already.
	 */
	List<String> written() {
		if (this.overwritten != null) {
			return List.copyOf(this.overwritten.keySet());
		}
		List<String> columns = new ArrayList<>();
		if (this.state == RowState.ABSENT) {
			columns.addAll(this.reserved.keySet());
			columns.addAll(this.key.keySet());
		}
		columns.addAll(this.values.keySet());
		this.propagated.forEach((column, text) -> {
			if (this.state == RowState.ABSENT || !Objects.equals(text, this.texts.get(column))) {
				columns.add(column);
			}
		});
		return columns.stream().distinct().toList();
	}

	@Override
	public String toString() {
		return this.target.relation().name().name() + (this.path.isEmpty() ? "" : " (" + this.path + ")");
	}

}

package dev.oriel.admin.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.DataType;
import dev.oriel.admin.schema.ForeignKey;
import dev.oriel.admin.sql.KeyedStatements;
import tools.jackson.core.io.JsonStringEncoder;

import org.jspecify.annotations.Nullable;

/**
 * What is to be done with one row of a family, and how far it has come.
 */
final class RowTask {

	private final Target target;

	private final String path;

	private final Set<String> versions;

	private final List<String> lookup;

	private final boolean required;

	private final Map<String, String> key = new LinkedHashMap<>();

	private final Map<String, String> values = new LinkedHashMap<>();

	private final List<Flow> flows = new ArrayList<>();

	private final Set<Flow> applied = new HashSet<>();

	private final List<RowTask> after = new ArrayList<>();

	private final Map<String, @Nullable String> texts = new HashMap<>();

	private final Map<String, String> flowed = new LinkedHashMap<>();

	private final Map<String, String> reserved = new LinkedHashMap<>();

	private @Nullable String version;

	private @Nullable Map<String, String> overwritten;

	private boolean delete;

	private boolean inserted;

	private State state = State.NEW;

	/**
	 * @param target the relation
	 * @param path where the row stands in the body
	 * @param versions the versions of which the row must have one, or
	 * {@link WriteOptions#ANY_VERSION} if it must only be there; none if that does not
	 * matter
	 * @param lookup the columns by which the row is looked for; none if it is new
	 * @param required whether the row has to be there
	 */
	RowTask(Target target, String path, Set<String> versions, List<String> lookup, boolean required) {
		this.target = target;
		this.path = path;
		this.versions = Set.copyOf(versions);
		this.lookup = List.copyOf(lookup);
		this.required = required;
	}

	/**
	 * Return what is done with a row that is known to be there.
	 * @param lookup the columns that name it where the relation has no key
	 * @param texts the texts of its columns
	 */
	static RowTask ofFound(Target target, String path, List<String> lookup, Map<String, @Nullable String> texts) {
		RowTask task = new RowTask(target, path, Set.of(), lookup, true);
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
		return this.versions.isEmpty() || this.versions.contains(WriteOptions.ANY_VERSION)
				|| this.versions.contains(version);
	}

	/**
	 * Say which version the row has, which it has to keep until it is written.
	 */
	void holds(String version) {
		this.version = (this.versions.isEmpty() || this.versions.contains(WriteOptions.ANY_VERSION)) ? null : version;
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

	List<Flow> flows() {
		return this.flows;
	}

	/**
	 * Return what the row still waits for.
	 */
	List<Flow> pending() {
		return this.flows.stream().filter((flow) -> !this.applied.contains(flow)).toList();
	}

	void applied(Flow flow) {
		this.applied.add(flow);
	}

	/**
	 * Return what has to be done before.
	 */
	List<RowTask> after() {
		return this.after;
	}

	/**
	 * Return the values that come from other rows, as texts.
	 */
	Map<String, String> flowed() {
		return this.flowed;
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

	State state() {
		return this.state;
	}

	boolean is(State state) {
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
		this.state = State.FOUND;
		this.flows.removeIf((flow) -> flow.kind() == Flow.Kind.BACK);
	}

	void absent() {
		this.state = State.ABSENT;
	}

	void done(Map<String, @Nullable String> texts) {
		this.inserted |= this.state == State.ABSENT;
		this.texts.putAll(texts);
		this.state = State.DONE;
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
		return this.reserved.containsKey(column) && this.state != State.DONE ? this.reserved.get(column)
				: this.texts.get(column);
	}

	/**
	 * Whether it is known what other rows have to hold to point at this one.
	 */
	boolean provides(List<String> columns) {
		boolean drawn = this.state == State.ABSENT && this.reserved.keySet().containsAll(columns);
		boolean there = this.state == State.FOUND && columns.stream().noneMatch(this::changes);
		return drawn || there || this.state == State.DONE;
	}

	private boolean changes(String column) {
		return this.values.containsKey(column)
				|| this.flows.stream().anyMatch((flow) -> flow.key().columns().contains(column));
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
		if (this.state == State.ABSENT) {
			columns.addAll(this.reserved.keySet());
			columns.addAll(this.key.keySet());
		}
		columns.addAll(this.values.keySet());
		this.flowed.forEach((column, text) -> {
			if (this.state == State.ABSENT || !Objects.equals(text, this.texts.get(column))) {
				columns.add(column);
			}
		});
		return columns.stream().distinct().toList();
	}

	/**
	 * Return some values of the row as members of a JSON object.
	 */
	String json(List<String> columns) {
		StringBuilder json = new StringBuilder("{");
		for (String column : columns) {
			json.append((json.length() > 1) ? "," : "").append(quote(column)).append(":").append(member(column));
		}
		return json.append("}").toString();
	}

	private String member(String column) {
		if (this.overwritten != null && this.overwritten.containsKey(column)) {
			return this.overwritten.get(column);
		}
		String text = this.flowed.getOrDefault(column, this.reserved.get(column));
		if (text != null) {
			return json(column, text);
		}
		String given = given(column);
		return (given != null) ? given : json(column, this.texts.get(column));
	}

	/**
	 * Return the values that are written, each as JSON.
	 */
	Map<String, String> members() {
		Map<String, String> members = new LinkedHashMap<>();
		written().forEach((column) -> members.put(column, member(column)));
		return members;
	}

	/**
	 * Return the values that name the row once it is there as a JSON object.
	 */
	String name() {
		return identity().stream()
			.map((column) -> quote(column) + ":" + json(column, this.texts.get(column)))
			.collect(Collectors.joining(",", "{", "}"));
	}

	/**
	 * Return the values that name the row once it is there as members of a JSON object,
	 * together with others.
	 * @param columns the columns to be written
	 * @param version the name of a member for the version, or {@code null} for none
	 */
	String identified(List<String> columns, @Nullable String version) {
		StringBuilder json = new StringBuilder("{");
		List<String> identity = identity();
		for (int i = 0; i < identity.size(); i++) {
			json.append((i > 0) ? "," : "")
				.append(quote(KeyedStatements.keyMember(this.target.scope(), i)))
				.append(":")
				.append(json(identity.get(i), this.texts.get(identity.get(i))));
		}
		for (String column : columns) {
			json.append(",").append(quote(column)).append(":").append(member(column));
		}
		if (version != null && this.version != null) {
			json.append(",").append(quote(version)).append(":").append(quote(this.version));
		}
		return json.append("}").toString();
	}

	/**
	 * Return the text of a value as JSON.
	 */
	private String json(String name, @Nullable String text) {
		if (text == null) {
			return "null";
		}
		Column column = this.target.relation().column(name);
		boolean json = column != null && column.type().unwrapped() instanceof DataType.Base base
				&& (base.name().equals("json") || base.name().equals("jsonb"));
		return json ? text : quote(text);
	}

	static String quote(String text) {
		return '"' + new String(JsonStringEncoder.getInstance().quoteAsCharArray(text)) + '"';
	}

	@Override
	public String toString() {
		return this.target.relation().name().name() + (this.path.isEmpty() ? "" : " (" + this.path + ")");
	}

	/**
	 * How far a row has come.
	 */
	enum State {

		/** It is not known whether it is there. */
		NEW,
		/** It is there, and may have to be changed. */
		FOUND,
		/** It is not there, and has to be inserted. */
		ABSENT,
		/** There is nothing left to do. */
		DONE

	}

	/**
	 * A foreign key of a row that points at another row of the family.
	 *
	 * @param key the foreign key
	 * @param source the row pointed at
	 * @param kind what it means
	 */
	record Flow(ForeignKey key, RowTask source, Kind kind) {

		boolean isSettled() {
			return this.source.provides(this.key.targetColumns());
		}

		/**
		 * What a foreign key means for the row that holds it.
		 */
		enum Kind {

			/** The rows are embedded in each other: it gets the value. */
			NESTED,
			/** It gets the value if it is inserted. */
			BACK,
			/** It has the value, so the other row has to be there. */
			GIVEN,
			/** It must have the value, because it was said to belong to the other row. */
			MEMBER

		}

	}

}

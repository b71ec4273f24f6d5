package dev.oriel.admin.sql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;

import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.DataType;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one level, and what is joined to them. Where rows are not grouped, related
 * rows are joined to the finished page, so that only those of the page's rows are read;
 * groups are made of related values, so there they are joined before. The columns inside
 * carry names of ours ({@code c1} for a field, {@code j1} for a column to join by), so no
 * name of a client or a table can clash with them.
 */
final class Page {

	/** The types whose texts are easily made into what {@code to_json} gives. */
	private static final Set<String> PLAIN = Set.of("int2", "int4", "int8", "numeric", "float4", "float8", "bool",
			"text", "varchar", "bpchar", "name", "uuid", "date", "json", "jsonb");

	private final Level level;

	private final Projection projection;

	private final Map<String, String> joinColumns = new LinkedHashMap<>();

	Page(Level level) {
		this(level, level.embeddings().shown());
	}

	/**
	 * @param needed what is embedded and needs columns to join by
	 */
	Page(Level level, List<Embedding> needed) {
		this.level = level;
		this.projection = new Projection(level);
		if (!level.isGrouped()) {
			needed.stream()
				.flatMap((embedding) -> embedding.parentColumns().stream())
				.forEach((column) -> this.joinColumns.computeIfAbsent(column,
						(name) -> "j" + (this.joinColumns.size() + 1)));
		}
	}

	static String column(int index) {
		return "c" + (index + 1);
	}

	/**
	 * Return the expression for a column to join by, outside of the inner statement.
	 */
	String joinColumn(String column) {
		return this.level.page() + "." + this.joinColumns.get(column);
	}

	/**
	 * Write the inner columns and return whether there are any.
	 */
	boolean writeColumns(SqlText sql) {
		boolean any = this.projection.write(sql);
		for (Map.Entry<String, String> column : this.joinColumns.entrySet()) {
			sql.add(any ? ", " : "").add(this.level.rowColumn(column.getKey()) + " AS " + column.getValue());
			any = true;
		}
		return any;
	}

	/**
	 * Write what is joined inside of the inner statement.
	 */
	void writeInnerJoins(SqlText sql) {
		if (this.level.isGrouped()) {
			this.level.embeddings().shown().forEach((embedding) -> embedding.writeJoin(this.level::rowColumn, sql));
		}
	}

	void writeGroupBy(SqlText sql) {
		if (this.level.isGrouped()) {
			this.projection.writeGroupBy(sql);
		}
	}

	/**
	 * Write what is joined to the inner statement.
	 */
	void writeJoins(SqlText sql) {
		if (!this.level.isGrouped()) {
			this.level.embeddings().shown().forEach((embedding) -> embedding.writeJoin(this::joinColumn, sql));
		}
	}

	/**
	 * Return the expression for a field's value, outside of the inner statement.
	 */
	String value(int index) {
		boolean outside = !this.level.isGrouped() && this.level.slots().get(index).source() instanceof Slot.Joined;
		return outside ? joined((Slot.Joined) this.level.slots().get(index).source())
				: this.level.page() + "." + column(index);
	}

	static String joined(Slot.Joined source) {
		return source.embedding().level().joined() + "." + column(source.column());
	}

	/**
	 * Return the expression for a field's value as it leaves.
	 */
	private String exact(int index) {
		Column column = this.level.slots().get(index).wholeColumn(this.level.scope());
		return (column != null) ? ExactValue.of(value(index), column.type()) : value(index);
	}

	/**
	 * Return the expression for a field's value as JSON, or the value itself where its
	 * text is a number, a truth value, JSON or a text that only has to be quoted.
	 */
	private String jsonText(int index) {
		Column column = this.level.slots().get(index).wholeColumn(this.level.scope());
		boolean plain = column != null && column.type().unwrapped() instanceof DataType.Base base
				&& base.sqlName().indexOf('.') < 0 && PLAIN.contains(base.name());
		return plain ? value(index) : "to_json(" + exact(index) + ")";
	}

	/**
	 * Write what makes the answer's row out of the page.
	 * @param fields its fields
	 */
	void writeAnswer(List<String> fields, SqlText sql) {
		sql.add(" CROSS JOIN LATERAL (SELECT ").join(", ", fields, sql::add);
		sql.add(") " + this.level.answer());
	}

	/**
	 * Return the fields of the answer's row, outside of the inner statement, for rows
	 * that leave as JSON.
	 * @param versionField the name of the version in the answer, or {@code null} where
	 * there is none
	 */
	List<String> fields(@Nullable String versionField) {
		return fields(versionField, this::exact);
	}

	/**
	 * Return the fields of the answer's row, outside of the inner statement, for values
	 * that leave as their texts.
	 * @param versionField the name of the version in the answer, or {@code null} where
	 * there is none
	 */
	List<String> texts(@Nullable String versionField) {
		return fields(versionField, this::value);
	}

	/**
	 * Return the fields of the answer's row, outside of the inner statement, for values
	 * that leave as JSON one by one.
	 * @param versionField the name of the version in the answer, or {@code null} where
	 * there is none
	 */
	List<String> jsonTexts(@Nullable String versionField) {
		return fields(versionField, this::jsonText);
	}

	private List<String> fields(@Nullable String versionField, IntFunction<String> values) {
		List<String> fields = new ArrayList<>();
		for (int i = 0; i < this.level.slots().size(); i++) {
			fields.add(values.apply(i) + " AS " + Identifiers.quote(this.level.slots().get(i).label()));
		}
		if (versionField != null) {
			fields.add(this.level.page() + ".v AS " + Identifiers.quote(versionField));
		}
		return fields;
	}

}

package dev.oriel.admin.transfer;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.DataType;
import dev.oriel.admin.schema.ValueKind;

import org.jspecify.annotations.Nullable;

/**
 * How the texts of one column go into the staging table, and what was seen of them.
 */
final class StagedText {

	private final Column column;

	private final @Nullable TextForm form;

	private final boolean trimmed;

	private final Set<String> nullTexts;

	private final boolean text;

	private final Predicate<String> certain;

	private long suspects;

	private long missing;

	private long absent;

	private long seen;

	private StagedText(Column column, ColumnOptions options) {
		this.column = column;
		this.form = form(column, options);
		this.trimmed = options.trimmed().contains(column.name()) || options.trimmed().contains("");
		this.nullTexts = options.nulls().getOrDefault(column.name(), Set.of());
		this.text = column.kind() == ValueKind.TEXT;
		this.certain = CertainValues.of(column);
	}

	static StagedText of(Column column, ColumnOptions options) {
		return new StagedText(column, options);
	}

	private static @Nullable TextForm form(Column column, ColumnOptions options) {
		if (!(column.type().unwrapped() instanceof DataType.Base base)) {
			return null;
		}
		switch (base.name()) {
			case "date", "timestamp", "timestamptz" -> {
				return new DateForm(column.name(),
						given(options.dates(), column, List.<String>of()).stream()
							.map(DatePattern::parse)
							.map((pattern) -> Objects.requireNonNull(pattern))
							.toList());
			}
			case "int2", "int4", "int8", "numeric", "float4", "float8" -> {
				Character decimal = given(options.decimals(), column, '\0');
				return (decimal == '\0') ? null : new NumberForm(column.name(), decimal);
			}
			default -> {
				return null;
			}
		}
	}

	private static <T> T given(Map<String, T> values, Column column, T none) {
		return values.getOrDefault(column.name(), values.getOrDefault("", none));
	}

	Column column() {
		return this.column;
	}

	/**
	 * Whether texts can be put into another form than they have in the file.
	 */
	boolean isConverting() {
		return (this.form != null && this.form.isConverting()) || this.trimmed || !this.nullTexts.isEmpty();
	}

	/**
	 * Return a text as PostgreSQL shall read it.
	 * @param raw the text in the file, or {@code null} if there is no value
	 * @param mistakes takes what is wrong with it
	 */
	@Nullable String read(@Nullable String raw, Mistakes mistakes) {
		this.seen++;
		String value = raw;
		if (value != null && this.trimmed) {
			value = value.strip();
			value = (value.isEmpty() && !this.text) ? null : value;
		}
		if (value == null || this.nullTexts.contains(value)) {
			this.missing++;
			return null;
		}
		if (this.form != null) {
			String formed = this.form.read(value);
			if (formed == null) {
				mistakes.add(new Mistake(this.form.code(), this.form.problem(shortened(value)), this.form.hint(value),
						this.column.name()));
				return null;
			}
			value = formed;
		}
		if (!this.certain.test(value)) {
			this.suspects++;
			mistakes.suspect();
		}
		return value;
	}

	private static String shortened(String text) {
		return (text.length() <= 100) ? text : text.substring(0, 100) + "…";
	}

	void leaveOut() {
		this.absent++;
	}

	/**
	 * Whether PostgreSQL has to look at some of the texts.
	 */
	boolean isSuspect() {
		return this.suspects > 0;
	}

	/**
	 * Whether a row has no value.
	 */
	boolean isMissing() {
		return this.missing > 0 || this.absent > 0;
	}

	/**
	 * Whether a row says nothing of the column.
	 */
	boolean isOptional() {
		return this.absent > 0;
	}

	/**
	 * Whether any row says something of the column.
	 */
	boolean isSeen() {
		return this.seen > 0;
	}

	/**
	 * Takes what is seen of a row.
	 */
	interface Mistakes {

		void add(Mistake mistake);

		/**
		 * Note that PostgreSQL has to look at the row.
		 */
		void suspect();

	}

}

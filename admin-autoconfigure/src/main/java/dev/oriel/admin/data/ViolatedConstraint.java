package dev.oriel.admin.data;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.oriel.admin.query.Filter;
import dev.oriel.admin.schema.Constraint;
import dev.oriel.admin.schema.ForeignKey;
import dev.oriel.admin.schema.Index;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.sql.Scope;
import org.postgresql.util.ServerErrorMessage;

import org.jspecify.annotations.Nullable;

/**
 * A constraint that a write would have violated. PostgreSQL names the constraint, its
 * relations, columns and values, whoever asks; a caller who may not know all of them is
 * told no more than what kind of constraint it is.
 *
 * @param server what PostgreSQL says
 * @param target what was written to
 */
record ViolatedConstraint(ServerErrorMessage server, Target target) {

	/** The class of SQLSTATEs. */
	static final String STATES = "23";

	private static final Pattern KEY = Pattern.compile("^[^(]*\\((\"(?:[^\"]|\"\")+\"|[^,)\"]+)\\)=\\(");

	Problem problem(int status) {
		String state = state();
		if (!isKnown()) {
			return new Problem(status, state, describe(state), null, "It is about something that you may not see.",
					knownColumn());
		}
		// The row that is there already can be one that the caller may not read.
		boolean ofOtherRow = state.equals("23P01") && !this.target.access().rows().equals(Filter.NONE);
		return new Problem(status, state, String.valueOf(this.server.getMessage()),
				ofOtherRow ? null : SqlProblems.detail(this.server, state), this.server.getHint(), knownColumn());
	}

	private String state() {
		return String.valueOf(this.server.getSQLState());
	}

	private static String describe(String state) {
		return switch (state) {
			case "23502" -> "A value is missing that the row needs";
			case "23503" -> "A row that is pointed at has to be there";
			case "23505" -> "The values are those of another row already";
			case "23P01" -> "The row does not go with another row";
			default -> "The row breaks a rule of the database";
		};
	}

	/**
	 * Whether the caller may know of everything that the constraint is about. One that
	 * belongs to no relation is that of a type, or was raised by a trigger.
	 */
	private boolean isKnown() {
		if (this.server.getTable() == null || this.server.getSchema() == null) {
			return true;
		}
		Relation relation = this.target.snapshot()
			.relation(new RelationName(this.server.getSchema(), this.server.getTable()));
		Set<String> known = (relation != null) ? known(relation) : Set.of();
		if (relation == null || known.isEmpty()) {
			return false;
		}
		if (this.server.getColumn() != null) {
			return known.contains(this.server.getColumn());
		}
		String name = this.server.getConstraint();
		if (name == null) {
			return true;
		}
		List<String> columns = state().equals("23503") ? keyColumns(relation, name) : columns(relation, name);
		return columns != null && known.containsAll(columns);
	}

	/**
	 * Return the columns of a relation that the caller knows of. Those that can be given
	 * are known as well as those that can be read.
	 */
	private Set<String> known(Relation relation) {
		if (relation.name().equals(this.target.relation().name())) {
			return ownColumns();
		}
		Scope scope = this.target.related().scopes().apply(relation.name());
		return (scope != null) ? scope.readable() : Set.of();
	}

	private Set<String> ownColumns() {
		return Stream
			.of(this.target.access().readable(), this.target.access().insertable(), this.target.access().updatable())
			.flatMap(Collection::stream)
			.collect(Collectors.toUnmodifiableSet());
	}

	/**
	 * Return the columns of a foreign key, or {@code null} if the caller may not know
	 * where it points.
	 */
	private @Nullable List<String> keyColumns(Relation relation, String constraint) {
		return relation.foreignKeys()
			.stream()
			.filter((key) -> key.name().equals(constraint))
			.filter((key) -> isTargetKnown(key))
			.findFirst()
			.map(ForeignKey::columns)
			.orElse(null);
	}

	private boolean isTargetKnown(ForeignKey key) {
		Relation relation = this.target.snapshot().relation(key.target());
		return relation != null && known(relation).containsAll(key.targetColumns());
	}

	private static @Nullable List<String> columns(Relation relation, String constraint) {
		Stream<List<String>> constraints = relation.structure()
			.constraints()
			.stream()
			.filter((each) -> each.name().equals(constraint))
			.map(Constraint::columns);
		Stream<List<String>> indexes = relation.structure()
			.indexes()
			.stream()
			.filter((each) -> each.name().equals(constraint))
			.map(Index::columns);
		return Stream.concat(constraints, indexes).findFirst().orElse(null);
	}

	private @Nullable String knownColumn() {
		String column = (this.server.getColumn() != null) ? this.server.getColumn() : column();
		return (column != null && ownColumns().contains(column)) ? column : null;
	}

	private @Nullable String column() {
		String constraint = this.server.getConstraint();
		if (constraint == null) {
			return null;
		}
		Relation relation = this.target.relation();
		return switch (state()) {
			case "23505" -> unique(constraint, this.server.getDetail(), relation);
			case "23503" -> relation.foreignKeys()
				.stream()
				.filter((key) -> key.name().equals(constraint))
				.findFirst()
				.map((key) -> only(key.columns()))
				.orElse(null);
			case "23514" -> checked(constraint, relation);
			default -> null;
		};
	}

	/**
	 * Return the column of a unique key. PostgreSQL tells it as {@code Key (name)=(value)
	 * already exists}, in the server's language but always in this form.
	 */
	private static @Nullable String unique(String constraint, @Nullable String detail, Relation relation) {
		Matcher key = KEY.matcher((detail != null) ? detail : "");
		if (key.find()) {
			String name = key.group(1);
			boolean quoted = name.startsWith("\"");
			String column = quoted ? name.substring(1, name.length() - 1).replace("\"\"", "\"") : name;
			return (relation.column(column) != null) ? column : null;
		}
		return relation.uniqueKeys()
			.stream()
			.filter((unique) -> unique.name().equals(constraint))
			.findFirst()
			.map((unique) -> only(unique.columns()))
			.orElse(null);
	}

	private static @Nullable String checked(String constraint, Relation relation) {
		// PostgreSQL names a check of one column after its table and column.
		String prefix = relation.name().name() + "_";
		return relation.columns()
			.stream()
			.map((column) -> column.name())
			.filter((column) -> constraint.startsWith(prefix + column + "_check"))
			.findFirst()
			.orElse(null);
	}

	private static @Nullable String only(List<String> columns) {
		return (columns.size() == 1) ? columns.get(0) : null;
	}

}

package dev.oriel.admin.data;

import java.util.Collection;
import java.util.List;
import java.util.Set;
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

	Problem problem(int status) {
		String state = state();
		if (!isKnown()) {
			return new Problem(status, state, describe(state), null, "It is about something that you may not see.",
					knownColumn());
		}
		BrokenRule rule = BrokenRule.of(this.server, this.target);
		Problem problem = new Problem(status, state, String.valueOf(this.server.getMessage()),
				isReadable(rule) ? SqlProblems.detail(this.server, state) : null, this.server.getHint());
		List<String> columns = isWritten(rule) ? rule.columns().stream().filter(ownColumns()::contains).toList()
				: List.of();
		boolean all = columns.size() == rule.columns().size();
		String column = knownColumn();
		if (column == null && all && columns.size() == 1) {
			column = columns.get(0);
		}
		return problem.with(column, new Violation(all ? columns : List.of(), rule.text(), null, null, null, null));
	}

	/**
	 * Whether the caller may read the values that the constraint is about. They can be
	 * those of a row that is there, in columns that the caller may only write, or in a
	 * row that the caller may not read.
	 */
	private boolean isReadable(BrokenRule rule) {
		ForeignKey key = rule.referenced() ? rule.foreignKey() : null;
		Relation relation = (key != null) ? this.target.snapshot().relation(key.target()) : rule.relation();
		if (relation == null) {
			return true;
		}
		boolean own = this.target.holds(relation);
		Scope scope = own ? this.target.scope() : this.target.related().scopes().apply(relation.name());
		if (scope == null) {
			return false;
		}
		List<String> all = (key != null) ? key.targetColumns() : columns(relation, this.server.getConstraint());
		return scope.readable().containsAll((all != null) ? all : rule.columns())
				&& (!state().equals("23P01") || scope.rows().equals(Filter.NONE));
	}

	private String state() {
		return String.valueOf(this.server.getSQLState());
	}

	private static String describe(String state) {
		return switch (state) {
			case "23502" -> "A value is missing that the row needs";
			case "23001", "23503" -> "A row that is pointed at has to be there";
			case "23505" -> "The values are those of another row already";
			case "23P01" -> "The row does not go with another row";
			default -> "The row breaks a rule of the database";
		};
	}

	/**
	 * Whether the caller may know of everything that the constraint is about. One that
	 * belongs to no relation is that of a type, or was raised by a trigger.
	 */
	boolean isKnown() {
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
		List<String> columns = BrokenRule.isForeignKey(state()) ? keyColumns(relation, name) : columns(relation, name);
		return columns != null && known.containsAll(columns);
	}

	/**
	 * Return the columns of a relation that the caller knows of. Those that can be given
	 * are known as well as those that can be read.
	 */
	private Set<String> known(Relation relation) {
		if (this.target.holds(relation)) {
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

	private static @Nullable List<String> columns(Relation relation, @Nullable String constraint) {
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
		BrokenRule rule = BrokenRule.of(this.server, this.target);
		String column = (this.server.getColumn() != null) ? this.server.getColumn() : columnOfKey(rule);
		return (column != null && isWritten(rule) && ownColumns().contains(column)) ? column : null;
	}

	/**
	 * Whether a rule is one of the relation written to, not of one that a trigger writes.
	 * What is below a view goes by the names of the view.
	 */
	private boolean isWritten(BrokenRule rule) {
		return rule.relation() == null || this.target.holds(rule.relation())
				|| !this.target.relation().kind().isTable();
	}

	/**
	 * Return the only column of a unique key, or of a foreign key that points nowhere;
	 * also where the caller may not know what else the constraint is about.
	 */
	private @Nullable String columnOfKey(BrokenRule rule) {
		List<String> columns = rule.columns();
		return (columns.size() == 1 && this.target.relation().column(columns.get(0)) != null) ? columns.get(0) : null;
	}

}

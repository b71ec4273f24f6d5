package dev.oriel.admin.data;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.oriel.admin.schema.Constraint;
import dev.oriel.admin.schema.ForeignKey;
import dev.oriel.admin.schema.Index;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.schema.RelationName;
import org.postgresql.util.ServerErrorMessage;

import org.jspecify.annotations.Nullable;

/**
 * The rule behind a constraint that PostgreSQL names, as the schema tells it. Nothing
 * here asks whether the caller may know of it.
 *
 * @param relation the relation that has the constraint, or {@code null} if it is none
 * that is known
 * @param columns the columns written to that it is about; empty if others are meant
 * @param text the rule in the words of the database, or {@code null}
 * @param foreignKey the foreign key it is, or {@code null}
 * @param referenced whether rows still point at the row written
 */
record BrokenRule(@Nullable Relation relation, List<String> columns, @Nullable String text,
		@Nullable ForeignKey foreignKey, boolean referenced) {

	BrokenRule {
		columns = List.copyOf(columns);
	}

	/**
	 * Whether a SQLSTATE is that of a foreign key. The second is that of
	 * {@code ON DELETE RESTRICT} since PostgreSQL 18.
	 */
	static boolean isForeignKey(String state) {
		return state.equals("23503") || state.equals("23001");
	}

	static BrokenRule of(ServerErrorMessage server, Target target) {
		Relation relation = (server.getSchema() != null && server.getTable() != null)
				? target.snapshot().relation(new RelationName(server.getSchema(), server.getTable())) : null;
		String state = String.valueOf(server.getSQLState());
		if (relation == null || server.getColumn() != null) {
			List<String> columns = (server.getColumn() != null) ? List.of(server.getColumn()) : List.of();
			return new BrokenRule(relation, columns, state.equals("23502") ? "NOT NULL" : null, null, false);
		}
		String name = String.valueOf(server.getConstraint());
		return isForeignKey(state) ? ofForeignKey(relation, name, server, target) : ofOther(relation, name);
	}

	private static BrokenRule ofForeignKey(Relation relation, String name, ServerErrorMessage server, Target target) {
		ForeignKey key = relation.foreignKeys()
			.stream()
			.filter((each) -> each.name().equals(name))
			.findFirst()
			.orElse(null);
		if (key == null) {
			return ofOther(relation, name);
		}
		KeyDetail detail = KeyDetail.of(server.getDetail());
		boolean distinct = detail != null && !key.columns().equals(key.targetColumns());
		boolean referenced = distinct ? detail.columns().equals(key.targetColumns()) : !target.holds(relation);
		String text = "FOREIGN KEY (%s) REFERENCES %s (%s)".formatted(String.join(", ", key.columns()),
				name(key.target(), relation), String.join(", ", key.targetColumns()));
		return new BrokenRule(relation, referenced ? List.of() : key.columns(), text, key, referenced);
	}

	private static String name(RelationName name, Relation from) {
		return name.schema().equals(from.name().schema()) ? name.name() : name.toString();
	}

	private static BrokenRule ofOther(Relation relation, String name) {
		Stream<BrokenRule> constraints = relation.structure()
			.constraints()
			.stream()
			.filter((each) -> each.name().equals(name))
			.map((each) -> ofConstraint(relation, each));
		Stream<BrokenRule> indexes = relation.structure()
			.indexes()
			.stream()
			.filter((each) -> each.name().equals(name))
			.map((each) -> ofIndex(relation, each));
		return Stream.concat(constraints, indexes)
			.findFirst()
			.orElseGet(() -> new BrokenRule(relation, List.of(), null, null, false));
	}

	private static BrokenRule ofConstraint(Relation relation, Constraint constraint) {
		return new BrokenRule(relation, constraint.columns(), constraint.definition(), null, false);
	}

	private static BrokenRule ofIndex(Relation relation, Index index) {
		List<String> parts = index.parts().stream().map(Index.Part::text).toList();
		boolean plain = index.parts().stream().noneMatch(Index.Part::expression);
		String text = (index.primary() ? "PRIMARY KEY (" : "UNIQUE (") + String.join(", ", parts) + ")"
				+ ((index.predicate() != null) ? " WHERE " + index.predicate() : "");
		return new BrokenRule(relation, plain ? parts : mentioned(index), text, null, false);
	}

	/**
	 * Return the columns that the parts of an index mention. To PostgreSQL, one over an
	 * expression is about all columns.
	 */
	private static List<String> mentioned(Index index) {
		return index.columns()
			.stream()
			.filter((column) -> index.parts()
				.stream()
				.anyMatch((part) -> Pattern.compile("(?<![\\w$])" + Pattern.quote(column) + "(?![\\w$])")
					.matcher(part.text())
					.find()))
			.toList();
	}

}

package dev.oriel.admin.schema.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.oriel.admin.schema.Constraint;
import dev.oriel.admin.schema.Enforcement;
import dev.oriel.admin.schema.RelationName;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The constraints of some relations that are no keys.
 */
final class ConstraintCatalog {

	/*
	 * What a check mentions is in its key, 0 for the whole row. An exclusion has 0 there
	 * for each expression, but what these mention is known from what its index depends
	 * on. Before version 18, the names of columns that are new in it stand for the
	 * constants further out.
	 */
	private static final String SQL = """
			SELECT k.conrelid, k.conname, k.contype, pg_get_constraintdef(k.oid) AS definition, k.convalidated,
			  k.condeferrable, k.condeferred, k.enforced, n.nspname AS target_schema, t.relname AS target,
			  CAST(CASE WHEN k.contype = 'x' THEN array_remove(k.conkey, CAST(0 AS smallint)) ELSE k.conkey END AS integer[])
			    AS columns,
			  CASE WHEN k.contype = 'x' THEN ARRAY(
			    SELECT d.refobjsubid FROM pg_depend d
			    WHERE d.classid = 'pg_class'::regclass AND d.objid = k.conindid
			      AND d.refclassid = 'pg_class'::regclass AND d.refobjid = k.conrelid
			  ) END AS mentioned
			FROM unnest(CAST(? AS oid[])) r(oid)
			CROSS JOIN (SELECT true AS conenforced, false AS conperiod) absent
			JOIN LATERAL (
			  SELECT c.*, conenforced AS enforced, conperiod AS period FROM pg_constraint c
			  WHERE c.contype IN ('c', 'x', 'f')
			) k ON k.conrelid = r.oid
			LEFT JOIN pg_class t ON t.oid = k.confrelid
			LEFT JOIN pg_namespace n ON n.oid = t.relnamespace
			WHERE k.contype <> 'f' OR k.period
			ORDER BY k.conrelid, k.conname
			""";

	private final Map<Long, List<ConstraintRow>> constraints = new HashMap<>();

	private ConstraintCatalog() {
	}

	static ConstraintCatalog read(JdbcClient catalog, long[] relations) {
		ConstraintCatalog constraints = new ConstraintCatalog();
		catalog.sql(SQL)
			.param(relations)
			.query((row, number) -> ConstraintRow.of(row))
			.list()
			.forEach((constraint) -> constraints.constraints
				.computeIfAbsent(constraint.relation(), (oid) -> new ArrayList<>())
				.add(constraint));
		return constraints;
	}

	/**
	 * Return the constraints of a relation, in the order of their names.
	 */
	List<Constraint> of(long relation, Attributes attributes) {
		return this.constraints.getOrDefault(relation, List.of())
			.stream()
			.map((row) -> new Constraint(row.name(), row.kind(), row.definition(), attributes.mentioned(row.columns()),
					row.enforcement(), row.target()))
			.toList();
	}

	private record ConstraintRow(long relation, String name, Constraint.Kind kind, String definition,
			Set<Integer> columns, Enforcement enforcement, @Nullable RelationName target) {

		static ConstraintRow of(ResultSet row) throws SQLException {
			Set<Integer> columns = new HashSet<>(Rows.numbers(row, "columns"));
			columns.addAll(Rows.numbers(row, "mentioned"));
			return new ConstraintRow(row.getLong("conrelid"), row.getString("conname"), kind(row.getString("contype")),
					row.getString("definition"), columns, Rows.enforcement(row), target(row));
		}

		private static @Nullable RelationName target(ResultSet row) throws SQLException {
			String name = row.getString("target");
			return (name != null) ? new RelationName(row.getString("target_schema"), name) : null;
		}

		private static Constraint.Kind kind(String contype) {
			return switch (contype) {
				case "x" -> Constraint.Kind.EXCLUSION;
				case "f" -> Constraint.Kind.PERIOD_FOREIGN_KEY;
				default -> Constraint.Kind.CHECK;
			};
		}

	}

}

package dev.oriel.admin.transfer;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.oriel.admin.data.BulkException;
import dev.oriel.admin.data.BulkTransaction;
import dev.oriel.admin.schema.Constraint;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.sql.StagedChecks;
import dev.oriel.admin.sql.StagedColumn;
import dev.oriel.admin.sql.StagedRows;
import dev.oriel.admin.sql.Staging;

import org.jspecify.annotations.Nullable;

/**
 * Finds all staged rows that break a rule which PostgreSQL has met when it wrote one of
 * them.
 */
final class ViolatedRules {

	private final BulkTransaction transaction;

	private final Rejections rejections;

	private final StagedRows rows;

	private final StagedChecks checks;

	/** The checks that all rows were looked at for. */
	private final Set<String> looked = new HashSet<>();

	ViolatedRules(BulkTransaction transaction, Rejections rejections) {
		this.transaction = transaction;
		this.rejections = rejections;
		this.rows = rejections.rows();
		this.checks = rejections.checks();
	}

	/**
	 * Reject all rows that break the rule which one of them has broken.
	 * @return how many
	 */
	long rejectLike(BulkException ex, Staging.Part open) {
		String rule = rule(ex);
		if (this.rejections.isOpaque() || rule == null) {
			return 0;
		}
		try {
			return switch (ex.state()) {
				case "23514" -> rejectUnchecked(rule, open);
				case "23505" -> rejectRepeated(rule, open);
				default -> 0L;
			};
		}
		catch (BulkException failure) {
			// The condition cannot even be evaluated for some row.
			requireAboutRowsOrStatement(failure);
			return 0;
		}
	}

	private static void requireAboutRowsOrStatement(BulkException ex) {
		if (!ex.isAboutRows() && !ex.state().startsWith("42")) {
			throw ex;
		}
	}

	private long rejectUnchecked(String rule, Staging.Part open) {
		this.looked.add(rule);
		Constraint check = this.rejections.relation()
			.structure()
			.constraints()
			.stream()
			.filter((constraint) -> constraint.name().equals(rule))
			.findFirst()
			.orElse(null);
		List<StagedColumn> columns = (check != null) ? this.rejections.columns(check.columns()) : List.of();
		if (columns.isEmpty() || columns.stream().anyMatch(StagedColumn::optional)) {
			return 0;
		}
		List<List<@Nullable String>> found = this.transaction
			.rows(StagedChecks.conditionOfCheck(this.rejections.relation(), rule));
		String condition = (found.size() == 1) ? found.get(0).get(0) : null;
		return (condition != null) ? this.rejections.reject(this.checks.check(rule, columns, condition, open)) : 0;
	}

	/**
	 * Reject the rows whose values in a key are those of another row. Of several in the
	 * file the first is kept, so those are to be out before that break another rule.
	 */
	private long rejectRepeated(String rule, Staging.Part open) {
		List<StagedColumn> columns = this.rejections.columns(ImportKey.columns(rule, this.rejections.relation()));
		if (columns.isEmpty() || !this.rows.key().isEmpty() || columns.stream().anyMatch(StagedColumn::optional)) {
			return 0;
		}
		long unchecked = 0;
		for (Constraint constraint : this.rejections.relation().structure().constraints()) {
			if (constraint.kind() == Constraint.Kind.CHECK && constraint.enforcement().enforced()
					&& !this.looked.contains(constraint.name())) {
				unchecked += tryUnchecked(constraint.name(), open);
			}
		}
		return unchecked + this.rejections.reject(this.checks.taken(columns, rule, open))
				+ this.rejections.reject(this.checks.repeated(columns, rule, open));
	}

	private long tryUnchecked(String rule, Staging.Part open) {
		try {
			return rejectUnchecked(rule, open);
		}
		catch (BulkException ex) {
			requireAboutRowsOrStatement(ex);
			// What cannot be told of the staged rows is told when they are written.
			return 0;
		}
	}

	/**
	 * Return the rule as the relation has it, though one of its partitions has met it.
	 */
	private @Nullable String rule(BulkException ex) {
		String rule = ex.rule();
		RelationName relation = ex.relation();
		if (rule == null || relation == null) {
			return null;
		}
		if (relation.equals(this.rejections.relation().name())) {
			return rule;
		}
		List<List<@Nullable String>> found = this.transaction
			.rows(StagedChecks.ruleOfPartition(this.rejections.relation(), relation, rule));
		return (found.size() == 1) ? found.get(0).get(0) : null;
	}

}

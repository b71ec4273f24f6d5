package dev.oriel.admin.data;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.sql.SqlStatement;

import org.jspecify.annotations.Nullable;

/**
 * Runs the statements that find and write rows of a family, many rows with each. Where
 * PostgreSQL refuses one of many it does not tell which, so they are tried again by
 * halves until one is left that fails by itself.
 */
final class RowStatements {

	/** What fails for reasons that no row is to blame for. */
	private static final Set<String> NOT_OF_ROWS = Set.of("08", "25", "40", "53", "55", "57", "58", "F0", "XX");

	private final WriteTransaction transaction;

	private final Map<RelationName, Set<String>> needed;

	/**
	 * @param transaction where rows are written
	 * @param needed the columns of each relation whose values have to be known
	 */
	RowStatements(WriteTransaction transaction, Map<RelationName, Set<String>> needed) {
		this.transaction = transaction;
		this.needed = needed;
	}

	WriteTransaction transaction() {
		return this.transaction;
	}

	/**
	 * Return the columns of a relation whose values have to be known, in a fixed order.
	 */
	List<String> needed(Target target) {
		return List.copyOf(this.needed.getOrDefault(target.relation().name(), Set.of()));
	}

	/**
	 * Run something for rows that a statement can have in common.
	 * @param tasks the rows, at least one
	 * @param batch what is run
	 * @param given the columns that a row gives, to tell what is wrong with it
	 */
	void run(List<RowTask> tasks, Batch batch, Function<RowTask, List<String>> given) throws SQLException {
		RowTask first = tasks.get(0);
		if (tasks.size() == 1) {
			this.transaction.at(WriteStep.of(first, given.apply(first)));
			if (!batch.run(tasks)) {
				throw new ProblemException(FamilyProblems.at(first.path(),
						new Problem(409, "ORIEL409", "The row was not written",
								"Something in the database left it out, or somebody else has removed it meanwhile.",
								null)));
			}
			return;
		}
		this.transaction.at(WriteStep.of(first.target()));
		Savepoint before = connection().setSavepoint();
		if (!runs(tasks, batch)) {
			connection().rollback(before);
			run(tasks.subList(0, tasks.size() / 2), batch, given);
			run(tasks.subList(tasks.size() / 2, tasks.size()), batch, given);
		}
		connection().releaseSavepoint(before);
	}

	private static boolean runs(List<RowTask> tasks, Batch batch) throws SQLException {
		try {
			return batch.run(tasks);
		}
		catch (SQLException ex) {
			String state = String.valueOf(ex.getSQLState());
			if (state.length() != 5 || NOT_OF_ROWS.contains(state.substring(0, 2))) {
				throw ex;
			}
			return false;
		}
	}

	/**
	 * Return what a statement returns, as texts.
	 */
	List<List<@Nullable String>> texts(SqlStatement statement) throws SQLException {
		return Database.query(connection(), statement, RowStatements::texts);
	}

	private static List<List<@Nullable String>> texts(ResultSet result) throws SQLException {
		int columns = result.getMetaData().getColumnCount();
		List<List<@Nullable String>> rows = new ArrayList<>();
		while (result.next()) {
			List<@Nullable String> row = new ArrayList<>(columns);
			for (int i = 1; i <= columns; i++) {
				row.add(result.getString(i));
			}
			rows.add(row);
		}
		return rows;
	}

	/**
	 * Return the only value of a statement as text.
	 * @param task the row that it is about
	 * @param column the column that it is about
	 */
	@Nullable String value(RowTask task, String column, SqlStatement statement) throws SQLException {
		this.transaction.at(WriteStep.of(task, (task.given(column) != null) ? List.of(column) : List.of()));
		return texts(statement).get(0).get(0);
	}

	/**
	 * Run a statement that returns nothing.
	 * @param task the row that it is about
	 */
	void execute(RowTask task, SqlStatement statement) throws SQLException {
		this.transaction.at(WriteStep.of(task, List.of()));
		try (Statement plain = connection().createStatement()) {
			plain.execute(statement.sql());
		}
	}

	Connection connection() {
		return this.transaction.connection();
	}

	static List<Column> columns(Target target, List<String> names) {
		return names.stream().map((name) -> target.relation().column(name)).toList();
	}

	/**
	 * Return a part of a row by the names of its columns.
	 * @param first where the part begins
	 */
	static Map<String, @Nullable String> named(List<String> names, List<@Nullable String> row, int first) {
		Map<String, @Nullable String> texts = new LinkedHashMap<>();
		for (int i = 0; i < names.size(); i++) {
			texts.put(names.get(i), row.get(first + i));
		}
		return texts;
	}

	static String array(List<RowTask> tasks, Function<RowTask, String> json) {
		return tasks.stream().map(json).collect(Collectors.joining(",", "[", "]"));
	}

	/**
	 * Take rows apart by their relation and something else that a statement needs them to
	 * have in common.
	 */
	static List<List<RowTask>> groups(List<RowTask> tasks, Function<RowTask, List<String>> common) {
		Map<List<Object>, List<RowTask>> groups = new LinkedHashMap<>();
		for (RowTask task : tasks) {
			groups
				.computeIfAbsent(List.of(task.target().relation().name(), common.apply(task)),
						(key) -> new ArrayList<>())
				.add(task);
		}
		return List.copyOf(groups.values());
	}

	/**
	 * Runs one statement for some rows.
	 */
	@FunctionalInterface
	interface Batch {

		/**
		 * Return whether all of them were written, and none left out.
		 */
		boolean run(List<RowTask> tasks) throws SQLException;

	}

}

package dev.oriel.admin.data;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.oriel.admin.access.Operation;
import dev.oriel.admin.query.Filter;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.sql.KeyedStatements;
import dev.oriel.admin.sql.ReadStatements;
import dev.oriel.admin.sql.SqlStatement;
import dev.oriel.admin.sql.VersionMode;

import org.jspecify.annotations.Nullable;

/**
 * Finds and writes rows of a family, many with each statement. Where PostgreSQL refuses
 * one of many it does not tell which, so they are tried again by halves until one is left
 * that fails by itself.
 */
final class RowBatches {

	/** What fails for reasons that no row is to blame for. */
	private static final Set<String> NOT_OF_ROWS = Set.of("08", "25", "40", "53", "55", "57", "58", "F0", "XX");

	private final WriteTransaction transaction;

	private final Map<RelationName, Set<String>> needed;

	/**
	 * @param transaction where rows are written
	 * @param needed the columns of each relation whose values have to be known
	 */
	RowBatches(WriteTransaction transaction, Map<RelationName, Set<String>> needed) {
		this.transaction = transaction;
		this.needed = needed;
	}

	/**
	 * Find out which rows are there, as far as the caller may see them.
	 */
	void find(List<RowTask> tasks) throws SQLException {
		for (List<RowTask> alike : groups(tasks, RowTask::lookup).values()) {
			attempt(alike, (batch) -> find(batch, batch.get(0).lookup()), RowTask::lookup);
		}
	}

	private boolean find(List<RowTask> tasks, List<String> by) throws SQLException {
		Target target = tasks.get(0).target();
		List<String> returned = returned(target);
		SqlStatement statement = KeyedStatements.find(target.scope(), columns(target, by),
				array(tasks, (task) -> task.json(by)), returned);
		Map<Integer, List<@Nullable String>> found = new HashMap<>();
		for (List<@Nullable String> row : texts(statement)) {
			int place = Integer.parseInt(String.valueOf(row.get(0)));
			if (found.put(place, row) != null) {
				throw FamilyProblems.invalid(tasks.get(place - 1).path(), "The row is not named by a key",
						"There are several rows with these values of %s.".formatted(String.join(", ", by)), null);
			}
		}
		for (int i = 0; i < tasks.size(); i++) {
			settle(tasks.get(i), found.get(i + 1), returned);
		}
		return true;
	}

	private void settle(RowTask task, @Nullable List<@Nullable String> row, List<String> returned) throws SQLException {
		if (row == null) {
			boolean drawn = task.lookup()
				.stream()
				.anyMatch((name) -> task.target().relation().column(name).identity() == Column.Identity.ALWAYS);
			if (task.version() != null) {
				throw new StaleRowException(null, task.path());
			}
			if (task.required() || drawn) {
				throw FamilyProblems.missing(task.path(), task.target(), task.json(task.lookup()));
			}
			task.absent();
			return;
		}
		task.found(texts(returned, row, 2));
		if (task.version() != null && !task.version().equals(row.get(1))) {
			throw stale(task);
		}
	}

	/**
	 * Insert rows, and learn the values that they got.
	 */
	void insert(List<RowTask> tasks) throws SQLException {
		List<RowTask> run = new ArrayList<>();
		for (RowTask task : tasks) {
			boolean fits = run.isEmpty() || (!task.written().isEmpty() && run.get(0).written().equals(task.written())
					&& run.get(0).reserved().keySet().equals(task.reserved().keySet()));
			if (!fits) {
				attempt(run, this::insertAlike, RowTask::written);
				run = new ArrayList<>();
			}
			run.add(task);
		}
		if (!run.isEmpty()) {
			attempt(run, this::insertAlike, RowTask::written);
		}
	}

	private boolean insertAlike(List<RowTask> tasks) throws SQLException {
		RowTask first = tasks.get(0);
		Target target = first.target();
		List<String> names = first.written();
		FamilyProblems.at(first.path(), () -> {
			target.require(Operation.INSERT);
			return new WriteColumns(target).insertable(names.stream()
				.filter((name) -> !first.reserved().containsKey(name) || first.given(name) != null)
				.toList());
		});
		List<String> returned = returned(target);
		List<List<@Nullable String>> rows = texts(KeyedStatements.insert(target.scope(), columns(target, names),
				array(tasks, (task) -> task.json(names)), !first.reserved().isEmpty(), returned));
		if (rows.size() != tasks.size()) {
			return false;
		}
		for (int i = 0; i < tasks.size(); i++) {
			requirePermitted(rows.get(i).get(0), tasks.get(i));
			tasks.get(i).done(texts(returned, rows.get(i), 1));
		}
		return true;
	}

	/**
	 * Change rows that are there.
	 */
	void update(List<RowTask> tasks) throws SQLException {
		for (List<RowTask> alike : groups(tasks, RowTask::written).values()) {
			attempt(alike, this::updateAlike, RowTask::written);
		}
	}

	private boolean updateAlike(List<RowTask> tasks) throws SQLException {
		RowTask first = tasks.get(0);
		Target target = first.target();
		List<String> names = first.written();
		List<Column> columns = FamilyProblems.at(first.path(), () -> {
			target.require(Operation.UPDATE);
			return new WriteColumns(target).updatable(names);
		});
		boolean versioned = tasks.stream().anyMatch((task) -> task.version() != null);
		List<String> returned = returned(target);
		String version = versioned ? KeyedStatements.versionMember(target.scope()) : null;
		SqlStatement statement = KeyedStatements.update(target.scope(), columns(target, first.identity()), columns,
				versioned, array(tasks, (task) -> task.identified(names, version)), returned);
		Map<Integer, List<@Nullable String>> written = places(texts(statement));
		if (!requireAll(tasks, written)) {
			return false;
		}
		for (int i = 0; i < tasks.size(); i++) {
			List<@Nullable String> row = written.get(i + 1);
			requirePermitted(row.get(1), tasks.get(i));
			tasks.get(i).done(texts(returned, row, 2));
		}
		return true;
	}

	/**
	 * Delete rows that are there.
	 */
	void delete(List<RowTask> tasks) throws SQLException {
		for (List<RowTask> alike : groups(tasks, RowTask::identity).values()) {
			attempt(alike, this::deleteAlike, (task) -> List.of());
		}
	}

	private boolean deleteAlike(List<RowTask> tasks) throws SQLException {
		RowTask first = tasks.get(0);
		Target target = first.target();
		FamilyProblems.at(first.path(), () -> {
			target.require(Operation.DELETE);
			return target;
		});
		boolean versioned = tasks.stream().anyMatch((task) -> task.version() != null);
		String version = versioned ? KeyedStatements.versionMember(target.scope()) : null;
		SqlStatement statement = KeyedStatements.delete(target.scope(), columns(target, first.identity()), versioned,
				array(tasks, (task) -> task.identified(List.of(), version)));
		if (!requireAll(tasks, places(texts(statement)))) {
			return false;
		}
		tasks.forEach((task) -> task.done(Map.of()));
		return true;
	}

	private boolean requireAll(List<RowTask> tasks, Map<Integer, List<@Nullable String>> written) throws SQLException {
		for (int i = 0; i < tasks.size(); i++) {
			if (!written.containsKey(i + 1) && tasks.get(i).version() != null) {
				throw stale(tasks.get(i));
			}
		}
		return written.size() == tasks.size();
	}

	private void attempt(List<RowTask> tasks, Batch batch, Function<RowTask, List<String>> given) throws SQLException {
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
			attempt(tasks.subList(0, tasks.size() / 2), batch, given);
			attempt(tasks.subList(tasks.size() / 2, tasks.size()), batch, given);
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
	 * Return the texts of columns of rows that have some values.
	 * @param target the relation
	 * @param by the columns that have the values
	 * @param json the values, a JSON array of objects
	 * @param returned the columns
	 */
	List<Map<String, @Nullable String>> rows(Target target, List<String> by, String json, List<String> returned)
			throws SQLException {
		this.transaction.at(WriteStep.of(target));
		return texts(KeyedStatements.find(target.scope(), columns(target, by), json, returned)).stream()
			.map((row) -> texts(returned, row, 2))
			.toList();
	}

	/**
	 * Return the only value of a statement as text.
	 */
	@Nullable String value(RowTask task, SqlStatement statement) throws SQLException {
		this.transaction.at(WriteStep.of(task, List.of()));
		return texts(statement).get(0).get(0);
	}

	/**
	 * Run a statement that has no rows.
	 */
	void execute(RowTask task, SqlStatement statement) throws SQLException {
		this.transaction.at(WriteStep.of(task, List.of()));
		try (Statement plain = connection().createStatement()) {
			plain.execute(statement.sql());
		}
	}

	private StaleRowException stale(RowTask task) throws SQLException {
		Filter filter = FamilyAnswer.row(task.identity(), task.identityTexts());
		SqlStatement statement = ReadStatements.rows(task.target().scope(), Query.ALL.withFilter(filter),
				VersionMode.IN_ROW);
		List<Row> rows = Database.query(connection(), statement, Rows::extract).rows();
		return new StaleRowException(rows.isEmpty() ? null : rows.get(0), task.path());
	}

	private static void requirePermitted(@Nullable String permitted, RowTask task) {
		if (!"t".equals(permitted)) {
			throw new ProblemException(FamilyProblems.at(task.path(), WriteChecks.outside(task.target())));
		}
	}

	/**
	 * Return the columns of a relation whose values have to be known, in a fixed order.
	 */
	private List<String> returned(Target target) {
		return List.copyOf(this.needed.getOrDefault(target.relation().name(), Set.of()));
	}

	private static List<Column> columns(Target target, List<String> names) {
		return names.stream().map((name) -> target.relation().column(name)).toList();
	}

	private static Map<String, @Nullable String> texts(List<String> names, List<@Nullable String> row, int first) {
		Map<String, @Nullable String> texts = new LinkedHashMap<>();
		for (int i = 0; i < names.size(); i++) {
			texts.put(names.get(i), row.get(first + i));
		}
		return texts;
	}

	private static Map<Integer, List<@Nullable String>> places(List<List<@Nullable String>> rows) {
		Map<Integer, List<@Nullable String>> places = new HashMap<>();
		rows.forEach((row) -> places.put(Integer.valueOf(String.valueOf(row.get(0))), row));
		return places;
	}

	private static String array(List<RowTask> tasks, Function<RowTask, String> json) {
		return tasks.stream().map(json).collect(Collectors.joining(",", "[", "]"));
	}

	/**
	 * Take rows apart by their relation and something else that statements must have in
	 * common.
	 */
	private static Map<List<Object>, List<RowTask>> groups(List<RowTask> tasks,
			Function<RowTask, List<String>> common) {
		return tasks.stream()
			.collect(Collectors.groupingBy((task) -> List.of(task.target().relation().name(), common.apply(task)),
					LinkedHashMap::new, Collectors.toUnmodifiableList()));
	}

	private List<List<@Nullable String>> texts(SqlStatement statement) throws SQLException {
		return Database.query(connection(), statement, RowBatches::texts);
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

	private Connection connection() {
		return this.transaction.connection();
	}

	/**
	 * Runs one statement for some rows.
	 */
	@FunctionalInterface
	private interface Batch {

		/**
		 * Return whether all of them were written, and none left out.
		 */
		boolean run(List<RowTask> tasks) throws SQLException;

	}

}

package dev.oriel.admin.data;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import dev.oriel.admin.schema.Column;
import dev.oriel.admin.sql.BodyStatements;
import dev.oriel.admin.sql.SqlStatement;

import org.jspecify.annotations.Nullable;

/**
 * Finds the row of a body that broke a rule of the database.
 */
final class RejectedRow {

	private final Database database;

	RejectedRow(Database database) {
		this.database = database;
	}

	/**
	 * Return the number of the row from 0, or {@code null} if it cannot be told.
	 * @param code the SQLSTATE
	 * @param rule the rule
	 * @param key the values that break it, or {@code null}
	 * @param present whether the values belong to a row that was there before
	 */
	@Nullable Integer find(String code, BrokenRule rule, @Nullable KeyDetail key, boolean present, WriteBody body,
			List<Column> columns) {
		List<Column> concerned = columns.stream().filter((column) -> rule.columns().contains(column.name())).toList();
		if (rule.columns().isEmpty() || concerned.size() < rule.columns().size()) {
			return null;
		}
		int before = 0;
		int skipped = present || !code.equals("23505") ? 0 : 1;
		for (WriteBody.Run run : body.runs()) {
			SqlStatement statement = run.names().containsAll(names(concerned))
					? statement(code, rule, key, concerned, run.json()) : null;
			List<Integer> found = (statement != null) ? numbers(statement) : List.of();
			if (found.size() > skipped) {
				return before + found.get(skipped) - 1;
			}
			skipped -= found.size();
			before += run.size();
		}
		return null;
	}

	private static List<String> names(List<Column> columns) {
		return columns.stream().map(Column::name).toList();
	}

	private static @Nullable SqlStatement statement(String code, BrokenRule rule, @Nullable KeyDetail key,
			List<Column> columns, String rows) {
		if (code.equals("23502")) {
			return BodyStatements.missing(columns.get(0), rows);
		}
		if (code.equals("23514")) {
			String definition = String.valueOf(rule.text());
			return BodyStatements.isTriable(definition) ? BodyStatements.unmet(definition, columns, rows) : null;
		}
		boolean named = key != null && !key.values().isEmpty()
				&& Set.copyOf(key.columns()).equals(Set.copyOf(names(columns)));
		return named ? BodyStatements.equal(values(columns, Objects.requireNonNull(key)), rows) : null;
	}

	private static Map<Column, String> values(List<Column> columns, KeyDetail key) {
		Map<Column, String> values = new LinkedHashMap<>();
		columns.forEach((column) -> values.put(column, key.values().get(key.columns().indexOf(column.name()))));
		return values;
	}

	private List<Integer> numbers(SqlStatement statement) {
		try {
			return this.database.read((connection) -> Database.query(connection, statement, (rows) -> {
				List<Integer> numbers = new ArrayList<>();
				while (rows.next()) {
					int number = rows.getInt(1);
					if (!rows.wasNull()) {
						numbers.add(number);
					}
				}
				return numbers;
			}));
		}
		catch (SQLException ex) {
			// What a trigger or a default made of the values is not in the body.
			return List.of();
		}
	}

}

package dev.oriel.admin.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.oriel.admin.schema.ForeignKey;
import dev.oriel.admin.schema.RelationName;

import org.jspecify.annotations.Nullable;

/**
 * Finds rows of a family that point at each other by values which stand in the body: the
 * one pointed at has to be there first, wherever it stands.
 */
final class GivenReferences {

	private final List<RowTask> tasks;

	private final Map<Columns, Map<List<String>, RowTask>> named = new HashMap<>();

	GivenReferences(List<RowTask> tasks) {
		this.tasks = tasks;
	}

	void connect() {
		for (RowTask task : this.tasks) {
			for (ForeignKey key : task.target().relation().foreignKeys()) {
				RowTask source = source(task, key);
				if (source != null && source != task && !source.required()) {
					task.dependencies().add(new RowDependency(key, source, RowDependency.Kind.GIVEN));
				}
			}
		}
	}

	private @Nullable RowTask source(RowTask task, ForeignKey key) {
		boolean embedded = task.dependencies()
			.stream()
			.anyMatch((dependency) -> dependency.key().name().equals(key.name()));
		List<String> values = values(task, key.columns());
		return (embedded || values == null) ? null
				: this.named.computeIfAbsent(new Columns(key.target(), key.targetColumns()), this::index).get(values);
	}

	private Map<List<String>, RowTask> index(Columns columns) {
		Map<List<String>, RowTask> index = new HashMap<>();
		for (RowTask task : this.tasks) {
			List<String> values = task.target().relation().name().equals(columns.relation())
					? values(task, columns.names()) : null;
			if (values != null) {
				index.putIfAbsent(values, task);
			}
		}
		return index;
	}

	/**
	 * Return the values that a row gives for some columns, or {@code null} if it does not
	 * give all of them. A text is the same as a number written alike.
	 */
	private static @Nullable List<String> values(RowTask task, List<String> columns) {
		List<String> values = new ArrayList<>();
		for (String column : columns) {
			String given = task.given(column);
			if (given == null || given.equals("null")) {
				return null;
			}
			values.add(FamilyParser.plain(given));
		}
		return values;
	}

	/**
	 * Columns of a relation.
	 */
	private record Columns(RelationName relation, List<String> names) {
	}

}

package dev.oriel.admin.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.web.ColumnFormat;
import dev.oriel.admin.web.Presentations;

/**
 * Turns {@code oriel.tables} into presentations.
 */
final class ConfiguredPresentations {

	private ConfiguredPresentations() {
	}

	static Presentations of(Map<String, Map<String, TableProperties>> tables) {
		Map<RelationName, Presentations.Table> presentations = new LinkedHashMap<>();
		tables.forEach((schema, relations) -> relations
			.forEach((name, table) -> presentations.put(new RelationName(schema, name), of(table))));
		return new Presentations(presentations);
	}

	private static Presentations.Table of(TableProperties table) {
		Map<String, Presentations.Column> columns = new LinkedHashMap<>();
		table.getColumns().forEach((name, column) -> columns.put(name, of(column)));
		return new Presentations.Table(table.getLabel(), table.getIcon(), table.getDisplay(), table.getHidden(),
				columns);
	}

	private static Presentations.Column of(ColumnProperties column) {
		ColumnFormat format = column.getFormat();
		return new Presentations.Column(column.getLabel(), (format != null) ? format.label() : null, column.getHidden(),
				column.getOrder(), column.getWidth(), column.getOptions());
	}

}

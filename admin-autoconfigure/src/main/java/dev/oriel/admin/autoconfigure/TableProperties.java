package dev.oriel.admin.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * How a relation is shown.
 *
 * @since 0.1.0
 */
public class TableProperties {

	/**
	 * Name of the relation in the page.
	 */
	private @Nullable String label;

	/**
	 * Name of the relation's icon.
	 */
	private @Nullable String icon;

	/**
	 * Template that stands for one row, for example '{first_name} {last_name}'.
	 */
	private @Nullable String display;

	/**
	 * Whether the relation is left out of the navigation. Default is whether its comment
	 * has the tag '@hidden'.
	 */
	private @Nullable Boolean hidden;

	/**
	 * How the columns are shown, by their names.
	 */
	private Map<String, ColumnProperties> columns = new LinkedHashMap<>();

	public @Nullable String getLabel() {
		return this.label;
	}

	public void setLabel(@Nullable String label) {
		this.label = label;
	}

	public @Nullable String getIcon() {
		return this.icon;
	}

	public void setIcon(@Nullable String icon) {
		this.icon = icon;
	}

	public @Nullable String getDisplay() {
		return this.display;
	}

	public void setDisplay(@Nullable String display) {
		this.display = display;
	}

	public @Nullable Boolean getHidden() {
		return this.hidden;
	}

	public void setHidden(@Nullable Boolean hidden) {
		this.hidden = hidden;
	}

	public Map<String, ColumnProperties> getColumns() {
		return this.columns;
	}

	public void setColumns(Map<String, ColumnProperties> columns) {
		this.columns = columns;
	}

}

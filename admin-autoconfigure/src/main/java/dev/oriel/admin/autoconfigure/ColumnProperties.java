package dev.oriel.admin.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.oriel.admin.web.ColumnFormat;
import org.jspecify.annotations.Nullable;

/**
 * How a column is shown.
 *
 * @since 0.1.0
 */
public class ColumnProperties {

	/**
	 * Name of the column in the page.
	 */
	private @Nullable String label;

	/**
	 * Format of its values.
	 */
	private @Nullable ColumnFormat format;

	/**
	 * Whether the column is hidden at first. Default is whether its comment has the tag
	 * '@hidden'.
	 */
	private @Nullable Boolean hidden;

	/**
	 * Place of the column; smaller numbers come first.
	 */
	private @Nullable Integer order;

	/**
	 * Width of the column in pixels.
	 */
	private @Nullable Integer width;

	/**
	 * Options of the format, for example 'currency' or 'decimals'.
	 */
	private Map<String, String> options = new LinkedHashMap<>();

	public @Nullable String getLabel() {
		return this.label;
	}

	public void setLabel(@Nullable String label) {
		this.label = label;
	}

	public @Nullable ColumnFormat getFormat() {
		return this.format;
	}

	public void setFormat(@Nullable ColumnFormat format) {
		this.format = format;
	}

	public @Nullable Boolean getHidden() {
		return this.hidden;
	}

	public void setHidden(@Nullable Boolean hidden) {
		this.hidden = hidden;
	}

	public @Nullable Integer getOrder() {
		return this.order;
	}

	public void setOrder(@Nullable Integer order) {
		this.order = order;
	}

	public @Nullable Integer getWidth() {
		return this.width;
	}

	public void setWidth(@Nullable Integer width) {
		this.width = width;
	}

	public Map<String, String> getOptions() {
		return this.options;
	}

	public void setOptions(Map<String, String> options) {
		this.options = options;
	}

}

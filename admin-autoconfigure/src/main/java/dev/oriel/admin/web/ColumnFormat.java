package dev.oriel.admin.web;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * How the values of a column are shown.
 *
 * @since 0.1.0
 */
public enum ColumnFormat {

	TEXT, NUMBER, CURRENCY, PERCENT, DATE, DATETIME, RELATIVE, BADGE, LINK, IMAGE, BOOLEAN, JSON;

	/**
	 * Return the name that the page knows, in lower case.
	 */
	public String label() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Return the label of the format that somebody wrote, or {@code null} if there is no
	 * such format.
	 */
	static @Nullable String labelOf(@Nullable String text) {
		for (ColumnFormat format : values()) {
			if (format.name().equalsIgnoreCase(text)) {
				return format.label();
			}
		}
		return null;
	}

}

package dev.oriel.admin.autoconfigure;

/**
 * How the values of a column are shown.
 *
 * @since 0.1.0
 */
public enum ColumnFormat {

	TEXT, NUMBER, CURRENCY, PERCENT, DATE, DATETIME, RELATIVE, BADGE, LINK, IMAGE, BOOLEAN, JSON

}

package dev.oriel.admin.transfer;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Which columns of a file are meant, and how their values are written.
 *
 * @param map where columns of the file go; those not named go where their name says
 * @param skipUnknown whether columns of the file that the relation does not have are left
 * out; otherwise they are an error
 * @param repeated what to do with a name that is above two columns
 * @param dates how dates are written, by the column of the relation, and for all others
 * below the empty name
 * @param decimals the decimal separators, in the same way
 * @param nulls the texts that stand for no value, by the column of the relation
 * @param trimmed the columns of the relation whose texts lose the spaces around them, or
 * the empty name for all
 * @since 0.1.0
 */
public record ColumnOptions(List<Mapped> map, boolean skipUnknown, Repeated repeated, Map<String, List<String>> dates,
		Map<String, Character> decimals, Map<String, Set<String>> nulls, Set<String> trimmed) {

	/** Names decide, and nothing is written in an unusual way. */
	public static final ColumnOptions DEFAULTS = new ColumnOptions(List.of(), false, Repeated.ERROR, Map.of(), Map.of(),
			Map.of(), Set.of());

	public ColumnOptions {
		map = List.copyOf(map);
		dates = Map.copyOf(dates);
		decimals = Map.copyOf(decimals);
		nulls = Map.copyOf(nulls);
		trimmed = Set.copyOf(trimmed);
	}

	/**
	 * Where a column of the file goes.
	 *
	 * @param header its name, or its number from 1
	 * @param column the column of the relation, or {@code null} to leave it out
	 */
	public record Mapped(String header, @Nullable String column) {
	}

	/**
	 * What to do with a name that is above two columns.
	 */
	public enum Repeated {

		/** Ask for what is meant. */
		ERROR,

		/** Take the first; a row in which another one differs is rejected. */
		SAME,

		/** Take the first, whatever the others say. */
		FIRST

	}

}

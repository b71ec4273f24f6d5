package dev.oriel.admin.web.openapi;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.BiFunction;
import java.util.stream.Stream;

import dev.oriel.admin.access.RelationAccess;
import dev.oriel.admin.schema.Relation;

/**
 * What the HTTP interface understands, so that it is described as it is.
 *
 * @param rows the media types of answers that hold any number of rows, the usual first
 * @param row the media types of answers that hold exactly one row
 * @param files the media types that only reading answers in, as files
 * @param bodies the media types that rows can be sent in, the usual first
 * @param preferences the names of the preferences that mean something to requests, with
 * the pattern that their values keep to; it is empty where there are none
 * @param methods the methods that may be used on a relation, in upper case
 * @since 0.1.0
 */
public record RestLanguage(List<String> rows, List<String> row, List<String> files, List<String> bodies,
		Map<Use, SortedMap<String, String>> preferences, BiFunction<Relation, RelationAccess, List<String>> methods) {

	public RestLanguage {
		rows = List.copyOf(rows);
		row = List.copyOf(row);
		files = List.copyOf(files);
		bodies = List.copyOf(bodies);
		preferences = Map.copyOf(preferences);
	}

	/**
	 * Return the language with one more media type of rows.
	 * @param type the media type
	 */
	public RestLanguage withRows(String type) {
		List<String> more = Stream.concat(this.rows.stream(), Stream.of(type)).toList();
		return new RestLanguage(more, this.row, this.files, this.bodies, this.preferences, this.methods);
	}

	/**
	 * The kinds of requests.
	 */
	public enum Use {

		READ("preferRead"), INSERT("preferInsert"), REPLACE("preferReplace"), UPDATE("preferUpdate"),
		DELETE("preferDelete"), CALL("preferCall");

		private final String component;

		Use(String component) {
			this.component = component;
		}

		/**
		 * Return the name of the parameter that describes the header {@code Prefer}.
		 */
		String component() {
			return this.component;
		}

	}

}

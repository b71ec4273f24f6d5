package dev.oriel.admin.live;

import java.util.ArrayList;
import java.util.List;

import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.DataType;
import dev.oriel.admin.schema.Relation;
import org.jspecify.annotations.Nullable;

/**
 * Makes the keys that events tell those that rows are read with. The write-ahead log
 * holds values as they are printed, triggers and reads cast them to text, which is not
 * the same for all types.
 *
 * @param relation the relation, or {@code null} if nothing is known of it
 */
record KeyTexts(@Nullable Relation relation) {

	/**
	 * Return the key, or {@code null} if it is none of the relation's.
	 */
	@Nullable List<String> of(List<String> key) {
		if (this.relation == null || key.isEmpty() || key.size() != this.relation.key().size()) {
			return null;
		}
		List<String> texts = new ArrayList<>(key.size());
		for (int i = 0; i < key.size(); i++) {
			Column column = this.relation.column(this.relation.key().get(i));
			if (column == null || key.get(i) == null) {
				return null;
			}
			texts.add(text(column.type().unwrapped(), key.get(i)));
		}
		return List.copyOf(texts);
	}

	private static String text(DataType type, String text) {
		return switch ((type instanceof DataType.Base base) ? base.name() : "") {
			case "bool" -> switch (text) {
				case "t" -> "true";
				case "f" -> "false";
				default -> text;
			};
			case "bpchar" -> text.replaceAll(" +$", "");
			default -> text;
		};
	}

}

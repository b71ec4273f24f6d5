package dev.oriel.admin.schema;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A comment on a relation or a column, with its tags taken out. A tag is a line of its
 * own that begins with {@code @}, a name of lower-case letters, digits and dashes, and
 * may go on with a value: {@code @label Price in euros}. Of two tags of one name the last
 * one counts.
 *
 * @param text what people read, or {@code null} if there is nothing but tags
 * @param tags the values by the names of the tags; empty for a tag without a value
 * @since 0.1.0
 */
public record Comment(@Nullable String text, Map<String, String> tags) {

	/** No comment at all. */
	public static final Comment NONE = new Comment(null, Map.of());

	private static final Pattern TAG = Pattern.compile("\\s*@([a-z][a-z0-9-]*)(?:\\s+(.*?))?\\s*");

	public Comment {
		tags = Map.copyOf(tags);
	}

	/**
	 * Take a comment apart.
	 * @param comment the comment as the catalogue holds it, or {@code null}
	 */
	public static Comment parse(@Nullable String comment) {
		if (comment == null) {
			return NONE;
		}
		if (comment.indexOf('@') < 0) {
			return new Comment(comment, Map.of());
		}
		Map<String, String> tags = new LinkedHashMap<>();
		StringJoiner text = new StringJoiner("\n");
		comment.lines().forEach((line) -> {
			Matcher tag = TAG.matcher(line);
			if (tag.matches()) {
				tags.put(tag.group(1), (tag.group(2) != null) ? tag.group(2) : "");
			}
			else {
				text.add(line);
			}
		});
		if (tags.isEmpty()) {
			return new Comment(comment, Map.of());
		}
		String remaining = text.toString().strip();
		return new Comment(remaining.isEmpty() ? null : remaining, tags);
	}

}

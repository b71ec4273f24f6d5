package dev.oriel.admin.data;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import dev.oriel.admin.schema.DataType;
import dev.oriel.admin.schema.Function;
import dev.oriel.admin.sql.FunctionArguments;

import org.jspecify.annotations.Nullable;

/**
 * The arguments of a call as they arrived, before it is known which function takes them.
 *
 * @param named the arguments by name, or {@code null} if they cannot be that
 * @param whole everything as one text, or {@code null} if it cannot be that
 * @param types the types of an only, nameless argument that takes the whole
 * @since 0.1.0
 */
public record CallBody(@Nullable FunctionArguments named, FunctionArguments.@Nullable Whole whole, List<String> types) {

	/**
	 * Return the arguments of a query string.
	 * @param values the texts by the arguments' names
	 */
	public static CallBody ofTexts(Map<String, List<String>> values) {
		return new CallBody(new FunctionArguments.Texts(values), null, List.of());
	}

	/**
	 * Return the arguments of a body of JSON; an empty one gives none.
	 * @param body the body
	 * @throws ProblemException when it is an object, but not a valid one
	 */
	public static CallBody ofJson(String body) {
		String json = body.isBlank() ? "{}" : body;
		FunctionArguments named = json.stripLeading().startsWith("{")
				? new FunctionArguments.Members(json, WriteBody.parse(Payload.of(json)).names()) : null;
		return new CallBody(named, new FunctionArguments.Whole(json), List.of("json", "jsonb"));
	}

	/**
	 * Return the arguments of a body that is one value as it stands.
	 * @param text the value as PostgreSQL reads it
	 * @param type the name of its type
	 */
	public static CallBody ofValue(String text, String type) {
		return new CallBody(null, new FunctionArguments.Whole(text), List.of(type));
	}

	/**
	 * Return the names of the arguments, in the order of the alphabet.
	 */
	Set<String> names() {
		return (this.named != null) ? new TreeSet<>(this.named.names()) : Set.of();
	}

	/**
	 * Whether the function takes exactly these arguments, by their names.
	 */
	boolean isTakenBy(Function function) {
		if (this.named == null) {
			return false;
		}
		Set<String> names = this.named.names();
		List<Function.Argument> inputs = function.inputs();
		Set<String> known = names(inputs, false);
		return !known.contains("") && known.containsAll(names) && names.containsAll(names(inputs, true));
	}

	/**
	 * Whether the function takes everything as its only argument.
	 */
	boolean isWhollyTakenBy(Function function) {
		List<Function.Argument> inputs = function.inputs();
		return this.whole != null && inputs.size() == 1 && inputs.get(0).name().isEmpty()
				&& inputs.get(0).type() instanceof DataType.Base base && this.types.contains(base.name());
	}

	private static Set<String> names(List<Function.Argument> inputs, boolean required) {
		String[] names = inputs.stream()
			.filter((argument) -> !required || !argument.optional())
			.map(Function.Argument::name)
			.toArray(String[]::new);
		return new TreeSet<>(Arrays.asList(names));
	}

}

package dev.oriel.admin.sql;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The values that a function is called with, as the client wrote them: PostgreSQL's own
 * input functions read them.
 *
 * @since 0.1.0
 */
public sealed interface FunctionArguments {

	/**
	 * Return the names of the arguments that are given.
	 */
	Set<String> names();

	/**
	 * Arguments as the members of a JSON object.
	 *
	 * @param json the object
	 * @param names its members
	 */
	record Members(String json, Set<String> names) implements FunctionArguments {

		public Members {
			names = Set.copyOf(names);
		}

	}

	/**
	 * Arguments as texts. Of several texts for one argument a variadic one takes all, any
	 * other the last.
	 *
	 * @param values the texts by the arguments' names
	 */
	record Texts(Map<String, List<String>> values) implements FunctionArguments {

		public Texts {
			values = new LinkedHashMap<>(values);
		}

		@Override
		public Set<String> names() {
			return this.values.keySet();
		}

	}

	/**
	 * One text for the only argument, which has no name.
	 *
	 * @param text the text
	 */
	record Whole(String text) implements FunctionArguments {

		@Override
		public Set<String> names() {
			return Set.of();
		}

	}

}

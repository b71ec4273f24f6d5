package dev.oriel.admin.sql;

import java.util.List;

import dev.oriel.admin.schema.Function;

/**
 * A function with the values it is called with. The names of functions and arguments are
 * those of the schema, never the client's.
 *
 * @param function the function
 * @param arguments the values
 * @since 0.1.0
 */
public record FunctionCall(Function function, FunctionArguments arguments) {

	/** The alias of the object that holds the arguments. */
	private static final String OBJECT = "a";

	/**
	 * Write the call as a source of rows, after {@code FROM}.
	 */
	void writeSource(SqlText sql) {
		if (takesObject()) {
			writeObject(sql);
			sql.add(" CROSS JOIN LATERAL ");
		}
		writeCall(sql);
	}

	/**
	 * Write the call as a select list of its own, with what it needs after it.
	 */
	void writeValue(SqlText sql) {
		writeCall(sql);
		sql.add(" AS v");
		if (takesObject()) {
			sql.add(" FROM ");
			writeObject(sql);
		}
	}

	private boolean takesObject() {
		return this.arguments instanceof FunctionArguments.Members && !given().isEmpty();
	}

	private List<Function.Argument> given() {
		return this.function.inputs()
			.stream()
			.filter((argument) -> this.arguments.names().contains(argument.name()))
			.toList();
	}

	private void writeObject(SqlText sql) {
		sql.add("json_to_record(");
		sql.value(((FunctionArguments.Members) this.arguments).json(), "json").add(") AS " + OBJECT + "(");
		sql.join(", ", given(),
				(argument) -> sql.add(Identifiers.quote(argument.name()) + " " + argument.type().sqlName()));
		sql.add(")");
	}

	private void writeCall(SqlText sql) {
		sql.add(Identifiers.quote(this.function.schema()) + "." + Identifiers.quote(this.function.name()) + "(");
		if (this.arguments instanceof FunctionArguments.Whole whole) {
			sql.value(whole.text(), this.function.inputs().get(0).type().sqlName());
		}
		else {
			sql.join(", ", given(), (argument) -> writeArgument(argument, sql));
		}
		sql.add(")");
	}

	private void writeArgument(Function.Argument argument, SqlText sql) {
		boolean variadic = argument.mode() == Function.Mode.VARIADIC;
		String name = Identifiers.quote(argument.name());
		sql.add(variadic ? "VARIADIC " : "").add(name + " => ");
		if (this.arguments instanceof FunctionArguments.Texts texts) {
			List<String> values = texts.values().get(argument.name());
			sql.value(variadic ? ArrayLiteral.of(values) : values.get(values.size() - 1), argument.type().sqlName());
		}
		else {
			sql.add(OBJECT + "." + name);
		}
	}

}

package dev.oriel.admin.schema;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A function that can be called by name. Several functions may share a name if their
 * arguments differ.
 *
 * @param oid the OID in {@code pg_proc}
 * @param schema the schema
 * @param name the name within the schema
 * @param arguments everything it takes and gives by name, in its declared order
 * @param result what a call gives
 * @param volatility what a call may change
 * @param comment the comment, or {@code null}
 * @param executable whether the connected role may call it
 * @param computed what it says of a row, if a row is all that it takes, or {@code null}
 * @since 0.1.0
 */
public record Function(long oid, String schema, String name, List<Argument> arguments, Result result,
		Volatility volatility, @Nullable String comment, boolean executable, @Nullable Computed computed) {

	public Function {
		arguments = List.copyOf(arguments);
	}

	/**
	 * Create a function that says nothing of a row.
	 */
	public Function(long oid, String schema, String name, List<Argument> arguments, Result result,
			Volatility volatility, @Nullable String comment, boolean executable) {
		this(oid, schema, name, arguments, result, volatility, comment, executable, null);
	}

	/**
	 * Return the arguments that a caller gives, in their declared order.
	 */
	public List<Argument> inputs() {
		return this.arguments.stream().filter((argument) -> argument.mode().isInput()).toList();
	}

	/**
	 * Whether a call may change the database.
	 */
	public boolean isVolatile() {
		return this.volatility == Volatility.VOLATILE;
	}

	/**
	 * One argument.
	 *
	 * @param name the name; empty where it has none
	 * @param type the type; of a variadic argument the array
	 * @param mode the direction
	 * @param optional whether it has a default
	 */
	public record Argument(String name, DataType type, Mode mode, boolean optional) {
	}

	/**
	 * What a call gives.
	 *
	 * @param type the type as it is declared
	 * @param shape how it is to be read
	 * @param set whether there may be any number of them
	 * @param columns the columns of a row; empty unless it gives rows
	 * @param relation the relation whose rows they are, or {@code null}
	 */
	public record Result(DataType type, Shape shape, boolean set, List<Column> columns,
			@Nullable RelationName relation) {

		public Result {
			columns = List.copyOf(columns);
		}

	}

	/**
	 * That a function takes a row of a relation and nothing else: it computes a value of
	 * the row, or its related rows.
	 *
	 * @param relation the relation
	 * @param single whether there is one result at most: no set, or one that is declared
	 * to have one row
	 */
	public record Computed(RelationName relation, boolean single) {
	}

	/**
	 * The direction of an argument.
	 */
	public enum Mode {

		/** Given by the caller. */
		IN,
		/** Given by the call. */
		OUT,
		/** Given by both. */
		INOUT,
		/** Given by the caller, any number of times. */
		VARIADIC,
		/** A column of the rows that the call gives. */
		TABLE;

		/**
		 * Whether a caller gives it.
		 */
		public boolean isInput() {
			return this == IN || this == INOUT || this == VARIADIC;
		}

	}

	/**
	 * How a result is to be read.
	 */
	public enum Shape {

		/** There is none. */
		VOID,
		/** A value, or a row whose columns are not known before the call. */
		VALUE,
		/** A row with known columns. */
		ROW

	}

	/**
	 * What a call may change.
	 */
	public enum Volatility {

		IMMUTABLE, STABLE, VOLATILE

	}

}

package dev.oriel.admin.sql;

import java.util.List;

import dev.oriel.admin.query.Filter.Side;
import dev.oriel.admin.query.Filter.Within;
import dev.oriel.admin.query.Period;
import dev.oriel.admin.query.Period.Unit;
import dev.oriel.admin.query.QueryException;
import dev.oriel.admin.schema.DataType;

/**
 * Writes whether a value lies in a period. PostgreSQL computes both ends from its own
 * clock, and the column stands alone on its side, so that an index on it is of use. Days
 * and longer units are those of the time zone's calendar; hours and minutes are so much
 * time, whatever clocks do.
 */
final class Periods {

	private final Expressions expressions;

	Periods(Expressions expressions) {
		this.expressions = expressions;
	}

	void write(Within within, SqlText sql) {
		String type = type(within);
		Period period = within.period();
		sql.add("(");
		if (within.side() != Side.AFTER) {
			boolean before = within.side() == Side.BEFORE;
			writeComparison(within, before ? " < " : " >= ", type, start(period), sql);
		}
		if (within.side() == Side.IN) {
			sql.add(" AND ");
		}
		if (within.side() != Side.BEFORE) {
			boolean after = within.side() == Side.AFTER;
			writeComparison(within, after ? " >= " : " < ", type, end(period), sql);
		}
		sql.add(")");
	}

	/**
	 * Return the value's type, which must be one of those that have days.
	 */
	private String type(Within within) {
		DataType type = this.expressions.type(within.column());
		String name = (type instanceof DataType.Base base && within.column().path().isEmpty()) ? base.name() : "";
		String column = within.column().column();
		return switch (name) {
			case "timestamp", "timestamptz" -> name;
			case "date" -> {
				if (within.period().isFine()) {
					throw new QueryException("PGRST100", "'" + within.period() + "' does not apply to '" + column + "'",
							"It is a date, which has no hours or minutes.", "Use days or longer units.");
				}
				yield name;
			}
			default -> throw new QueryException("PGRST100", "'within' does not apply to '" + column + "'",
					within.column().path().isEmpty() ? "Its type is " + type.sqlName() + "."
							: "Values inside of JSON have no type of their own.",
					"Use it on columns of the types date, timestamp and timestamptz.");
		};
	}

	private void writeComparison(Within within, String operator, String type, Moment moment, SqlText sql) {
		this.expressions.write(within.column(), sql);
		sql.add(operator);
		boolean absolute = moment.isAbsolute();
		if (type.equals("date")) {
			sql.add("CAST(");
			writeMoment(moment, within, sql);
			sql.add(" AS date)");
		}
		else if (type.equals("timestamptz") == absolute) {
			writeMoment(moment, within, sql);
		}
		else {
			// Takes a point in time to a clock's reading, and the other way round.
			sql.add("(");
			writeMoment(moment, within, sql);
			sql.add(" AT TIME ZONE ");
			writeZone(within, sql);
			sql.add(")");
		}
	}

	private static void writeMoment(Moment moment, Within within, SqlText sql) {
		sql.add("(".repeat(moment.steps().size()));
		sql.add("date_trunc('" + moment.unit().label() + "', now()");
		sql.add(moment.isAbsolute() ? ", " : " AT TIME ZONE ");
		writeZone(within, sql);
		sql.add(")");
		for (String step : moment.steps()) {
			sql.add(" + ").value(step, "interval").add(")");
		}
	}

	private static void writeZone(Within within, SqlText sql) {
		if (within.zone() != null) {
			sql.value(within.zone(), "text");
		}
		else {
			sql.add("current_setting('TimeZone')");
		}
	}

	private static Moment start(Period period) {
		Unit unit = period.unit();
		return switch (period.frame()) {
			case THIS, TO_DATE -> new Moment(unit);
			case LAST -> new Moment(unit, interval(-1, unit));
			case NEXT -> new Moment(unit, interval(1, unit));
			case COUNTED_LAST -> new Moment(grain(period), interval(1, grain(period)), interval(-period.count(), unit));
			case COUNTED_NEXT -> new Moment(grain(period));
		};
	}

	private static Moment end(Period period) {
		Unit unit = period.unit();
		return switch (period.frame()) {
			case THIS -> new Moment(unit, interval(1, unit));
			case LAST -> new Moment(unit);
			case NEXT -> new Moment(unit, interval(2, unit));
			case COUNTED_LAST, TO_DATE -> new Moment(grain(period), interval(1, grain(period)));
			case COUNTED_NEXT -> new Moment(grain(period), interval(period.count(), unit));
		};
	}

	private static Unit grain(Period period) {
		return period.isFine() ? Unit.MINUTE : Unit.DAY;
	}

	private static String interval(int count, Unit unit) {
		// Intervals have no quarters.
		return (unit == Unit.QUARTER) ? (3 * count) + " months" : count + " " + unit.label();
	}

	/**
	 * A point in time: the beginning of the unit that now lies in, and steps from there,
	 * one after the other.
	 */
	private record Moment(Unit unit, List<String> steps) {

		Moment(Unit unit, String... steps) {
			this(unit, List.of(steps));
		}

		/**
		 * Whether it is a point in time rather than what a clock says.
		 */
		boolean isAbsolute() {
			return this.unit == Unit.MINUTE || this.unit == Unit.HOUR;
		}

	}

}

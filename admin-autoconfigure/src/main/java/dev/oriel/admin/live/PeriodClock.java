package dev.oriel.admin.live;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import dev.oriel.admin.access.RelationAccess;
import dev.oriel.admin.query.Filter;
import dev.oriel.admin.query.Operator;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.query.SelectItem;
import dev.oriel.admin.schema.Function;
import org.jspecify.annotations.Nullable;

/**
 * When the answer to a query changes although no row does: when a period that it asks for
 * moves on. Hours and minutes do so with every minute, days and longer units when a day
 * begins; in all time zones that is at a quarter of an hour.
 */
final class PeriodClock {

	static final Duration COMPUTED = Duration.ofSeconds(2);

	static final Duration MINUTE = Duration.ofMinutes(1);

	static final Duration QUARTER_HOUR = Duration.ofMinutes(15);

	private static final Pattern NOW = Pattern.compile("(?i)\\bnow\\b");

	private static final Pattern DAY = Pattern.compile("(?i)\\b(today|tomorrow|yesterday)\\b");

	private static final int LONGEST_TIME = 100;

	private static final Set<Operator> TEXTUAL = EnumSet.of(Operator.LIKE, Operator.ILIKE, Operator.MATCH,
			Operator.IMATCH);

	private PeriodClock() {
	}

	/**
	 * Return at which multiples of time a window's periods may move on, or {@code null}
	 * if it has none.
	 */
	static @Nullable Duration interval(WindowKey key) {
		// Nothing tells when a function's result changes that reads other rows as well.
		boolean computed = key.rights()
			.functions()
			.stream()
			.anyMatch((function) -> function.volatility() != Function.Volatility.IMMUTABLE);
		Duration interval = shorter(interval(key.query()), computed ? COMPUTED : null);
		for (RelationAccess access : key.access().values()) {
			interval = shorter(interval, interval(access.rows()));
		}
		return interval;
	}

	/**
	 * Return the time until the next multiple.
	 */
	static Duration untilNext(Instant now, Duration interval) {
		long begun = now.getEpochSecond() - Math.floorMod(now.getEpochSecond(), interval.toSeconds());
		return Duration.between(now, Instant.ofEpochSecond(begun).plus(interval));
	}

	private static @Nullable Duration interval(Query query) {
		Duration interval = interval(query.filter());
		for (SelectItem item : query.select()) {
			if (item instanceof SelectItem.Embed embed) {
				interval = shorter(interval, interval(embed.query()));
			}
		}
		return interval;
	}

	private static @Nullable Duration interval(Filter filter) {
		if (filter instanceof Filter.Within within) {
			return within.period().isFine() ? MINUTE : QUARTER_HOUR;
		}
		if (filter instanceof Filter.And and) {
			return interval(and.filters());
		}
		if (filter instanceof Filter.Or or) {
			return interval(or.filters());
		}
		if (filter instanceof Filter.Comparison comparison) {
			return comparison.values()
				.stream()
				.map((value) -> interval(comparison.operator(), value))
				.reduce(null, PeriodClock::shorter);
		}
		return (filter instanceof Filter.Not not) ? interval(not.filter()) : null;
	}

	private static @Nullable Duration interval(List<Filter> filters) {
		Duration interval = null;
		for (Filter filter : filters) {
			interval = shorter(interval, interval(filter));
		}
		return interval;
	}

	/**
	 * What PostgreSQL reads as a time that moves on. A text that only looks like one
	 * costs a read now and then.
	 */
	private static @Nullable Duration interval(Operator operator, String value) {
		if (value.length() > LONGEST_TIME || operator.isFullText() || TEXTUAL.contains(operator)) {
			return null;
		}
		if (NOW.matcher(value).find()) {
			return COMPUTED;
		}
		return DAY.matcher(value).find() ? QUARTER_HOUR : null;
	}

	private static @Nullable Duration shorter(@Nullable Duration one, @Nullable Duration other) {
		if (one == null || other == null) {
			return (one != null) ? one : other;
		}
		return (one.compareTo(other) < 0) ? one : other;
	}

}

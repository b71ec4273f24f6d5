package dev.oriel.admin.live;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

import dev.oriel.admin.access.RelationAccess;
import dev.oriel.admin.data.CountMode;
import dev.oriel.admin.query.Filter;
import dev.oriel.admin.query.Parameter;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.query.QueryParser;
import dev.oriel.admin.schema.RelationName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PeriodClock}.
 */
class PeriodClockTests {

	private static final RelationName NAME = new RelationName("public", "t");

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "a=eq.1|", "q=today|", "a=within.today|15", "a=not.within.year%20to%20date|15",
					"a=within.last%205%20minutes|1", "a=within.this%20hour|1",
					"or=(b.eq.1,and(c.is.null,a.within.today))|15", "a=within.today&b=within.this%20minute|1",
					"not.or=(a.within.today,b.within.this%20hour)|1", "select=id,o(id)&o.at=within.today|15",
					"select=id,o(p(id))&o.p.at=within.today&o.at=within.last%20hour|1" })
	void finestPeriodCounts(String query, Integer minutes) {
		assertThat(interval(new QueryParser().parse(query), Filter.NONE))
			.isEqualTo((minutes != null) ? Duration.ofMinutes(minutes) : null);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "a=gt.now|2", "a=not.lt.NOW|2", "a=ov.[now,infinity)|2", "a=in.(today,2024-01-01)|900",
					"a=gte.tomorrow%2012:00|900", "a=lt(any).{yesterday,now}|2", "a=ilike.*now*|", "a=fts.today|",
					"a=eq.nowhere|" })
	void timesThatPostgresReadsMoveOn(String query, Integer seconds) {
		assertThat(interval(new QueryParser().parse(query), Filter.NONE))
			.isEqualTo((seconds != null) ? Duration.ofSeconds(seconds) : null);
	}

	@Test
	void rulesOnRowsMoveOnToo() {
		Filter rule = new QueryParser().parseFilter(new Parameter("at", "within.last 30 days"));
		assertThat(interval(Query.ALL, rule)).isEqualTo(PeriodClock.QUARTER_HOUR);
	}

	@ParameterizedTest
	@CsvSource({ "2024-03-15T13:37:42.25Z, 1, PT17.75S", "2024-03-15T13:37:00Z, 1, PT1M",
			"2024-03-15T23:59:59.999999Z, 15, PT0.000001S", "2024-03-15T00:00:00Z, 15, PT15M",
			"1969-12-31T23:50:00Z, 15, PT10M" })
	void boundariesAreMultiplesOfTheInterval(Instant now, int minutes, Duration expected) {
		assertThat(PeriodClock.untilNext(now, Duration.ofMinutes(minutes))).isEqualTo(expected);
	}

	private static Duration interval(Query query, Filter rule) {
		RelationAccess access = new RelationAccess(Set.of(), Set.of(), Set.of(), Set.of(), rule);
		return PeriodClock
			.interval(new WindowKey(NAME, query, new WindowOptions(false, CountMode.NONE), Map.of(NAME, access)));
	}

}

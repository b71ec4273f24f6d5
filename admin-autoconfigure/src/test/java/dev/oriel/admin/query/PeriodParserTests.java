package dev.oriel.admin.query;

import dev.oriel.admin.query.Filter.Side;
import dev.oriel.admin.query.Filter.Within;
import dev.oriel.admin.query.Period.Frame;
import dev.oriel.admin.query.Period.Unit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PeriodParserTests {

	@ParameterizedTest
	@CsvSource({ "today, THIS, 1, DAY", "yesterday, LAST, 1, DAY", "tomorrow, NEXT, 1, DAY", "this week, THIS, 1, WEEK",
			"last quarter, LAST, 1, QUARTER", "next year, NEXT, 1, YEAR", "this hour, THIS, 1, HOUR",
			"last 7 days, COUNTED_LAST, 7, DAY", "next 2 weeks, COUNTED_NEXT, 2, WEEK",
			"last 1 month, COUNTED_LAST, 1, MONTH", "last 1000 minutes, COUNTED_LAST, 1000, MINUTE",
			"year to date, TO_DATE, 1, YEAR" })
	void readsPeriodsAndWritesThemAgain(String text, Frame frame, int count, Unit unit) {
		Period period = new Period(frame, count, unit);
		assertThat(Trees.filter("a", "within." + text)).isEqualTo(within(Side.IN, period, null));
		assertThat(Trees.filter("a", "not.within.before " + text))
			.isEqualTo(Trees.not(within(Side.BEFORE, period, null)));
		assertThat(Trees.filter("or", "(a.within(Asia/Tokyo).after " + text + ",b.eq.1)"))
			.isEqualTo(Trees.or(within(Side.AFTER, period, "Asia/Tokyo"), Trees.eq("b", "1")));
		assertThat(period).hasToString(text);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "a=within.LAST++7%20Days|a=within.last%207%20days", "a=within.this%20day|a=within.today",
					"a=within.last%201%20days|a=within.last%201%20day", "a=within(Etc/GMT%2B5).%22today%22|",
					"or=(a.within.%22last%207%20days%22,b.eq.1)|" + "or=(a.within.%22last%207%20days%22,b.eq.1)",
					"a=within(Etc/GMT%2B5).last%20day|a=within(Etc/GMT%2B5).yesterday" })
	void writesOneForm(String text, String expected) {
		if (expected == null) {
			assertThatExceptionOfType(QueryException.class).isThrownBy(() -> Trees.parse(text));
			return;
		}
		assertThat(new QueryWriter().write(Trees.parse(text))).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "day", "last", "last days", "last 0 days", "last 1001 days", "last 07 days",
			"last -1 days", "last 1.5 days", "this 2 days", "next 7", "day to date", "hour to date", "to date",
			"before", "before before today", "after", "today today", "last 7 fortnights", "last 99999999999 days",
			"days", "now", "last week ago", "last ٧ days" })
	void saysWhichPeriodsThereAre(String text) {
		assertThatExceptionOfType(QueryException.class).isThrownBy(() -> Trees.filter("at", "within." + text))
			.satisfies((ex) -> {
				assertThat(ex.code()).isEqualTo("PGRST100");
				assertThat(ex).hasMessageContaining("(line 1, column 8)");
				assertThat(ex.details()).startsWith("'" + text + "' is no period").contains("last 7 days", "today");
				assertThat(ex.hint()).contains("'at'");
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "Europe Berlin", "'", "x;y", "Zürich", "(", "a,b" })
	void zonesAreNamedByPlainNames(String zone) {
		assertThatExceptionOfType(QueryException.class)
			.isThrownBy(() -> Trees.filter("at", "within(" + zone + ").today"))
			.satisfies((ex) -> assertThat(ex.details()).contains("the name of a time zone"));
		assertThatExceptionOfType(QueryException.class)
			.isThrownBy(() -> Trees.filter("at", "within(" + "x".repeat(65) + ").today"));
		assertThatIllegalArgumentException().isThrownBy(() -> new QueryWriter()
			.write(Query.ALL.withFilter(within(Side.IN, Period.of(Frame.THIS, Unit.DAY), zone))));
	}

	@Test
	void impossiblePeriodsCannotBeMade() {
		assertThatIllegalArgumentException().isThrownBy(() -> new Period(Frame.THIS, 2, Unit.DAY));
		assertThatIllegalArgumentException().isThrownBy(() -> new Period(Frame.COUNTED_LAST, 0, Unit.DAY));
		assertThatIllegalArgumentException().isThrownBy(() -> new Period(Frame.COUNTED_NEXT, 1001, Unit.DAY));
		assertThatIllegalArgumentException().isThrownBy(() -> Period.of(Frame.TO_DATE, Unit.DAY));
	}

	private static Filter within(Side side, Period period, String zone) {
		return new Within(ColumnPath.of("a"), side, period, zone);
	}

}

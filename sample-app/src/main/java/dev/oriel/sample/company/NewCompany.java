package dev.oriel.sample.company;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A company to add. What is left out is the database's to decide, and so is what is
 * right.
 *
 * @param name its name
 * @param sector what it does
 * @param listed whether its shares are traded
 * @param ticker symbol at the stock exchange
 * @param website its address in the web
 * @param foundedOn day it was founded
 * @param headquarters city of its headquarters
 * @param country ISO 3166 code of its country
 * @param employees head count
 * @param finance its results, quarter by quarter
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record NewCompany(@Nullable String name, @Nullable String sector, @Nullable Boolean listed, @Nullable String ticker,
		@Nullable String website, @Nullable LocalDate foundedOn, @Nullable String headquarters,
		@Nullable String country, @Nullable Integer employees, @Nullable List<Result> finance) {

	/**
	 * The result of one quarter.
	 *
	 * @param fiscalYear the year
	 * @param quarter the quarter, 1 to 4
	 * @param revenue the revenue
	 * @param cost the cost
	 * @param currency currency of both
	 * @param reportedOn day the figures were published
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Result(@Nullable Integer fiscalYear, @Nullable Integer quarter, @Nullable BigDecimal revenue,
			@Nullable BigDecimal cost, @Nullable String currency, @Nullable LocalDate reportedOn) {
	}

}

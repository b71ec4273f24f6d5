package dev.oriel.sample.company;

import java.math.BigDecimal;
import java.time.LocalDate;

import org.jspecify.annotations.Nullable;

/**
 * A company, and what it earned in its last full year.
 *
 * @param id number of the company
 * @param name its name
 * @param sector what it does
 * @param ticker symbol at the stock exchange, of listed companies only
 * @param foundedOn day it was founded
 * @param country ISO 3166 code of its country
 * @param revenue revenue of the last year, if known
 * @param profit profit of the last year, if known
 * @param currency currency of both
 */
record Company(int id, String name, String sector, @Nullable String ticker, LocalDate foundedOn, String country,
		@Nullable BigDecimal revenue, @Nullable BigDecimal profit, @Nullable String currency) {
}

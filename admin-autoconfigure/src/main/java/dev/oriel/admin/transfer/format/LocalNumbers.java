package dev.oriel.admin.transfer.format;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.NumberFormat;
import java.util.Currency;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Writes numbers as a language writes them, with all of their digits: none goes through a
 * binary number. For one thread, as the JDK's formats are.
 *
 * @since 0.1.0
 */
public final class LocalNumbers implements OutputColumn.ValueText {

	private static final int MAX_SCALE = 1000;

	private final DecimalFormat format;

	private final Style style;

	private final String suffix;

	private int places = -1;

	/**
	 * Create the texts of a column.
	 * @param style what the numbers are, and how they are written
	 * @param locale the language
	 */
	public LocalNumbers(Style style, Locale locale) {
		this.style = style;
		Currency currency = currency(style.currency());
		String suffix = "";
		if (currency != null && style.display().equals("name")) {
			this.format = decimal(NumberFormat.getNumberInstance(locale));
			suffix = "\u00A0" + currency.getDisplayName(locale);
		}
		else if (currency != null) {
			this.format = decimal(NumberFormat.getCurrencyInstance(locale));
			this.format.setCurrency(currency);
			if (style.display().equals("code")) {
				setSymbol(currency.getCurrencyCode());
			}
		}
		else {
			this.format = decimal(
					style.percent() ? NumberFormat.getPercentInstance(locale) : NumberFormat.getNumberInstance(locale));
			this.format.setMultiplier(1);
		}
		this.suffix = suffix;
		this.format.setGroupingUsed(style.grouped());
		this.format.setRoundingMode(RoundingMode.HALF_UP);
		this.format.setMaximumIntegerDigits(Integer.MAX_VALUE);
	}

	private static DecimalFormat decimal(NumberFormat format) {
		return (format instanceof DecimalFormat decimal) ? decimal : new DecimalFormat();
	}

	/**
	 * Take letters for the symbol, which do not touch the digits.
	 */
	private void setSymbol(String symbol) {
		String pattern = this.format.toPattern();
		DecimalFormatSymbols symbols = this.format.getDecimalFormatSymbols();
		symbols.setCurrencySymbol(symbol);
		this.format.setDecimalFormatSymbols(symbols);
		this.format.applyPattern(
				pattern.replaceAll("\u00A4(?=[#0])", "\u00A4\u00A0").replaceAll("(?<=[#0])\u00A4", "\u00A0\u00A4"));
	}

	static @Nullable Currency currency(@Nullable String code) {
		try {
			return (code != null) ? Currency.getInstance(code.toUpperCase(Locale.ROOT)) : null;
		}
		catch (IllegalArgumentException ex) {
			// A code that is none: the number is still worth showing.
			return null;
		}
	}

	@Override
	public String of(String value) {
		BigDecimal number;
		try {
			number = new BigDecimal(value);
		}
		catch (NumberFormatException ex) {
			return value;
		}
		if (Math.abs((long) number.scale()) > MAX_SCALE) {
			return value;
		}
		if (this.style.ratio()) {
			number = number.movePointRight(2);
		}
		int wanted = places(number);
		if (wanted != this.places) {
			this.places = wanted;
			this.format.setMinimumFractionDigits(wanted);
			this.format.setMaximumFractionDigits(wanted);
		}
		return this.format.format(number) + this.suffix;
	}

	private int places(BigDecimal number) {
		Integer decimals = this.style.decimals();
		if (decimals != null) {
			return decimals;
		}
		Currency currency = currency(this.style.currency());
		return (currency != null)
				? Math.max(Math.max(0, currency.getDefaultFractionDigits()), number.stripTrailingZeros().scale())
				: Math.max(0, number.scale());
	}

	/**
	 * What numbers are, and how they are written.
	 *
	 * @param currency the code of a currency, or {@code null} if they are no money
	 * @param display how the currency is written: {@code symbol}, {@code code} or
	 * {@code name}
	 * @param percent whether a percent sign is written
	 * @param ratio whether 0.25 means 25%
	 * @param decimals how many decimals there are, or {@code null} for as many as are
	 * stored, or usual for the currency
	 * @param grouped whether thousands are grouped
	 */
	public record Style(@Nullable String currency, String display, boolean percent, boolean ratio,
			@Nullable Integer decimals, boolean grouped) {

		/**
		 * Return the number format of a workbook's cells, or {@code null} if there is
		 * none that shows as many decimals as a number happens to have.
		 * @param locale the language
		 * @param scale how many decimals all numbers have, or {@code null} if that
		 * differs
		 */
		public @Nullable String numberFormat(Locale locale, @Nullable Integer scale) {
			Currency of = LocalNumbers.currency(this.currency);
			Integer digits = this.decimals;
			if (digits == null && scale != null) {
				digits = Math.max(0, scale - (this.ratio ? 2 : 0));
			}
			if (digits == null && of != null) {
				digits = Math.max(0, of.getDefaultFractionDigits());
			}
			if (digits == null) {
				return this.percent ? (this.grouped ? "#,##0.00" : "0.00") + (this.ratio ? "%" : "\\%") : null;
			}
			String number = (this.grouped ? "#,##0" : "0")
					+ ((digits > 0) ? "." + "0".repeat(Math.min(30, digits)) : "");
			if (of != null) {
				return money(number, of, locale);
			}
			return this.percent ? number + (this.ratio ? "%" : "\\%") : number;
		}

		private String money(String number, Currency of, Locale locale) {
			String symbol = switch (this.display) {
				case "code" -> of.getCurrencyCode();
				case "name" -> of.getDisplayName(locale);
				default -> of.getSymbol(locale);
			};
			boolean before = decimal(NumberFormat.getCurrencyInstance(locale)).toPattern().indexOf('\u00A4') == 0
					&& !this.display.equals("name");
			String quoted = '"' + symbol.replace("\"", "") + '"';
			boolean apart = !before || symbol.length() > 2;
			return before ? quoted + (apart ? "\\ " : "") + number : number + "\\ " + quoted;
		}

	}

}

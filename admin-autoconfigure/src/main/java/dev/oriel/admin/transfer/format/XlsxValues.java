package dev.oriel.admin.transfer.format;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Turns what a workbook stores for a cell into the text that PostgreSQL is given. Numbers
 * are the texts that the workbook holds, dates and times are written as PostgreSQL writes
 * them.
 */
final class XlsxValues {

	/** How many digits and zeros a number may have; spreadsheets have 308. */
	private static final int MAX_DIGITS = 400;

	private final List<DateStyle> styles;

	private final SharedTexts texts;

	private final boolean since1904;

	private final @Nullable String nullText;

	private final Consumer<String> faults;

	/**
	 * @param nullText the text that stands for no value, or {@code null} if none does
	 * @param faults told what is wrong with a cell, as the end of a sentence that begins
	 * with the cell
	 */
	XlsxValues(Workbook workbook, @Nullable String nullText, Consumer<String> faults) throws IOException {
		this.styles = workbook.styles();
		this.texts = workbook.sharedTexts();
		this.since1904 = workbook.since1904();
		this.nullText = nullText;
		this.faults = faults;
	}

	/**
	 * Return the text of a cell, or {@code null} if it holds no value.
	 * @param stored what is stored
	 * @param type the type of the cell, {@code n} where it has none
	 * @param style the number of the cell's style, if it has one
	 */
	@Nullable String read(String stored, String type, @Nullable String style) {
		return switch (type) {
			case "s" -> {
				String shared = this.texts.get(stored.strip());
				if (shared == null) {
					this.faults.accept("refers to a text that is not there");
				}
				yield (shared != null) ? text(shared) : null;
			}
			case "inlineStr", "str" -> text(XmlText.unescaped(stored));
			case "b" -> stored.strip().equals("1") ? "true" : "false";
			case "e" -> {
				this.faults.accept("holds the error " + stored);
				yield stored;
			}
			case "d" -> stored;
			default -> stored.isBlank() ? null : number(stored.strip(), style(style));
		};
	}

	private @Nullable String text(String text) {
		String fault = XmlText.fault(text);
		if (fault != null) {
			this.faults.accept("holds " + fault);
		}
		return text.equals(this.nullText) ? null : text;
	}

	private DateStyle style(@Nullable String style) {
		long index = XmlPart.number(style, 0);
		return (index < this.styles.size()) ? this.styles.get((int) index) : DateStyle.NONE;
	}

	/**
	 * Return a number with the digits that are stored, never rounded by us.
	 */
	private String number(String stored, DateStyle style) {
		boolean exponent = stored.indexOf('E') >= 0 || stored.indexOf('e') >= 0;
		if (style == DateStyle.NONE && !exponent) {
			return stored;
		}
		BigDecimal number = decimal(stored);
		if (number == null) {
			this.faults.accept("holds the number '%s', which is none".formatted(stored));
			return stored;
		}
		if (style == DateStyle.NONE) {
			return number.toPlainString();
		}
		String date = SerialDate.text(number, style, this.since1904);
		if (date == null) {
			this.faults.accept("is shown as a date, but its number %s stands for none".formatted(stored));
		}
		return (date != null) ? date : stored;
	}

	/**
	 * Return a number of a size that spreadsheets have.
	 */
	private static @Nullable BigDecimal decimal(String text) {
		if (text.length() > MAX_DIGITS) {
			return null;
		}
		try {
			BigDecimal number = new BigDecimal(text);
			return (Math.abs((long) number.scale()) <= MAX_DIGITS) ? number : null;
		}
		catch (NumberFormatException | ArithmeticException ex) {
			return null;
		}
	}

}

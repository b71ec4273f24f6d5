package dev.oriel.admin.transfer;

import org.jspecify.annotations.Nullable;

/**
 * Numbers with a given decimal separator. What stands between groups of three digits,
 * another one of point, comma, space and apostrophe, is left out; at any other place it
 * is a mistake.
 *
 * @param column the column's name
 * @param decimal the decimal separator, a point or a comma
 */
record NumberForm(String column, char decimal) implements TextForm {

	private static final String GROUPING = " \u00A0\u202F'\u2019";

	@Override
	public @Nullable String read(String text) {
		StringBuilder number = new StringBuilder(text.length());
		int position = 0;
		if (!text.isEmpty() && (text.charAt(0) == '-' || text.charAt(0) == '+')) {
			number.append(text.charAt(position++));
		}
		char group = '\0';
		int digits = 0;
		for (; position < text.length(); position++) {
			char character = text.charAt(position);
			if (character >= '0' && character <= '9') {
				number.append(character);
				digits++;
				continue;
			}
			if (!isGrouping(character)) {
				break;
			}
			boolean first = group == '\0';
			if (digits == 0 || digits > 3 || (!first && (digits != 3 || character != group))) {
				return null;
			}
			group = character;
			digits = 0;
		}
		if ((group != '\0' && digits != 3) || (group == '\0' && digits == 0)) {
			return null;
		}
		return rest(text, position, number);
	}

	private boolean isGrouping(char character) {
		return character == ((this.decimal == ',') ? '.' : ',') || GROUPING.indexOf(character) >= 0;
	}

	private @Nullable String rest(String text, int from, StringBuilder number) {
		if (from == text.length()) {
			return number.toString();
		}
		if (text.charAt(from) == this.decimal) {
			number.append('.');
		}
		else if (text.charAt(from) == 'e' || text.charAt(from) == 'E') {
			number.append('e');
		}
		else {
			return null;
		}
		// PostgreSQL looks at what is left: digits, perhaps an exponent.
		String rest = text.substring(from + 1);
		boolean plain = !rest.isEmpty() && rest.chars()
			.allMatch((character) -> (character >= '0' && character <= '9') || "eE+-".indexOf(character) >= 0);
		return plain ? number.append(rest).toString() : null;
	}

	@Override
	public boolean isConverting() {
		return true;
	}

	@Override
	public String code() {
		return "22P02";
	}

	@Override
	public String problem(String text) {
		return "'%s' is no number with a decimal %s".formatted(text, (this.decimal == ',') ? "comma" : "point");
	}

	@Override
	public String hint(String text) {
		String missing = Advice.missing(this.column, text);
		return (missing != null) ? missing
				: "Say how the file writes it: decimal.%s=, or decimal.%s=.".formatted(this.column, this.column);
	}

}

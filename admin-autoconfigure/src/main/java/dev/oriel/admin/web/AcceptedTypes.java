package dev.oriel.admin.web;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.oriel.admin.query.QuotedText;

import org.jspecify.annotations.Nullable;

/**
 * The media types that a client takes, in the order of its preference. What is no media
 * type at all stays in the list, because it is one that nobody offers.
 *
 * @param ranges the types, the most wanted first
 */
record AcceptedTypes(List<Range> ranges) {

	AcceptedTypes {
		ranges = List.copyOf(ranges);
	}

	/**
	 * Read the values of the header {@code Accept}; none means that everything is taken.
	 */
	static AcceptedTypes parse(List<String> headers) {
		List<Range> ranges = new ArrayList<>();
		for (String header : headers) {
			QuotedText.split(header, ',')
				.stream()
				.filter((text) -> !text.isBlank())
				.map(Range::parse)
				.forEach(ranges::add);
		}
		ranges.removeIf((range) -> range.quality() <= 0);
		ranges.sort(Comparator.comparingDouble(Range::quality).reversed().thenComparingInt(Range::wildcards));
		return new AcceptedTypes((ranges.isEmpty() && headers.isEmpty()) ? List.of(Range.parse("*/*")) : ranges);
	}

	@Override
	public String toString() {
		return String.join(", ", this.ranges.stream().map(Range::text).toList());
	}

	/**
	 * One of the types.
	 *
	 * @param text the type with its parameters as the client wrote it
	 * @param type the type without parameters, in lower case; it may hold wildcards
	 * @param parameters the parameters by their names in lower case, without the quality
	 * @param quality how much it is wanted, from 0 to 1
	 */
	record Range(String text, String type, Map<String, String> parameters, double quality) {

		Range {
			parameters = Map.copyOf(parameters);
		}

		static Range parse(String text) {
			List<String> parts = QuotedText.split(text.strip(), ';');
			Map<String, String> parameters = new LinkedHashMap<>();
			for (String part : parts.subList(1, parts.size())) {
				int equals = part.indexOf('=');
				if (equals > 0) {
					parameters.putIfAbsent(part.substring(0, equals).strip().toLowerCase(Locale.ROOT),
							QuotedText.unquoted(part.substring(equals + 1).strip()));
				}
			}
			double quality = weight(parameters.remove("q"));
			return new Range(text.strip(), parts.get(0).strip().toLowerCase(Locale.ROOT), parameters, quality);
		}

		private static double weight(@Nullable String text) {
			if (text == null || !text.matches("[01](\\.\\d{0,3})?")) {
				return 1;
			}
			return Math.min(1, Double.parseDouble(text));
		}

		int wildcards() {
			return this.type.equals("*/*") ? 2 : (this.type.endsWith("/*") ? 1 : 0);
		}

		/**
		 * Whether a type without parameters is taken.
		 */
		boolean takes(String offered) {
			return this.type.equals(offered) || this.type.equals("*/*")
					|| (this.type.endsWith("/*") && offered.startsWith(this.type.substring(0, this.type.length() - 1)));
		}

	}

}

package dev.oriel.admin.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The name of a parameter, taken apart: {@code embed.embed.column->key} or
 * {@code embed.order}. The word {@code q} may still turn out to be a column.
 *
 * @param embeds the embedded relations on the way
 * @param keyword the word of the language that the name ends in, or {@code null}
 * @param negated whether {@code not} stands before {@code and} or {@code or}
 * @param column the column that the name ends in
 */
record ParameterName(List<String> embeds, @Nullable String keyword, boolean negated, ColumnPath column) {

	private static final Set<String> KEYWORDS = Set.of("order", "limit", "offset", "and", "or", SearchParser.NAME);

	static ParameterName parse(String text) {
		Scanner scanner = new Scanner(text, "tree path", text);
		List<Name> names = new ArrayList<>();
		do {
			names.add(PathParser.name(scanner));
		}
		while (scanner.skip("."));
		List<ColumnPath.Step> steps = PathParser.steps(scanner);
		scanner.expectEnd("delimiter (.)", "\"->>\"", "\"->\"");
		Name last = names.remove(names.size() - 1);
		boolean keyword = steps.isEmpty() && !last.quoted() && KEYWORDS.contains(last.text());
		boolean negated = keyword && (last.is("and") || last.is("or")) && names.removeIf((name) -> name.is("not"));
		return new ParameterName(names.stream().map(Name::text).toList(), keyword ? last.text() : null, negated,
				new ColumnPath(last.text(), steps));
	}

	/**
	 * Whether words may follow, rather than an operator.
	 */
	boolean isSearch() {
		return SearchParser.NAME.equals(this.keyword);
	}

}

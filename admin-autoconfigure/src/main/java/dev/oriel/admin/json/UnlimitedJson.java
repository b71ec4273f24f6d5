package dev.oriel.admin.json;

import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads JSON with numbers, texts and names of any length, because PostgreSQL has them:
 * Jackson alone refuses a number of more than 1,000 digits. How long a text may be is
 * limited where it comes in.
 *
 * @since 0.1.0
 */
public final class UnlimitedJson {

	/** More than PostgreSQL reads with the stack that it has by default. */
	private static final int DEPTH = 10_000;

	private static final JsonFactory FACTORY = factory(DEPTH);

	private UnlimitedJson() {
	}

	/**
	 * Return what reads JSON as deep as PostgreSQL does.
	 */
	public static JsonFactory factory() {
		return FACTORY;
	}

	/**
	 * Create what reads JSON down to a certain depth, for those that call themselves for
	 * each level.
	 * @param depth how many arrays and objects may stand inside of each other
	 */
	public static JsonFactory factory(int depth) {
		return JsonFactory.builder()
			.streamReadConstraints(StreamReadConstraints.builder()
				.maxNumberLength(Integer.MAX_VALUE)
				.maxStringLength(Integer.MAX_VALUE)
				.maxNameLength(Integer.MAX_VALUE)
				.maxNestingDepth(depth)
				.build())
			.build();
	}

}

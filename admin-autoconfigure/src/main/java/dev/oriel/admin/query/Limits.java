package dev.oriel.admin.query;

/**
 * How much one query may hold, and how much of that is used up. Without these a short
 * request could overflow the stack or make a statement that nobody can plan.
 */
final class Limits {

	static final int CHARACTERS = 64 * 1024;

	static final int CONDITIONS = 500;

	static final int LOGIC_DEPTH = 32;

	static final int EMBEDS = 100;

	static final int EMBED_DEPTH = 10;

	static final int PATH_STEPS = 32;

	static final int WORDS = 32;

	static final int WORD_CHARACTERS = 200;

	private int conditions;

	private int words;

	private int embeds;

	void condition(Scanner scanner) {
		if (++this.conditions > CONDITIONS) {
			throw scanner.refused("more than " + CONDITIONS + " conditions in one query");
		}
	}

	void word(Scanner scanner, CharSequence word) {
		if (++this.words > WORDS) {
			throw scanner.refused("more than " + WORDS + " words to search for in one query");
		}
		if (word.length() > WORD_CHARACTERS) {
			throw scanner.refused("a word to search for is longer than " + WORD_CHARACTERS + " characters");
		}
	}

	void logic(Scanner scanner, int depth) {
		condition(scanner);
		if (depth > LOGIC_DEPTH) {
			throw scanner.refused("more than " + LOGIC_DEPTH + " logic operators inside each other");
		}
	}

	void embed(Scanner scanner, int depth) {
		if (++this.embeds > EMBEDS) {
			throw scanner.refused("more than " + EMBEDS + " embedded relations in one query");
		}
		if (depth > EMBED_DEPTH) {
			throw scanner.refused("more than " + EMBED_DEPTH + " embedded relations inside each other");
		}
	}

	static void step(Scanner scanner, int count) {
		if (count > PATH_STEPS) {
			throw scanner.refused("more than " + PATH_STEPS + " steps in one path");
		}
	}

	static void characters(long count) {
		if (count > CHARACTERS) {
			throw new QueryException("PGRST100", "The query string is longer than " + CHARACTERS + " characters",
					"It has " + count + " characters", "Ask for less at a time");
		}
	}

}

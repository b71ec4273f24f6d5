package dev.oriel.sample.load;

/**
 * One statement of a file.
 *
 * @param text the statement, without the semicolon
 * @param line line of the file on which it starts, from 1
 */
record SqlStatement(String text, int line) {

	/**
	 * Whether rows follow in the file, as pg_dump writes them.
	 */
	boolean copiesFromInput() {
		return SqlPatterns.COPY_FROM_STDIN.matcher(this.text).find();
	}

	/**
	 * Whether PostgreSQL refuses to run it together with others.
	 */
	boolean standsAlone() {
		return SqlPatterns.OUTSIDE_TRANSACTION.matcher(this.text).find();
	}

	/**
	 * Finds the line of the file that a position within the statement is on.
	 * @param position position as PostgreSQL reports it: characters from 1, 0 if unknown
	 */
	int lineAt(int position) {
		int end = Math.min(Math.max(position - 1, 0), this.text.length());
		return this.line + (int) this.text.substring(0, end).chars().filter((character) -> character == '\n').count();
	}

}

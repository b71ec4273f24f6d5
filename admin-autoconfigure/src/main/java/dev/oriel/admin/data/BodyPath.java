package dev.oriel.admin.data;

/**
 * Where something is in a body that is an array of rows.
 */
final class BodyPath {

	private BodyPath() {
	}

	/**
	 * Return the path of a row.
	 * @param row its number, from 0
	 */
	static String of(int row) {
		return "[" + row + "]";
	}

	/**
	 * Return the path of a row's member.
	 * @param row the row's number, from 0
	 * @param member its name
	 */
	static String of(int row, String member) {
		return of(row) + "." + member;
	}

}

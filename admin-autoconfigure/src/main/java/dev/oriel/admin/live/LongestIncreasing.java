package dev.oriel.admin.live;

/**
 * The longest increasing subsequence: the most elements that can keep their places while
 * the others move.
 */
final class LongestIncreasing {

	private LongestIncreasing() {
	}

	/**
	 * Return which elements belong to it.
	 * @param values distinct numbers; negative ones never belong
	 */
	static boolean[] of(int[] values) {
		// tails[k]: where the increasing subsequence of length k + 1 with the least end
		// ends.
		int[] tails = new int[values.length];
		int[] previous = new int[values.length];
		int length = 0;
		for (int i = 0; i < values.length; i++) {
			if (values[i] >= 0) {
				int place = place(values, tails, length, values[i]);
				previous[i] = (place > 0) ? tails[place - 1] : -1;
				tails[place] = i;
				length = Math.max(length, place + 1);
			}
		}
		boolean[] members = new boolean[values.length];
		for (int i = (length > 0) ? tails[length - 1] : -1; i >= 0; i = previous[i]) {
			members[i] = true;
		}
		return members;
	}

	private static int place(int[] values, int[] tails, int length, int value) {
		int low = 0;
		int high = length;
		while (low < high) {
			int middle = (low + high) >>> 1;
			if (values[tails[middle]] < value) {
				low = middle + 1;
			}
			else {
				high = middle;
			}
		}
		return low;
	}

}

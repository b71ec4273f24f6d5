package dev.oriel.admin.schema;

import java.util.Collection;
import java.util.Locale;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/**
 * Finds what somebody may have meant by a name that does not exist. The caller gives the
 * candidates and so decides which names may be told.
 *
 * @since 0.1.0
 */
public final class NearestNames {

	private static final int FAR = Integer.MAX_VALUE;

	private NearestNames() {
	}

	/**
	 * Return the candidate nearest to a name, or {@code null} if none is near.
	 * @param name the unknown name
	 * @param candidates the names that exist
	 */
	public static @Nullable String nearest(String name, Collection<String> candidates) {
		return nearest(candidates, (candidate) -> distance(name, candidate));
	}

	/**
	 * Return the relation nearest to a name, or {@code null} if none is near. The same
	 * name in another schema is as near as a name in the same schema with one character
	 * changed; of two equally near relations the one in the same schema is returned.
	 * @param name the unknown relation
	 * @param candidates the relations that exist
	 */
	public static @Nullable RelationName nearest(RelationName name, Collection<RelationName> candidates) {
		return nearest(candidates, (candidate) -> {
			int distance = distance(name.name(), candidate.name());
			if (distance == FAR) {
				return FAR;
			}
			// Twice the distance leaves room for half a step between equal ones.
			return candidate.schema().equals(name.schema()) ? 2 * distance : 2 * (distance + 1) + 1;
		});
	}

	private static <T extends Comparable<? super T>> @Nullable T nearest(Collection<T> candidates,
			ToIntFunction<T> distance) {
		T nearest = null;
		int least = FAR;
		for (T candidate : candidates) {
			int each = distance.applyAsInt(candidate);
			boolean nearer = each < least || (nearest != null && each == least && candidate.compareTo(nearest) < 0);
			if (nearer) {
				nearest = candidate;
				least = each;
			}
		}
		return nearest;
	}

	/**
	 * Return how many characters have to be inserted, deleted, replaced or swapped with
	 * the next to make one name the other, regardless of case, or {@link #FAR} if that is
	 * more than a third of them.
	 */
	private static int distance(String one, String other) {
		int limit = Math.max(one.length(), other.length()) / 3;
		if (Math.abs(one.length() - other.length()) > limit) {
			return FAR;
		}
		int distance = edits(one.toLowerCase(Locale.ROOT), other.toLowerCase(Locale.ROOT), limit);
		return (distance <= limit) ? distance : FAR;
	}

	private static int edits(String one, String other, int limit) {
		int[] above = new int[other.length() + 1];
		int[] row = IntStream.rangeClosed(0, other.length()).toArray();
		int leastAbove = 0;
		for (int line = 1; line <= one.length(); line++) {
			int[] twoAbove = above;
			above = row;
			row = new int[other.length() + 1];
			row[0] = line;
			int least = line;
			for (int column = 1; column <= other.length(); column++) {
				boolean same = one.charAt(line - 1) == other.charAt(column - 1);
				row[column] = Math.min(above[column - 1] + (same ? 0 : 1),
						Math.min(above[column], row[column - 1]) + 1);
				if (isSwapped(one, line, other, column)) {
					row[column] = Math.min(row[column], twoAbove[column - 2] + 1);
				}
				least = Math.min(least, row[column]);
			}
			// A swap reaches over one row, so one that is all too far decides nothing.
			if (least > limit && leastAbove > limit) {
				return least;
			}
			leastAbove = least;
		}
		return row[other.length()];
	}

	private static boolean isSwapped(String one, int line, String other, int column) {
		return line > 1 && column > 1 && one.charAt(line - 1) == other.charAt(column - 2)
				&& one.charAt(line - 2) == other.charAt(column - 1);
	}

}

package dev.oriel.admin.schema;

import java.util.Collection;
import java.util.Locale;
import java.util.function.ToIntFunction;

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
	 * Return how many characters have to be inserted, deleted or replaced to make one
	 * name the other, regardless of case, or {@link #FAR} if that is more than a third of
	 * them.
	 */
	private static int distance(String one, String other) {
		int limit = Math.max(one.length(), other.length()) / 3;
		if (Math.abs(one.length() - other.length()) > limit) {
			return FAR;
		}
		int distance = levenshtein(one.toLowerCase(Locale.ROOT), other.toLowerCase(Locale.ROOT), limit);
		return (distance <= limit) ? distance : FAR;
	}

	private static int levenshtein(String one, String other, int limit) {
		int[] above = new int[other.length() + 1];
		int[] row = new int[other.length() + 1];
		for (int column = 0; column <= other.length(); column++) {
			above[column] = column;
		}
		for (int line = 1; line <= one.length(); line++) {
			row[0] = line;
			int least = line;
			for (int column = 1; column <= other.length(); column++) {
				int replaced = above[column - 1] + ((one.charAt(line - 1) != other.charAt(column - 1)) ? 1 : 0);
				row[column] = Math.min(replaced, Math.min(above[column], row[column - 1]) + 1);
				least = Math.min(least, row[column]);
			}
			if (least > limit) {
				return least;
			}
			int[] spare = above;
			above = row;
			row = spare;
		}
		return above[other.length()];
	}

}

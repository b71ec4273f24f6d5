package dev.oriel.admin.live;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.oriel.admin.data.Row;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Diff}.
 */
class DiffTests {

	@Test
	void equalListsNeedNoStep() {
		assertThat(Diff.between(rows("a1", "b1"), rows("a1", "b1"))).isEmpty();
	}

	@Test
	void oneRowThatMovesDownIsOneMove() {
		assertThat(Diff.between(rows("a1", "b1", "c1", "d1"), rows("b1", "c1", "d1", "a1")))
			.containsExactly(new Change.Move(0, 3, List.of("a")));
	}

	@Test
	void oneRowThatMovesUpIsOneMove() {
		assertThat(Diff.between(rows("a1", "b1", "c1", "d1"), rows("d1", "a1", "b1", "c1")))
			.containsExactly(new Change.Move(3, 0, List.of("d")));
	}

	@Test
	void rowThatMovesAndChangesIsMovedThenUpdated() {
		assertThat(Diff.between(rows("a1", "b1", "c1"), rows("b1", "c1", "a2")))
			.containsExactly(new Change.Move(0, 2, List.of("a")), new Change.Update(2, List.of("a"), "{\"a\":2}"));
	}

	@Test
	void deletesComeFromTheEnd() {
		assertThat(Diff.between(rows("a1", "b1", "c1"), rows("b1"))).containsExactly(new Change.Delete(2, List.of("c")),
				new Change.Delete(0, List.of("a")));
	}

	@Test
	void equalRowsWithoutKeyAreToldApartByTheirNumber() {
		assertThat(Diff.between(keyless("x", "x"), keyless("x", "x", "x")))
			.containsExactly(new Change.Insert(2, List.of(), "x"));
	}

	@Test
	void rowsWithoutKeyAreInsertedAndDeletedOnly() {
		List<Row> after = keyless("y", "x");
		List<Change> changes = Diff.between(keyless("x", "y"), after);
		assertThat(changes).hasSize(2)
			.allMatch((change) -> change instanceof Change.Insert || change instanceof Change.Delete);
		assertThat(apply(keyless("x", "y"), changes)).isEqualTo(jsons(after));
	}

	@Test
	void keysThatAreNotDistinctCountAsNone() {
		List<Row> before = rows("a1", "a2");
		List<Row> after = rows("a2", "a3", "a1");
		assertThat(apply(before, Diff.between(before, after))).isEqualTo(jsons(after));
	}

	@Test
	void stepsLeadToTheTargetWhateverHappens() {
		Random random = new Random(42);
		for (int i = 0; i < 20_000; i++) {
			List<Row> before = randomRows(random, 12);
			List<Row> after = randomRows(random, 12);
			assertThat(apply(before, Diff.between(before, after))).isEqualTo(jsons(after));
		}
	}

	@Test
	void keylessStepsLeadToTheTargetWhateverHappens() {
		Random random = new Random(43);
		for (int i = 0; i < 20_000; i++) {
			List<Row> before = keyless(randomTexts(random));
			List<Row> after = keyless(randomTexts(random));
			assertThat(apply(before, Diff.between(before, after))).isEqualTo(jsons(after));
		}
	}

	@Test
	void movesAreAsFewAsPossible() {
		Random random = new Random(44);
		for (int i = 0; i < 2_000; i++) {
			List<Row> before = new ArrayList<>(IntStream.range(0, 8).mapToObj((n) -> row("k" + n, 1)).toList());
			List<Row> after = new ArrayList<>(before);
			Collections.shuffle(after, random);
			int stay = longestCommonSubsequence(before, after);
			assertThat(Diff.between(before, after)).hasSizeLessThanOrEqualTo(before.size() - stay);
		}
	}

	static List<String> apply(List<Row> before, List<Change> changes) {
		List<String> rows = new ArrayList<>(jsons(before));
		for (Change change : changes) {
			if (change instanceof Change.Insert insert) {
				rows.add(insert.at(), insert.json());
			}
			else if (change instanceof Change.Update update) {
				rows.set(update.at(), update.json());
			}
			else if (change instanceof Change.Delete delete) {
				rows.remove(delete.at());
			}
			else if (change instanceof Change.Move move) {
				rows.add(move.at(), rows.remove(move.from()));
			}
		}
		return rows;
	}

	private static List<String> jsons(List<Row> rows) {
		return rows.stream().map(Row::json).toList();
	}

	private static int longestCommonSubsequence(List<Row> before, List<Row> after) {
		int[][] lengths = new int[before.size() + 1][after.size() + 1];
		for (int i = 1; i <= before.size(); i++) {
			for (int j = 1; j <= after.size(); j++) {
				lengths[i][j] = before.get(i - 1).equals(after.get(j - 1)) ? lengths[i - 1][j - 1] + 1
						: Math.max(lengths[i - 1][j], lengths[i][j - 1]);
			}
		}
		return lengths[before.size()][after.size()];
	}

	private static List<Row> randomRows(Random random, int most) {
		List<Row> rows = new ArrayList<>();
		for (int key = 0; key < most; key++) {
			if (random.nextInt(3) > 0) {
				rows.add(row("k" + key, random.nextInt(2)));
			}
		}
		if (random.nextBoolean()) {
			Collections.shuffle(rows, random);
		}
		return rows;
	}

	private static String[] randomTexts(Random random) {
		return random.ints(random.nextInt(8), 0, 4).mapToObj(Integer::toString).toArray(String[]::new);
	}

	private static List<Row> rows(String... texts) {
		return Stream.of(texts).map((text) -> row(text.substring(0, 1), text.charAt(1) - '0')).toList();
	}

	private static List<Row> keyless(String... texts) {
		return Stream.of(texts).map((text) -> new Row(text, List.of(), null)).toList();
	}

	private static Row row(String key, int value) {
		return new Row("{\"" + key + "\":" + value + "}", List.of(key), null);
	}

}

package dev.oriel.admin.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * What was measured in each round.
 */
final class Rounds {

	/** How many rounds there are where nothing else is said. */
	static final int COUNT = count(5);

	private final List<double[]> rounds = new ArrayList<>();

	/**
	 * Return how many rounds there shall be.
	 * @param usual how many where nothing is said
	 */
	static int count(int usual) {
		return Integer.getInteger("benchmark.rounds", usual);
	}

	/**
	 * Measure again and again, and leave out the first time, which is for warming up.
	 * @param count how many rounds count
	 * @param round returns the measures of a round
	 */
	static Rounds afterOne(int count, Callable<double[]> round) throws Exception {
		Rounds rounds = new Rounds();
		round.call();
		for (int i = 0; i < count; i++) {
			rounds.add(round.call());
		}
		return rounds;
	}

	/**
	 * Add the measures of a round.
	 */
	void add(double... measures) {
		this.rounds.add(measures);
	}

	/**
	 * Return the median of a measure, from 0.
	 */
	double median(int measure) {
		return this.rounds.stream()
			.mapToDouble((round) -> round[measure])
			.sorted()
			.skip(this.rounds.size() / 2)
			.findFirst()
			.orElse(0);
	}

}

package dev.oriel.admin.benchmark;

import java.util.ArrayList;
import java.util.List;

/**
 * What was measured in each round.
 */
final class Rounds {

	private final List<double[]> rounds = new ArrayList<>();

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

package dev.oriel.admin.live.convergence;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Choices that are the same for the same seed.
 */
final class Dice {

	private final Random random;

	Dice(long seed) {
		// Random begins alike for seeds that are near each other.
		this.random = new Random(seed * 0x9E3779B97F4A7C15L);
		this.random.nextLong();
	}

	/**
	 * Return a number from 0 to one less than the bound.
	 */
	int below(int bound) {
		return this.random.nextInt(bound);
	}

	/**
	 * Return true once in so many times.
	 */
	boolean oneIn(int times) {
		return this.random.nextInt(times) == 0;
	}

	<T> T one(List<T> list) {
		return list.get(this.random.nextInt(list.size()));
	}

	/**
	 * Return some elements of a list, in another order.
	 */
	<T> List<T> some(List<T> list, int count) {
		List<T> shuffled = new ArrayList<>(list);
		Collections.shuffle(shuffled, this.random);
		return shuffled.subList(0, Math.min(count, shuffled.size()));
	}

}

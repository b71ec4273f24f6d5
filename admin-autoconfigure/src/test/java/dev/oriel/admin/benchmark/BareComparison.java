package dev.oriel.admin.benchmark;

import java.time.Duration;
import java.util.function.LongFunction;

/**
 * Compares what is asked of Oriel with a bare endpoint that does the same, turn by turn.
 *
 * @param load who asks
 * @param report where the comparisons are told, in a table that {@link #table} begins
 */
record BareComparison(Load load, Report report) {

	/** How long each side is asked in each round. */
	static final Duration BLOCK = Duration.ofMillis(Long.getLong("benchmark.block", 3_000));

	void table(String subject) {
		this.report.table(subject, "bare/s", "Oriel/s", "ratio", "p99 bare, ms", "p99 Oriel, ms", "ratio",
				"CPU bare, ms", "CPU Oriel, ms", "ratio");
	}

	/**
	 * Add a line to the table.
	 * @param name what is compared
	 * @param bare the n-th request of the bare endpoint
	 * @param oriel the n-th request of Oriel
	 */
	void compare(String name, LongFunction<Question> bare, LongFunction<Question> oriel) throws Exception {
		for (int warmUp = 0; warmUp < 2; warmUp++) {
			this.load.run(bare, BLOCK);
			this.load.run(oriel, BLOCK);
		}
		Rounds rounds = new Rounds();
		for (int round = 0; round < Rounds.COUNT; round++) {
			Load.Result without = this.load.run(bare, BLOCK);
			Load.Result with = this.load.run(oriel, BLOCK);
			rounds.add(without.perSecond(), with.perSecond(), without.millis(0.99), with.millis(0.99),
					without.processorMillis(), with.processorMillis());
		}
		this.report.line("| %s | %.0f | %.0f | %.2f | %.2f | %.2f | %.2f | %.3f | %.3f | %.2f |", name,
				rounds.median(0), rounds.median(1), rounds.median(1) / rounds.median(0), rounds.median(2),
				rounds.median(3), rounds.median(3) / rounds.median(2), rounds.median(4), rounds.median(5),
				rounds.median(5) / rounds.median(4));
	}

}

package dev.oriel.admin.benchmark;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongFunction;
import java.util.stream.Stream;

/**
 * Asks the same thing again and again for a while, from a few threads at once.
 */
final class Load {

	private static final int THREADS = 2;

	/** Who asks. */
	static final String CREDENTIALS = "Basic "
			+ Base64.getEncoder().encodeToString("admin:admin".getBytes(StandardCharsets.US_ASCII));

	private final String origin;

	private final ProcessHandle database;

	private final HttpClient client = HttpClient.newHttpClient();

	/**
	 * @param origin the address of the server
	 * @param database the first of the processes of PostgreSQL
	 */
	Load(String origin, ProcessHandle database) {
		this.origin = origin;
		this.database = database;
	}

	/**
	 * Ask for a while and return how long each answer took.
	 * @param questions the n-th request
	 * @param time how long to go on
	 */
	Result run(LongFunction<Question> questions, Duration time) throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(THREADS);
		Duration before = processorTime();
		try {
			List<Future<long[]>> times = new ArrayList<>();
			for (int thread = 0; thread < THREADS; thread++) {
				long offset = thread * 1_000_003L;
				times.add(threads.submit(() -> ask(questions, offset, time)));
			}
			List<long[]> all = new ArrayList<>();
			for (Future<long[]> future : times) {
				all.add(future.get());
			}
			return new Result(all.stream().flatMapToLong(Arrays::stream).sorted().toArray(), time,
					processorTime().minus(before));
		}
		finally {
			threads.shutdown();
		}
	}

	String ask(Question question) throws Exception {
		return answer(question, HttpResponse.BodyHandlers.ofString()).body();
	}

	<T> HttpResponse<T> answer(Question question, HttpResponse.BodyHandler<T> handler) throws Exception {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.origin + question.path()))
			.header("Authorization", CREDENTIALS)
			.method(question.method(),
					question.body().isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(question.body()));
		question.headers().forEach(request::header);
		HttpResponse<T> response = this.client.send(request.build(), handler);
		if (response.statusCode() != 200 && response.statusCode() != 201) {
			throw new IllegalStateException(question + ": " + response.statusCode() + " " + response.body());
		}
		return response;
	}

	/**
	 * Return the processor time that this process, with clients and server in it, and
	 * those of PostgreSQL have used so far. Other programs on the machine do not matter
	 * for it.
	 */
	private Duration processorTime() {
		return Stream.concat(Stream.of(ProcessHandle.current()), this.database.descendants())
			.flatMap((process) -> process.info().totalCpuDuration().stream())
			.reduce(Duration.ZERO, Duration::plus);
	}

	private long[] ask(LongFunction<Question> questions, long offset, Duration time) throws Exception {
		long[] taken = new long[1 << 20];
		long end = System.nanoTime() + time.toNanos();
		int count = 0;
		for (long now = System.nanoTime(); now < end && count < taken.length;) {
			ask(questions.apply(offset + count));
			long then = System.nanoTime();
			taken[count++] = then - now;
			now = then;
		}
		return Arrays.copyOf(taken, count);
	}

	/**
	 * What was measured.
	 *
	 * @param sorted how long each answer took, in nanoseconds, the quickest first
	 * @param time how long the load went on
	 * @param processor the processor time that it took
	 */
	record Result(long[] sorted, Duration time, Duration processor) {

		double processorMillis() {
			return this.processor.toNanos() / 1e6 / this.sorted.length;
		}

		double perSecond() {
			return this.sorted.length * 1e9 / this.time.toNanos();
		}

		double millis(double quantile) {
			return this.sorted[(int) Math.min(this.sorted.length - 1, this.sorted.length * quantile)] / 1e6;
		}

	}

}

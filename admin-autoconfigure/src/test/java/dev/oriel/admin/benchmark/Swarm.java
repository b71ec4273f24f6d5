package dev.oriel.admin.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The process of a {@link SocketSwarm}, whose memory and files are none of ours.
 */
final class Swarm implements AutoCloseable {

	private static final String CONNECT = "CONNECT\naccept-version:1.2\nheart-beat:0,0\n\n";

	private final Process process;

	private final BlockingQueue<String> said = new LinkedBlockingQueue<>();

	private final int size;

	private Swarm(Process process, int size) {
		this.process = process;
		this.size = size;
		Thread reader = new Thread(() -> {
			try (BufferedReader output = new BufferedReader(
					new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
				output.lines().forEach(this.said::add);
			}
			catch (IOException | UncheckedIOException ex) {
				// It has ended.
			}
			this.said.add("ended");
		}, "swarm");
		reader.setDaemon(true);
		reader.start();
	}

	/**
	 * Open sockets that wait to be told something.
	 */
	static Swarm listening(int port, String path, int count) throws Exception {
		return start(port, path, count, false);
	}

	/**
	 * Open sockets that subscribe to a topic.
	 * @param waiting whether each must be told a number before it counts as open
	 */
	static Swarm subscribed(int port, String path, int count, boolean waiting, String destination) throws Exception {
		return start(port, path, count, waiting, CONNECT,
				"SUBSCRIBE\nid:sub-0\ndestination:" + destination + "\ncount:none\n\n");
	}

	private static Swarm start(int port, String path, int count, boolean waiting, String... frames) throws Exception {
		List<String> command = new ArrayList<>(List.of(
				Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m", "-XX:+UseSerialGC",
				"-XX:TieredStopAtLevel=4", "-cp", System.getProperty("java.class.path"), SocketSwarm.class.getName(),
				Integer.toString(port), path, Integer.toString(count), Boolean.toString(waiting)));
		command.addAll(Arrays.asList(frames));
		Swarm swarm = new Swarm(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start(),
				count);
		swarm.await("open");
		return swarm;
	}

	/**
	 * Return how many clients there are.
	 */
	int size() {
		return this.size;
	}

	/**
	 * Wait until all know a number.
	 */
	void awaitAll(int number) throws Exception {
		await("all " + number);
	}

	/**
	 * Return the median, the 95th and 99th percentile and the greatest time that it took
	 * to tell a number to a client, in milliseconds, and how many messages and bytes all
	 * have been told so far.
	 * @param first the first number
	 * @param since when it and those after it were to be known
	 */
	double[] report(int first, List<Long> since) throws Exception {
		StringBuilder command = new StringBuilder("report " + first);
		since.forEach((time) -> command.append(' ').append(time));
		say(command.toString());
		String[] words = await("latency").split(" ");
		double[] report = Arrays.stream(words).skip(1).mapToDouble(Double::parseDouble).toArray();
		for (int i = 0; i < 4; i++) {
			report[i] /= 1e6;
		}
		return report;
	}

	private String await(String prefix) throws Exception {
		while (true) {
			String line = this.said.poll(2, TimeUnit.MINUTES);
			if (line == null || line.equals("ended")) {
				throw new IllegalStateException("The clients did not say: " + prefix);
			}
			if (line.equals(prefix) || line.startsWith(prefix + " ")) {
				return line;
			}
		}
	}

	private void say(String command) throws IOException {
		this.process.getOutputStream().write((command + "\n").getBytes(StandardCharsets.UTF_8));
		this.process.getOutputStream().flush();
	}

	@Override
	public void close() throws IOException {
		say("quit");
		try {
			if (this.process.waitFor(10, TimeUnit.SECONDS)) {
				return;
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.process.destroyForcibly();
	}

}

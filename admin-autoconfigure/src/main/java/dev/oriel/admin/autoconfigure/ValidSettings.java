package dev.oriel.admin.autoconfigure;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import dev.oriel.admin.data.DataSettings;
import dev.oriel.admin.schema.postgres.ReflectionSettings;
import dev.oriel.admin.stomp.StompSettings;
import dev.oriel.admin.transfer.TransferSettings;

/**
 * Hands properties on to the packages that know nothing of them, after a look at those
 * that have limits.
 */
final class ValidSettings {

	private static final Duration SHORTEST_POLL = Duration.ofMillis(100);

	/** PostgreSQL and the driver count milliseconds up to about 24.8 days. */
	private static final Duration LONGEST = Duration.ofDays(24);

	private ValidSettings() {
	}

	static ReflectionSettings reflection(OrielProperties properties) {
		return new ReflectionSettings(properties.getSchemas(), patterns("oriel.include", properties.getInclude()),
				patterns("oriel.exclude", properties.getExclude()));
	}

	static DataSettings data(OrielProperties properties) {
		return new DataSettings(positive("oriel.max-rows", properties.getMaxRows()),
				positive("oriel.statement-timeout", properties.getStatementTimeout()),
				positive("oriel.lock-timeout", properties.getLockTimeout()),
				properties.getUnfilteredWrites() == OrielProperties.UnfilteredWrites.ALLOW);
	}

	static Duration streamTimeout(OrielProperties properties) {
		return positive("oriel.stream-timeout", properties.getStreamTimeout());
	}

	static TransferSettings transfer(OrielProperties properties) {
		ImportProperties imports = properties.getImport();
		Path directory = imports.getDirectory();
		if (directory == null) {
			directory = Path.of(System.getProperty("java.io.tmpdir"));
		}
		else if (!Files.isDirectory(directory)) {
			throw new InvalidOrielPropertyException("oriel.import.directory", directory.toString(),
					"It must be a directory that is there.",
					"Make it, and let only the application's user look into it.");
		}
		return new TransferSettings(positive("oriel.import.max-file-size", imports.getMaxFileSize().toBytes()),
				positive("oriel.import.timeout", imports.getTimeout()),
				(int) positive("oriel.import.at-once", imports.getAtOnce()),
				(int) positive("oriel.import.at-once-per-user", imports.getAtOncePerUser()),
				positive("oriel.import.keep", imports.getKeep()), directory);
	}

	static int poolSize(OrielProperties properties) {
		return (int) positive("oriel.database.pool-size", properties.getDatabase().getPoolSize());
	}

	static Duration pollInterval(OrielProperties properties) {
		Duration interval = properties.getLive().getPollInterval();
		if (interval.compareTo(SHORTEST_POLL) < 0) {
			throw new InvalidOrielPropertyException("oriel.live.poll-interval", interval.toString(),
					"It must be at least 100 milliseconds.", "Write a duration like '2s'.");
		}
		return limited("oriel.live.poll-interval", interval);
	}

	static StompSettings stomp(OrielProperties properties) {
		LiveLimits limits = properties.getLive().getLimits();
		String key = "oriel.live.limits.";
		return StompSettings.limited((int) positive(key + "sockets", limits.getSockets()),
				(int) positive(key + "sockets-per-user", limits.getSocketsPerUser()),
				(int) positive(key + "subscriptions-per-user", limits.getSubscriptionsPerUser()),
				(int) positive(key + "frames-per-second", limits.getFramesPerSecond()));
	}

	private static List<String> patterns(String key, List<String> patterns) {
		for (String pattern : patterns) {
			if (!ReflectionSettings.isPattern(pattern)) {
				throw new InvalidOrielPropertyException(key, pattern, "It must have the form 'schema.table'.",
						"Write a pattern like 'public.*'.");
			}
		}
		return patterns;
	}

	private static long positive(String key, long value) {
		if (value <= 0) {
			throw new InvalidOrielPropertyException(key, Long.toString(value), "It must be greater than 0.",
					"Write a number like 10.");
		}
		return value;
	}

	private static Duration positive(String key, Duration value) {
		if (value.compareTo(Duration.ofMillis(1)) < 0) {
			throw new InvalidOrielPropertyException(key, value.toString(), "It must be at least a millisecond.",
					"Write a duration like '10s'.");
		}
		return limited(key, value);
	}

	private static Duration limited(String key, Duration value) {
		if (value.compareTo(LONGEST) > 0) {
			throw new InvalidOrielPropertyException(key, value.toString(), "It must be at most 24 days.",
					"Write a duration like '10s'.");
		}
		return value;
	}

}

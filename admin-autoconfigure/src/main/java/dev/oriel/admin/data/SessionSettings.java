package dev.oriel.admin.data;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.oriel.admin.sql.Planning;

/**
 * The settings of PostgreSQL that statements run with, whether they are made for one
 * transaction or for a whole session.
 *
 * @since 0.1.0
 */
public final class SessionSettings {

	/** A transaction that says nothing for this long is given up by the server. */
	private static final Duration IDLE = Duration.ofSeconds(15);

	/** The setting that limits how long a transaction says nothing. */
	static final String IDLE_TIMEOUT = "idle_in_transaction_session_timeout";

	/** The setting that decides when prepared statements are planned. */
	public static final String PLAN_CACHE_MODE = "plan_cache_mode";

	private SessionSettings() {
	}

	/**
	 * Return the settings by their names.
	 * @param settings the limits to keep
	 * @param timeout how long a statement may run
	 * @param timeZone the time zone that points in time are written in
	 */
	static Map<String, String> of(DataSettings settings, Duration timeout, String timeZone) {
		Map<String, String> values = new LinkedHashMap<>();
		values.put("statement_timeout", Long.toString(timeout.toMillis()));
		values.put("lock_timeout", Long.toString(settings.lockTimeout().toMillis()));
		values.put(IDLE_TIMEOUT, Long.toString(IDLE.toMillis()));
		values.put("TimeZone", timeZone);
		values.put("DateStyle", "ISO, YMD");
		values.put(PLAN_CACHE_MODE, planCacheMode(Planning.EACH_TIME));
		return values;
	}

	/**
	 * Return the value of {@value #PLAN_CACHE_MODE}. Left to itself, PostgreSQL takes to
	 * a plan for any values after five executions, which is a bad one where values are
	 * not spread evenly.
	 * @param planning when statements are to be planned
	 */
	public static String planCacheMode(Planning planning) {
		return (planning == Planning.ONCE) ? "force_generic_plan" : "force_custom_plan";
	}

	/**
	 * Return the settings of a session that only reads, by their names.
	 * @param settings the limits to keep
	 */
	public static Map<String, String> ofReadSession(DataSettings settings) {
		Map<String, String> values = of(settings, settings.statementTimeout(), Database.UTC);
		values.put("default_transaction_read_only", "on");
		return values;
	}

}

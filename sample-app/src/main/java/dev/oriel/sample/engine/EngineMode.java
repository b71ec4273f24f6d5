package dev.oriel.sample.engine;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.MapPropertySource;

import dev.oriel.sample.StartFailure;

/**
 * Adds jobs to the queue instead of serving: {@code --engine --schedule=FILE}. It has the
 * configuration of the server, but no web, and nothing happens by itself.
 */
public final class EngineMode {

	private static final String ENGINE = "engine";

	private static final String SCHEDULE = "schedule";

	private static final String USAGE = "Add the jobs of a JSON file with --engine --schedule=FILE";

	private static final Map<String, Object> QUIET = Map.of("sample.activity", "false", "sample.join", "true",
			"oriel.live.enabled", "false");

	private final ApplicationArguments arguments;

	private EngineMode(ApplicationArguments arguments) {
		this.arguments = arguments;
	}

	/**
	 * Looks at the command line.
	 * @param args the arguments
	 * @return what they ask for
	 */
	public static EngineMode of(String... args) {
		return new EngineMode(new DefaultApplicationArguments(args));
	}

	/**
	 * Whether this mode is asked for.
	 * @return whether {@code --engine} is there
	 */
	public boolean isAsked() {
		return this.arguments.containsOption(ENGINE);
	}

	/**
	 * Lets an application start in the mode that is asked for, or fail if the arguments
	 * do not fit together.
	 * @param application the application, before it runs
	 */
	public void prepare(SpringApplication application) {
		ApplicationListener<ApplicationEnvironmentPreparedEvent> check = (event) -> {
			requireSense();
			if (isAsked()) {
				event.getEnvironment().getPropertySources().addFirst(new MapPropertySource("engineMode", QUIET));
			}
		};
		application.addListeners(check);
		if (isAsked()) {
			application.setWebApplicationType(WebApplicationType.NONE);
			application.addPrimarySources(Set.of(ScheduleConfiguration.class));
		}
	}

	/**
	 * Returns the file with the schedule, as it was given.
	 */
	static String file(ApplicationArguments arguments) {
		List<String> files = arguments.getOptionValues(SCHEDULE);
		if (files == null || files.size() != 1 || files.get(0).isBlank()) {
			throw new StartFailure("--engine needs exactly one file with --schedule.", USAGE, null);
		}
		return files.get(0);
	}

	private void requireSense() {
		if (!isAsked()) {
			if (this.arguments.containsOption(SCHEDULE)) {
				throw new StartFailure("--schedule means nothing without --engine.", USAGE, null);
			}
			return;
		}
		if (!this.arguments.getOptionValues(ENGINE).isEmpty()) {
			throw new StartFailure("--engine takes no value.", USAGE, null);
		}
		if (!this.arguments.getNonOptionArgs().isEmpty()) {
			throw new StartFailure("Nobody knows what to do with '" + this.arguments.getNonOptionArgs().get(0) + "'.",
					USAGE, null);
		}
		file(this.arguments);
	}

}

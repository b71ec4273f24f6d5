package dev.oriel.sample.engine;

import dev.oriel.admin.Oriel;

import org.springframework.boot.ApplicationArguments;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.transaction.PlatformTransactionManager;

import dev.oriel.sample.StartPaths;

/**
 * What there is in engine mode only. Not found by scanning; {@link EngineMode} adds it.
 */
class ScheduleConfiguration {

	@Bean
	ScheduleRunner scheduleRunner(Oriel oriel, PlatformTransactionManager transactions, ApplicationArguments arguments,
			Environment environment) {
		return new ScheduleRunner(oriel, transactions,
				() -> StartPaths.of(environment).find("--schedule", EngineMode.file(arguments)));
	}

}

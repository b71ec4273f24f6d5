package dev.oriel.sample.engine;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * Lets the workers work, so that there is something to watch.
 */
@Configuration(proxyBeanMethods = false)
@Conditional(OnSampleActivity.class)
@EnableScheduling
class ActivityConfiguration {

	@Bean
	WorkerActivity workerActivity(JobQueue queue) {
		return new WorkerActivity(queue);
	}

}

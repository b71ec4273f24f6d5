package dev.oriel.sample.engine;

import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

class OnSampleActivityTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withBean(JobQueue.class, () -> mock(JobQueue.class))
		.withUserConfiguration(ActivityConfiguration.class);

	@Test
	void isActiveOnTheEmbeddedDatabase() {
		this.runner.run((context) -> assertThat(context).hasSingleBean(WorkerActivity.class));
	}

	@Test
	void isSwitchedOffByTheProperty() {
		this.runner.withPropertyValues("sample.activity=false")
			.run((context) -> assertThat(context).doesNotHaveBean(WorkerActivity.class));
	}

	@Test
	void leavesAConfiguredDatabaseAlone() {
		this.runner.withPropertyValues("spring.datasource.url=jdbc:postgresql://db/customer")
			.run((context) -> assertThat(context).doesNotHaveBean(WorkerActivity.class));
	}

	@Test
	void worksOnAConfiguredDatabaseWhenAsked() {
		this.runner.withPropertyValues("spring.datasource.url=jdbc:postgresql://db/customer", "sample.activity=true")
			.run((context) -> assertThat(context).hasSingleBean(WorkerActivity.class));
	}

}

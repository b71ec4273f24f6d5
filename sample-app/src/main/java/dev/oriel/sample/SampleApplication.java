package dev.oriel.sample;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;

import dev.oriel.sample.engine.EngineMode;

/**
 * The application, as a user of Oriel would write it.
 */
@SpringBootApplication
public class SampleApplication {

	public static void main(String[] args) {
		EngineMode engine = EngineMode.of(args);
		ConfigurableApplicationContext context = application(engine).run(args);
		if (engine.isAsked()) {
			System.exit(SpringApplication.exit(context));
		}
	}

	static SpringApplication application(EngineMode engine) {
		SpringApplication application = new SpringApplication(SampleApplication.class);
		engine.prepare(application);
		return application;
	}

}

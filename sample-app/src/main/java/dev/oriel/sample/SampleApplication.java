package dev.oriel.sample;

import java.io.File;
import java.util.Map;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.system.ApplicationHome;
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
			// The jobs are added. The context is closed here, and with it the database
			// that comes along; the process ends whatever threads a library has left.
			System.exit(SpringApplication.exit(context));
		}
	}

	static SpringApplication application(EngineMode engine) {
		SpringApplication application = new SpringApplication(SampleApplication.class);
		application.setDefaultProperties(home());
		engine.prepare(application);
		return application;
	}

	/**
	 * The module that this was built in is home, so that the jar and Maven use the same
	 * data wherever they are started.
	 */
	private static Map<String, Object> home() {
		File source = new ApplicationHome(SampleApplication.class).getSource();
		File build = (source != null) ? source.getParentFile() : null;
		boolean built = build != null && build.getName().equals("target");
		return built ? Map.of("sample.home", build.getParent()) : Map.of();
	}

}

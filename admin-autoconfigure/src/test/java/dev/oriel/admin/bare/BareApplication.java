package dev.oriel.admin.bare;

import java.util.Map;

import dev.oriel.admin.Oriel;
import dev.oriel.admin.OrielTable;
import dev.oriel.admin.data.ProblemException;

import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Writes and reads a row, asks on behalf of somebody unknown, and ends.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class BareApplication {

	public static void main(String[] args) {
		// A process of its own, whose exit code tells the test whether the runner failed,
		// and which ends whatever threads a library has left.
		System.exit(SpringApplication.exit(SpringApplication.run(BareApplication.class, args)));
	}

	@Bean
	ApplicationRunner bareRunner(Oriel oriel) {
		return (arguments) -> {
			OrielTable part = oriel.asSystem().table("part");
			part.insert(Map.of("a", 1, "b", "bare"));
			System.out.println(part.json());
			try {
				oriel.as(() -> "somebody");
			}
			catch (ProblemException ex) {
				System.out.println("Refused with " + ex.problem().status());
			}
		};
	}

}

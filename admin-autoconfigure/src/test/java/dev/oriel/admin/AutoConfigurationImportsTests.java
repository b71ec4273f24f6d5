package dev.oriel.admin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import com.tngtech.archunit.core.domain.JavaClass;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the file by which Boot finds the auto-configurations.
 */
class AutoConfigurationImportsTests {

	private static final String FILE = "META-INF/spring/" + AutoConfiguration.class.getName() + ".imports";

	@Test
	void linesAreSorted() throws IOException {
		assertThat(lines()).isNotEmpty().isSorted().doesNotHaveDuplicates();
	}

	@Test
	void listsEveryAutoConfigurationAndNothingElse() throws IOException {
		List<String> annotated = ProductionCode.read()
			.stream()
			.filter((type) -> type.isAnnotatedWith(AutoConfiguration.class))
			.map(JavaClass::getName)
			.toList();
		assertThat(lines()).containsExactlyInAnyOrderElementsOf(annotated);
	}

	private static List<String> lines() throws IOException {
		return new ClassPathResource(FILE).getContentAsString(StandardCharsets.UTF_8).lines().toList();
	}

}

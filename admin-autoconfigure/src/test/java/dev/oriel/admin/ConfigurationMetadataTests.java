package dev.oriel.admin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what an editor shows about the configuration keys.
 */
class ConfigurationMetadataTests {

	private static final String FILE = "META-INF/spring-configuration-metadata.json";

	/** Made by Boot's annotation processor for the endpoint of ours, and our own. */
	private static final Set<String> ACTUATOR = Set.of("management.endpoint.oriel.access",
			"management.endpoint.oriel.cache.time-to-live", "management.health.oriel.enabled");

	@Test
	void everyKeyIsOurs() throws IOException {
		assertThat(properties()).extracting(ConfigurationMetadataTests::name)
			.contains("oriel.enabled", "oriel.path", "oriel.live.poll-interval", "oriel.security.authorities")
			.allMatch((name) -> name.startsWith("oriel.") || ACTUATOR.contains(name));
	}

	@Test
	void everyKeyIsDescribedByASentence() throws IOException {
		assertThat(properties())
			.allSatisfy((property) -> assertThat(property.path("description").asString()).as(name(property))
				.matches("[A-Z][^\\n]*\\."));
	}

	@Test
	void noDescriptionRepeatsTheDefault() throws IOException {
		assertThat(properties())
			.allSatisfy((property) -> assertThat(property.path("description").asString()).as(name(property))
				.doesNotContainPattern("(?i)\\bdefaults? (is|to|:)")
				.doesNotStartWithIgnoringCase("the ")
				.doesNotStartWithIgnoringCase("a "));
	}

	@Test
	void booleansAskAQuestion() throws IOException {
		assertThat(properties()).filteredOn((property) -> property.path("type").asString().equals("java.lang.Boolean"))
			.isNotEmpty()
			.allSatisfy((property) -> assertThat(property.path("description").asString()).as(name(property))
				.matches("(Whether|Enable) .*"));
	}

	@Test
	void everyKeyIsOnThePageOfKeysAndTheOtherWayRound() throws IOException {
		String page = Files.readString(Path.of("../docs/configuration.md"));
		List<String> documented = page.substring(0, page.indexOf("\n## "))
			.lines()
			.filter((line) -> line.startsWith("| `"))
			.flatMap((line) -> Pattern.compile("`([^`]+)`").matcher(line.split("\\|")[1]).results())
			.map((key) -> "oriel." + key.group(1))
			.toList();
		assertThat(properties()).extracting(ConfigurationMetadataTests::name)
			.filteredOn((name) -> !ACTUATOR.contains(name) && !name.equals("oriel.tables"))
			.containsExactlyInAnyOrderElementsOf(documented);
	}

	private static List<JsonNode> properties() throws IOException {
		try (InputStream file = new ClassPathResource(FILE).getInputStream()) {
			JsonNode properties = new JsonMapper().readTree(file).path("properties");
			return StreamSupport.stream(properties.spliterator(), false).toList();
		}
	}

	private static String name(JsonNode property) {
		return property.path("name").asString();
	}

}

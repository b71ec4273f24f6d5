package dev.oriel.admin.bare;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the bean needs neither a web server nor Spring Security, in a process that
 * has neither of them on its class path.
 */
class BareApplicationIntegrationTests {

	private static final Pattern LEFT_OUT = Pattern
		.compile(".*(security|webmvc|spring-web|tomcat|servlet|websocket|messaging|actuator).*\\.jar");

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create("dev/oriel/admin/oriel.sql");

	@Test
	void worksAlone() throws IOException, InterruptedException {
		String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> !LEFT_OUT.matcher(Path.of(entry).getFileName().toString()).matches())
			.collect(Collectors.joining(File.pathSeparator));
		assertThat(classPath).doesNotContain("spring-security").isNotEqualTo(System.getProperty("java.class.path"));
		Process process = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-cp", classPath, BareApplication.class.getName(), "--spring.datasource.url=" + database.jdbcUrl(),
				"--spring.datasource.username=" + database.username(),
				"--spring.datasource.password=" + database.password()))
			.redirectErrorStream(true)
			.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
		assertThat(output).contains("[{\"a\":1,\"b\":\"bare\",\"note\":null}]", "Refused with 401");
		assertThat(process.exitValue()).isZero();
	}

}

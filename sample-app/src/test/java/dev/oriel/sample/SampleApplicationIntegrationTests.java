package dev.oriel.sample;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * The whole of it, as a user starts it.
 */
@ExtendWith(OutputCaptureExtension.class)
class SampleApplicationIntegrationTests {

	@TempDir
	private Path directory;

	@Test
	void startsFromNothingLoadsAFileAndWorks(CapturedOutput output) throws Exception {
		Path file = Files.writeString(this.directory.resolve("shop.sql"),
				"create schema shop; create table shop.item ();");
		try (ConfigurableApplicationContext context = start("--sample.load=" + file)) {
			JdbcClient jdbc = context.getBean(JdbcClient.class);
			assertThat(output).contains("/admin").contains("admin / admin").contains("psql \"postgresql://localhost:");
			assertThat(jdbc.sql("select to_regclass('shop.item')::text").query(String.class).single())
				.isEqualTo("shop.item");
			String progress = "select md5(string_agg(j::text, '' order by id)) from engine.job j";
			String before = jdbc.sql(progress).query(String.class).single();
			await()
				.untilAsserted(() -> assertThat(jdbc.sql(progress).query(String.class).single()).isNotEqualTo(before));
		}
		assertThat(output).doesNotContain("ERROR");
	}

	@Test
	void saysWhatIsWrongWithAFile(CapturedOutput output) throws Exception {
		Path file = Files.writeString(this.directory.resolve("broken.sql"), "select 1;\nselct 2;\n");
		assertThatExceptionOfType(Exception.class).isThrownBy(() -> start("--sample.load=" + file).close());
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains(file + ", line 2: syntax error at or near \"selct\"");
	}

	private ConfigurableApplicationContext start(String... arguments) {
		SpringApplication application = new SpringApplication(SampleApplication.class);
		String[] all = new String[arguments.length + 3];
		System.arraycopy(arguments, 0, all, 3, arguments.length);
		all[0] = "--server.port=0";
		all[1] = "--sample.data-dir=" + this.directory.resolve("data");
		all[2] = "--sample.database-port=0";
		return application.run(all);
	}

}

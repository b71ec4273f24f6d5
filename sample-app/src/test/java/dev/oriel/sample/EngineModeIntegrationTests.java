package dev.oriel.sample;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.oriel.admin.LiveRows;
import dev.oriel.admin.Oriel;
import dev.oriel.sample.engine.EngineMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The engine mode, as a user starts it.
 */
@ExtendWith(OutputCaptureExtension.class)
class EngineModeIntegrationTests {

	private static final Path EXAMPLE = Path.of("schedule.json").toAbsolutePath();

	private static final String URL = TestDatabase.create();

	@TempDir
	private Path directory;

	@Test
	void addsTheEntriesWithoutAWebServerAndEnds(CapturedOutput output) {
		try (ConfigurableApplicationContext context = run("--engine", "--schedule=" + EXAMPLE)) {
			assertThat(context).isNotInstanceOf(WebServerApplicationContext.class);
			assertThat(context.getEnvironment().getProperty("oriel.tables.engine.job.label")).isEqualTo("Jobs");
			assertThat(context.containsBean("workerActivity")).isFalse();
			assertThat(context.getBean(JdbcClient.class)
				.sql("select kind || ' ' || priority || ' ' || status from engine.job order by id desc limit 3")
				.query(String.class)
				.list()).containsExactly("extract text 5 queued", "transcode 5 queued", "virus scan 9 queued");
			assertThat(context.getBean(JdbcClient.class)
				.sql("select f.name from engine.job j join engine.file f on f.id = j.file_id order by j.id desc limit 1")
				.query(String.class)
				.single()).isEqualTo("minutes.pdf");
			assertThat(SpringApplication.exit(context)).isZero();
		}
		assertThat(output).contains("virus scan, priority 9, queued").contains("Added 3 jobs of " + EXAMPLE);
	}

	@Test
	void addsOneObject(CapturedOutput output) throws IOException {
		Path file = write("{\"kind\":\"archive\",\"file_id\":\"ff1e0283-123d-14cf-8bd5-2ac449770017\"}");
		run("--engine", "--schedule=" + file).close();
		assertThat(output).contains("Added 1 job of " + file);
	}

	@Test
	void addsNothingIfOneEntryIsWrong(CapturedOutput output) throws IOException {
		String right = "{\"kind\":\"archive\",\"file_id\":\"ff1e0283-123d-14cf-8bd5-2ac449770017\",\"error\":\"unique\"}";
		Path file = write("[" + right + "," + right.replace("}", ",\"priority\":10}") + "]");
		assertThatExceptionOfType(StartFailure.class).isThrownBy(() -> run("--engine", "--schedule=" + file));
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains(file + ", entry 2, field 'priority'")
			.contains("Nothing of the file was added");
		try (ConfigurableApplicationContext context = run("--engine", "--schedule=" + write("[]"))) {
			assertThat(context.getBean(JdbcClient.class)
				.sql("select count(*) from engine.job where error = 'unique'")
				.query(Integer.class)
				.single()).isZero();
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			[{"knd":"archive"}]                  | entry 1, field 'knd'      | kind
			[{"kind":"archve","file_id":null}]   | entry 1                   | archve
			[{"kind":"archive","file":{"name":1,"media_type":"x"}}] | entry 1, field 'file.size_bytes' | NOT NULL
			[{"kind":"archive","file_id":"x"}]   | entry 1, field 'file_id'  | uuid
			[{"kind":"archive","took":"1 day"}]  | entry 1, field 'took'     | computed
			[{}, 1]                              | entry 2: it is not        | object
			"text"                               | neither an array          | object
			[{"kind":"a","kind":"b"}]            | line 1, column            | kind
			[{"kind":"archive"}                  | is not valid JSON         | line 1
			[] []                                | is not valid JSON         | line 1
			''                                   | neither an array          | object
			""")
	void saysWhatIsWrongWithAFile(String content, String place, String detail, CapturedOutput output)
			throws IOException {
		Path file = write(content);
		assertThatExceptionOfType(StartFailure.class).isThrownBy(() -> run("--engine", "--schedule=" + file));
		assertThat(output).contains("APPLICATION FAILED TO START").contains(file.toString()).contains(place, detail);
	}

	@Test
	void saysWhereAMissingFileIsNot(CapturedOutput output) {
		assertThatExceptionOfType(StartFailure.class)
			.isThrownBy(() -> run("--engine", "--schedule=" + this.directory.resolve("missing.json")));
		assertThat(output).contains("The file of --schedule does not exist")
			.doesNotContain("BeanCreationException")
			.contains(this.directory.resolve("missing.json").toString());
	}

	@ParameterizedTest
	@CsvSource({ "--engine, needs exactly one file", "--schedule=x.json, means nothing without --engine",
			"--engine --schedule, needs exactly one file", "--engine --schedule=, needs exactly one file",
			"--engine --schedule=a --schedule=b, needs exactly one file", "--engine=yes --schedule=a, takes no value",
			"--engine x.json --schedule=a, Nobody knows what to do with 'x.json'" })
	void saysWhichArgumentsDoNotFit(String arguments, String message, CapturedOutput output) {
		assertThatExceptionOfType(StartFailure.class).isThrownBy(() -> run(arguments.split(" ")));
		assertThat(output).contains("APPLICATION FAILED TO START").contains(message);
	}

	@Test
	void joinsTheDatabaseOfARunningServerWhichShowsTheJobs() throws Exception {
		String data = "--sample.data-dir=" + this.directory.resolve("data");
		SpringApplication server = SampleApplication.application(EngineMode.of());
		try (ConfigurableApplicationContext context = server.run("--server.port=0", data, "--sample.database-port=0",
				"--sample.activity=false")) {
			BlockingQueue<Integer> shown = new LinkedBlockingQueue<>();
			LiveRows live = context.getBean(Oriel.class)
				.asSystem()
				.table("engine.job")
				.where("kind", "eq", "transcode")
				.where("priority", "eq", 5)
				.where("payload->>bitrate", "eq", 2500)
				.where("status", "eq", "queued")
				.live((rows) -> shown.add(rows.size()));
			Integer before = shown.poll(5, TimeUnit.MINUTES);
			Process engine = start("--engine", "--schedule=" + EXAMPLE, data);
			assertThat(shown.poll(5, TimeUnit.MINUTES)).isEqualTo(before + 1);
			assertThat(engine.waitFor(5, TimeUnit.MINUTES)).isTrue();
			assertThat(engine.exitValue()).isZero();
			assertThat(context.getBean(JdbcClient.class).sql("select 1").query(Integer.class).single()).isOne();
			live.close();
			Process failing = start("--engine", "--schedule=nowhere.json", data);
			assertThat(failing.waitFor(5, TimeUnit.MINUTES)).isTrue();
			assertThat(failing.exitValue()).isOne();
			// Where the module is that was built is found from anywhere.
			assertThat(Files.readString(this.directory.resolve("output.log")))
				.contains(EXAMPLE.resolveSibling("nowhere.json").toString());
			Process resetting = start("--engine", "--schedule=" + EXAMPLE, data, "--sample.reset");
			assertThat(resetting.waitFor(5, TimeUnit.MINUTES)).isTrue();
			assertThat(resetting.exitValue()).isOne();
		}
	}

	private Path write(String content) throws IOException {
		return Files.writeString(this.directory.resolve("schedule.json"), content, StandardCharsets.UTF_8);
	}

	private static ConfigurableApplicationContext run(String... arguments) {
		List<String> all = new ArrayList<>(List.of(arguments));
		all.add("--spring.datasource.url=" + URL);
		return SampleApplication.application(EngineMode.of(arguments)).run(all.toArray(String[]::new));
	}

	private Process start(String... arguments) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
						System.getProperty("java.class.path"), SampleApplication.class.getName()));
		command.addAll(List.of(arguments));
		ProcessBuilder process = new ProcessBuilder(command).directory(this.directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(this.directory.resolve("output.log").toFile());
		process.environment().remove("PWD");
		return process.start();
	}

}

package dev.oriel.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class StartPathsTests {

	@TempDir
	private Path directory;

	@Test
	void findsAFileWhereItIs() throws IOException {
		Path module = Files.createDirectories(this.directory.resolve("project/module"));
		Path file = Files.writeString(this.directory.resolve("a.sql"), "select 1;");
		StartPaths paths = new StartPaths(this.directory.resolve("project").toString(), null, module.toString());
		assertThat(paths.find("sample.load", "../a.sql")).isEqualTo(file);
		assertThat(paths.find("sample.load", "../../a.sql")).isEqualTo(file);
		assertThat(paths.find("sample.load", file.toString())).isEqualTo(file);
	}

	@Test
	void namesThePlacesWhereAMissingFileIsNot() {
		assertThatExceptionOfType(StartFailure.class)
			.isThrownBy(() -> new StartPaths(this.directory.toString()).find("sample.load", "missing.sql"))
			.withMessageContaining("sample.load")
			.withMessageContaining(this.directory.resolve("missing.sql").toString());
	}

}

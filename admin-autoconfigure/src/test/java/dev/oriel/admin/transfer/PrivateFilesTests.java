package dev.oriel.admin.transfer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import dev.oriel.admin.data.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link PrivateFiles}.
 */
class PrivateFilesTests {

	@TempDir
	private Path directory;

	@Test
	void nobodyElseMayReadAFile() throws IOException {
		try (PrivateFiles files = new PrivateFiles(this.directory)) {
			Path file = files.create();
			assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
			assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
				.isEqualTo("rwx------");
		}
		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void whatACrashHasLeftIsDeleted() throws IOException {
		Path left = Files.createDirectory(this.directory.resolve("oriel-transfer-1"));
		Files.writeString(left.resolve("in-use"), "");
		Files.writeString(left.resolve("file"), "rows");
		PrivateFiles.deleteLeftovers(this.directory);
		assertThat(left).doesNotExist();
	}

	@Test
	void linkIsNotFollowedToWhatBelongsToSomebodyElse() throws IOException {
		Path other = Files.createDirectory(this.directory.resolve("documents"));
		Files.writeString(other.resolve("in-use"), "");
		Path precious = Files.writeString(other.resolve("precious"), "text");
		Files.createSymbolicLink(this.directory.resolve("oriel-transfer-1"), other);
		PrivateFiles.deleteLeftovers(this.directory);
		assertThat(precious).exists();
	}

	@Test
	void filesAreLeftToTheProcessThatUsesThemWhoeverLooksInItMeanwhile() throws IOException, InterruptedException {
		try (PrivateFiles files = new PrivateFiles(this.directory)) {
			Path file = files.create();
			// Another context of this process must not let go of the lock.
			PrivateFiles.deleteLeftovers(this.directory);
			assertThat(file).exists();
			Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
					"-cp", System.getProperty("java.class.path"), OtherProcess.class.getName(),
					this.directory.toString())
				.inheritIO()
				.start();
			assertThat(process.waitFor()).isZero();
			assertThat(file).exists();
		}
		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void directoryThatIsNotThereIsAProblemOnlyOnceItIsNeeded() {
		Path missing = this.directory.resolve("missing");
		PrivateFiles.deleteLeftovers(missing);
		try (PrivateFiles files = new PrivateFiles(missing)) {
			assertThatExceptionOfType(ProblemException.class).isThrownBy(files::create).satisfies((ex) -> {
				assertThat(ex.problem().status()).isEqualTo(503);
				assertThat(ex.problem().hint()).contains("oriel.import.directory");
				assertThat(ex.problem().toString()).doesNotContain(missing.toString());
			});
		}
	}

	/**
	 * An application that starts beside this one.
	 */
	static final class OtherProcess {

		private OtherProcess() {
		}

		public static void main(String[] args) {
			PrivateFiles.deleteLeftovers(Path.of(args[0]));
		}

	}

}

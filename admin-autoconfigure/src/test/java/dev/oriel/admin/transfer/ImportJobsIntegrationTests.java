package dev.oriel.admin.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.oriel.admin.data.ProblemException;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.transfer.format.FileFormat;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for imports: their jobs, from their start to their end.
 */
class ImportJobsIntegrationTests extends ImportFixture {

	@Test
	void importThatTheMachineCannotCarryOutMakesRoomForOthers() {
		InputStream tooMuch = new InputStream() {

			@Override
			public int read() {
				throw new OutOfMemoryError("a test");
			}

			@Override
			public int read(byte[] bytes, int offset, int length) {
				return read();
			}

		};
		for (int i = 0; i < 5; i++) {
			assertThatExceptionOfType(OutOfMemoryError.class)
				.isThrownBy(() -> this.rig.run(FileFormat.CSV, "item", "", tooMuch));
		}
		assertThat(this.rig.csv("item", "", "id,name\n1,a\n").counts()).isEqualTo("1 1 0 0 0");
	}

	@Test
	void importThatIsNeitherWrittenNorCancelledMakesRoomForOthers() {
		ImportRequest request = ImportParameters.parse("")
			.request(new RelationName("public", "item"), FileFormat.CSV, -1);
		for (int i = 0; i < 5; i++) {
			try (ImportRun run = this.rig.imports().begin(ImportRig.CALLER, request, null)) {
				run.read(ImportRig.bytes("id,name\n1,a\n"));
			}
		}
		assertThat(this.rig.csv("item", "", "id,name\n1,a\n").counts()).isEqualTo("1 1 0 0 0");
	}

	@Test
	void abortLeavesNoFileAndNoTable() {
		InputStream broken = new InputStream() {

			private int position;

			@Override
			public int read() throws IOException {
				byte[] begin = "id,name\n1,a\n2,b\n".getBytes(StandardCharsets.UTF_8);
				if (this.position < begin.length) {
					return begin[this.position++];
				}
				throw new IOException("Gone");
			}

		};
		assertThatExceptionOfType(ProblemException.class)
			.isThrownBy(() -> this.rig.run(FileFormat.CSV, "item", "", broken));
		assertThatExceptionOfType(ProblemException.class)
			.isThrownBy(() -> this.rig.run(FileFormat.XLSX, "item", "", ImportRig.bytes("no workbook")));
		this.rig.jobs().close();
		assertThat(this.directory).isEmptyDirectory();
		assertThat(items()).isEmpty();
	}

	@Test
	void jobsAreFollowedUntilTheyEnd() {
		List<String> told = new CopyOnWriteArrayList<>();
		Imports imports = this.rig.imports();
		try (ImportRun run = imports.begin(ImportRig.CALLER,
				ImportRequest.of(new RelationName("public", "item"), FileFormat.CSV), null)) {
			this.rig.jobs().follow(run.job(), told::add);
			assertThat(told).hasSize(1).first().asString().contains("\"state\":\"running\"");
			run.read(ImportRig.bytes("id,name\n1,a\n"));
			run.write();
		}
		await().until(() -> told.get(told.size() - 1).contains("\"state\":\"done\""));
	}

}

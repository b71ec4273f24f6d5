package dev.oriel.admin;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

import dev.oriel.admin.access.Caller;
import dev.oriel.admin.data.Problem;
import dev.oriel.admin.transfer.ExportFormat;
import dev.oriel.admin.transfer.ImportOutcome;
import dev.oriel.admin.transfer.format.FileFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link OrielTable}: exports and imports.
 */
class OrielTransfersIntegrationTests extends OrielFixture {

	@Test
	void exportsMoreThanMayBeKept() {
		AtomicLong size = new AtomicLong();
		OutputStream counting = new OutputStream() {

			@Override
			public void write(int value) {
				size.incrementAndGet();
			}

			@Override
			public void write(byte[] bytes, int offset, int length) {
				size.addAndGet(length);
			}

		};
		assertThat(this.system.table("flood").exportTo(counting, ExportFormat.NDJSON)).isEqualTo(300_000);
		assertThat(size.get()).isGreaterThan(64L * 1024 * 1024);
	}

	@ParameterizedTest
	@EnumSource(ExportFormat.class)
	void exportsInEveryFormatWhatTheQueryAsksFor(ExportFormat format) {
		ByteArrayOutputStream file = new ByteArrayOutputStream();
		long rows = this.system.table("sales.orders")
			.query("select=id,status,total&order=id.desc&limit=2")
			.exportTo(file, format);
		assertThat(rows).isEqualTo(2);
		assertThat(file.toString(StandardCharsets.UTF_8)).startsWith(switch (format) {
			case CSV -> "id,status,total\n3,open,30.00\n2,paid,20.00\n";
			case NDJSON -> """
					{"id":3,"status":"open","total":30.00}
					{"id":2,"status":"paid","total":20.00}
					""";
			case JSON -> """
					[{"id":3,"status":"open","total":30.00},
					 {"id":2,"status":"paid","total":20.00}]
					""";
			case SQL -> """
					SET client_encoding = 'UTF8';
					INSERT INTO "sales"."orders" ("id", "status", "total") VALUES
					\t('3', 'open', '30.00'),
					\t('2', 'paid', '20.00');
					""";
			case XLSX -> "PK";
		});
	}

	@Test
	void exportsWhatTheCallerMayReadAndGuardsFormulas() {
		this.system.table("part").insert(new Part(1, "=1+1", null));
		ByteArrayOutputStream guarded = new ByteArrayOutputStream();
		ByteArrayOutputStream plain = new ByteArrayOutputStream();
		this.system.table("part").select("b").exportTo(guarded, ExportFormat.CSV);
		this.system.table("part").select("b").exportTo(plain, ExportFormat.CSV, false);
		assertThat(guarded).hasToString("b\n'=1+1\n");
		assertThat(plain).hasToString("b\n=1+1\n");
		OrielClient clerk = this.oriel.as(new Caller("clerk", Set.of()));
		ByteArrayOutputStream orders = new ByteArrayOutputStream();
		clerk.table("sales.orders").orderBy("id").exportTo(orders, ExportFormat.CSV);
		assertThat(orders).hasToString("id,status,note\n1,open,a\n3,open,c\n");
		ByteArrayOutputStream nothing = new ByteArrayOutputStream();
		assertThat(problem(() -> clerk.table("part").exportTo(nothing, ExportFormat.CSV)).status()).isEqualTo(404);
		assertThat(nothing.size()).isZero();
	}

	@Test
	void exportsInsideOfATransactionWhatItHasWrittenAndLetsItGoOn() {
		OutputStream full = new OutputStream() {

			@Override
			public void write(int value) throws IOException {
				throw new IOException("full");
			}

		};
		this.transaction.executeWithoutResult((status) -> {
			this.system.table("part").insert(new Part(1, "a", null));
			ByteArrayOutputStream file = new ByteArrayOutputStream();
			assertThat(this.system.table("part").exportTo(file, ExportFormat.CSV)).isOne();
			assertThat(file).hasToString("a,b,note\n1,a,\n");
			assertThatExceptionOfType(UncheckedIOException.class)
				.isThrownBy(() -> this.system.table("flood").exportTo(full, ExportFormat.CSV))
				.havingCause()
				.withMessage("full");
			assertThat(problem(
					() -> this.system.table("part").where("a", "eq", "no number").exportTo(file, ExportFormat.CSV))
				.code()).isEqualTo("22P02");
			this.system.table("part").insert(new Part(2, "b", null));
		});
		assertThat(this.system.table("part").count()).isEqualTo(2);
	}

	@Test
	void importsWhatACallerMayWrite() {
		OrielImport csv = this.system.table("part").importing(FileFormat.CSV);
		ImportOutcome outcome = csv.from(file("A,B,note\n1,x,\n2,y,z\n"));
		assertThat(outcome).isEqualTo(new ImportOutcome(true, false, 2, 2, 0, 0, 0, List.of(),
				Map.of("A", "a", "B", "b", "note", "note"), null));
		ImportOutcome upserted = csv.upsert("a", "b")
			.map("other, \"name\"", "note")
			.skipRejected()
			.from(file("a,b,\"other, \"\"name\"\"\"\n1,x,new\n2,y,z\nq,y,z\n3,z,\n"));
		assertThat(upserted.complete()).isTrue();
		assertThat(List.of(upserted.read(), upserted.inserted(), upserted.updated(), upserted.unchanged(),
				upserted.rejected()))
			.containsExactly(4L, 1L, 1L, 1L, 1L);
		assertThat(upserted.problems()).singleElement().satisfies((rejection) -> {
			assertThat(rejection.line()).isEqualTo(4);
			assertThat(rejection.problem().code()).isEqualTo("22P02");
		});
		assertThat(upserted.rejectedRows()).content().contains("q,y,z,4,");
		assertThat(problem(() -> this.oriel.as(new Caller("clerk", Set.of()))
			.table("part")
			.importing(FileFormat.CSV)
			.from(file("a,b\n1,x\n"))).status()).isEqualTo(404);
	}

	@Test
	void importsAllOrNothingAndTriesWithoutKeeping() {
		OrielImport csv = this.system.table("part").importing(FileFormat.CSV);
		ImportOutcome nothing = csv.from(file("a,b\n1,x\n,y\n"));
		assertThat(nothing.complete()).isFalse();
		assertThat(nothing.inserted()).isZero();
		assertThat(nothing.problems()).hasSize(1);
		ImportOutcome tried = this.system.table("part")
			.dryRun()
			.importing(FileFormat.NDJSON)
			.from(file("{\"a\":1,\"b\":\"x\"}"));
		assertThat(tried.dryRun()).isTrue();
		assertThat(tried.inserted()).isOne();
		assertThat(this.system.table("part").count()).isZero();
		assertThat(csv.batch(1).from(file("a,b\n1,x\n,y\n")).inserted()).isOne();
		assertThat(this.system.table("part").count()).isOne();
	}

	@Test
	void refusesImportsThatCannotBeMeant() {
		OrielTable table = this.system.table("part");
		OrielImport csv = table.importing(FileFormat.CSV);
		assertThat(problem(() -> csv.dates("YYYY-QQ").from(file("a,b\n1,x\n"))).message()).contains("YYYY-QQ");
		assertThat(problem(() -> csv.batch(0).from(file("a,b\n1,x\n"))).message()).contains("batch");
		assertThat(problem(() -> csv.option("colour", "red").from(file("a,b\n1,x\n"))).message()).contains("colour");
		assertThat(problem(() -> csv.map("a", "nothing").from(file("a,b\n1,x\n"))).code()).isEqualTo("PGRST204");
		assertThat(problem(() -> table.importing(FileFormat.XLSX).from(file("a,b\n1,x\n"))).code()).isEqualTo("22P04");
		assertThat(problem(() -> table.where("a", "eq", 1).importing(FileFormat.CSV)).code()).isEqualTo("ORIEL400");
		assertThat(problem(() -> table.dryRun().atMost(1).importing(FileFormat.CSV)).code()).isEqualTo("ORIEL400");
		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> csv.from(Path.of("nowhere", "at all")));
		assertThat(table.count()).isZero();
	}

	@Test
	void refusesAnImportInsideOfATransactionWhichGoesOn() {
		this.transaction.executeWithoutResult((status) -> {
			this.system.table("part").insert(new Part(1, "a", null));
			Problem problem = problem(
					() -> this.system.table("part").importing(FileFormat.CSV).from(file("a,b\n1,a\n")));
			assertThat(problem.code()).isEqualTo("25001");
		});
		assertThat(this.system.table("part").count()).isOne();
		this.system.table("part").importing(FileFormat.CSV).from(file("a,b\n2,a\n"));
		assertThat(this.system.table("part").count()).isEqualTo(2);
	}

	private static InputStream file(String text) {
		return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
	}

}

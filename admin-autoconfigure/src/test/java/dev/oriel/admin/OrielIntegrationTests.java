package dev.oriel.admin;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.Principal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import dev.oriel.admin.access.AccessPolicy;
import dev.oriel.admin.access.Caller;
import dev.oriel.admin.access.Operation;
import dev.oriel.admin.access.PrivilegeAccessPolicy;
import dev.oriel.admin.access.RelationAccess;
import dev.oriel.admin.data.Impact;
import dev.oriel.admin.data.Problem;
import dev.oriel.admin.data.ProblemException;
import dev.oriel.admin.data.StaleRowException;
import dev.oriel.admin.query.Filter;
import dev.oriel.admin.query.Operator;
import dev.oriel.admin.schema.Function;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.testing.PostgresDatabase;
import dev.oriel.admin.transfer.ExportFormat;
import dev.oriel.admin.transfer.ImportOutcome;
import dev.oriel.admin.transfer.format.FileFormat;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for {@link Oriel} in an application without a web server.
 */
class OrielIntegrationTests {

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create("dev/oriel/admin/oriel.sql");

	private static ConfigurableApplicationContext context;

	private final Oriel oriel = context.getBean(Oriel.class);

	private final OrielClient system = this.oriel.asSystem();

	private final JdbcClient jdbc = context.getBean(JdbcClient.class);

	private final TransactionTemplate transaction = new TransactionTemplate(
			context.getBean(PlatformTransactionManager.class));

	@BeforeAll
	static void start() {
		context = new SpringApplicationBuilder(Host.class).web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.run("--spring.datasource.url=" + database.jdbcUrl(), "--spring.datasource.username=" + database.username(),
					"--spring.datasource.password=" + database.password(), "--oriel.max-rows=1000",
					"--oriel.live.poll-interval=200ms", "--oriel.schemas=public,sales");
	}

	@AfterAll
	static void stop() {
		context.close();
	}

	@BeforeEach
	void clear() {
		database.execute("TRUNCATE exact, part, odd");
	}

	@Test
	void readsRowsInTheLanguageOfUrls() {
		assertThat(this.system.table("sales.orders")
			.query("status=eq.open&order=total.desc&limit=1&select=id,total,customer(name)")
			.json()).isEqualTo("[{\"id\":3,\"total\":30.00,\"customer\":{\"name\":\"Grace\"}}]");
	}

	@Test
	void readsRowsWithTypedConditions() {
		OrielTable orders = this.system.table("sales", "orders").select("id").orderBy("id.desc");
		assertThat(orders.where("status", "eq", "open").list()).containsExactly(Map.of("id", 3L), Map.of("id", 1L));
		assertThat(orders.where("total", "gte", new BigDecimal("20")).limit(1).list())
			.containsExactly(Map.of("id", 3L));
		assertThat(orders.where("total", "gte", 20).offset(1).list()).containsExactly(Map.of("id", 2L));
		assertThat(orders.where("id", "in", List.of(1, 2, 99)).list(Id.class)).containsExactly(new Id(2), new Id(1));
		assertThat(orders.where("id", "not.in", List.of(1, 2)).list(Id.class)).containsExactly(new Id(3));
		assertThat(orders.where("note", "is", null).list(Id.class)).containsExactly(new Id(2));
		assertThat(orders.where("note", "not.is", null).list(Id.class)).hasSize(2);
		assertThat(orders.where("status", "eq(any)", List.of(Status.paid, Status.lost)).list(Id.class))
			.containsExactly(new Id(2));
		assertThat(orders.where("placed_at", "lt", OffsetDateTime.parse("2026-01-02T04:04:06+01:00")).list())
			.hasSize(3);
		assertThat(orders.where("id", "in", List.of()).list()).isEmpty();
		assertThat(orders.query("status=eq.open").where("note", "neq", "a").one(Id.class)).isEqualTo(new Id(3));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "a,b", "a)b(", "\"", "\\", "\\\"", "{a}", "*", "%", "null", "x", "eq.x", "a&b=c",
			"+%20", "'; DROP TABLE odd; --", "ä\u0301", "\uD83D\uDE00", "\n", "not.is.null" })
	void valuesAreNeverAPartOfTheLanguage(String value) {
		this.system.table("odd").insert(Map.of("id", 1, "a b,c", value, "words", List.of(value, "other")));
		this.system.table("odd").insert(Map.of("id", 2, "a b,c", value + "-", "words", List.of()));
		OrielTable odd = this.system.table("odd").select("id");
		assertThat(odd.where("\"a b,c\"", "eq", value).list()).containsExactly(Map.of("id", 1L));
		assertThat(odd.where("\"a b,c\"", "in", List.of(value)).list()).containsExactly(Map.of("id", 1L));
		assertThat(odd.where("\"a b,c\"", "eq(any)", List.of(value)).list()).containsExactly(Map.of("id", 1L));
		assertThat(odd.where("words", "cs", List.of(value)).list()).containsExactly(Map.of("id", 1L));
	}

	@Test
	void valuesOfOtherTypesAreWhatPostgresqlReads() {
		this.system.table("odd")
			.insert(Map.of("id", 1, "doc", Map.of("a", List.of(1, 2)), "data", new byte[] { 0, (byte) 0xff }));
		OrielTable odd = this.system.table("odd").select("id");
		assertThat(odd.where("doc", "cs", Map.of("a", List.of(2))).count()).isOne();
		assertThat(odd.where("doc", "cs", Map.of("a", List.of(3))).count()).isZero();
		assertThat(odd.where("data", "eq", new byte[] { 0, (byte) 0xff }).count()).isOne();
	}

	@Test
	void wrongConditionsAreSaidToBe() {
		OrielTable orders = this.system.table("sales.orders");
		assertThat(problem(() -> orders.where("id", "eq", null)).hint()).contains("is");
		assertThat(problem(() -> orders.where("id", "is", "maybe")).message()).contains("maybe");
		assertThat(problem(() -> orders.where("id", "in", 1)).hint()).contains("collection");
		assertThat(problem(() -> orders.where("id", "in", Arrays.asList("a", null))).message()).contains("NULL");
		assertThat(problem(() -> orders.where("id", "same", 1)).code()).isEqualTo("PGRST100");
		assertThat(problem(() -> orders.where("id", "eq.1", 1)).message()).contains("eq.1");
		assertThat(problem(() -> orders.where("customer.name", "eq", 1)).code()).isEqualTo("PGRST100");
		assertThat(problem(() -> orders.where("id)", "eq", 1)).code()).isEqualTo("PGRST100");
		assertThat(problem(() -> orders.limit(-1)).message()).contains("limit");
		assertThat(problem(() -> orders.select("id,,")).code()).isEqualTo("PGRST100");
		assertThat(problem(() -> orders.orderBy("id.up")).code()).isEqualTo("PGRST100");
		assertThat(problem(() -> orders.query("id=1")).code()).isEqualTo("PGRST100");
		assertThat(problem(() -> orders.where("nonsense", "eq", 1).list()).code()).isEqualTo("42703");
		assertThat(problem(() -> orders.where("id", "eq", "x").list()).code()).isEqualTo("22P02");
		assertThat(problem(() -> this.system.table("sales.order").list()).hint()).contains("sales.orders");
		assertThat(problem(() -> this.system.table("salez.orders").list()).code()).isEqualTo("PGRST106");
	}

	@Test
	void mapsHoldEveryDigit() {
		UUID id = UUID.randomUUID();
		String digits = "1".repeat(500) + "." + "2".repeat(499) + "0";
		this.system.table("exact")
			.insert("""
					{"id":"%s","big":%s,"whole":9223372036854775807,"tiny":-7,"ratio":0.1,"bytes":"\\\\x00ff",
					"words":["a",null,"{}"],"matrix":[[1,2],[3,4]],"doc":{"n":1.50,"huge":123456789012345678901234567890},
					"day":"2026-02-03","at":"2026-02-03T04:05:06.789012+02:00","flag":true,"span":"1 day 02:00:00"}"""
				.formatted(id, digits));
		Map<String, @Nullable Object> row = this.system.table("exact").one();
		assertThat(row.get("id")).isEqualTo(id.toString());
		assertThat(row.get("big")).isEqualTo(new BigDecimal(digits));
		assertThat(row.get("whole")).isEqualTo(Long.MAX_VALUE);
		assertThat(row.get("tiny")).isEqualTo(-7L);
		assertThat(row.get("ratio")).isEqualTo(new BigDecimal("0.1"));
		assertThat(row.get("bytes")).isEqualTo("\\x00ff");
		assertThat(row.get("words")).isEqualTo(Arrays.asList("a", null, "{}"));
		assertThat(row.get("matrix")).isEqualTo(List.of(List.of(1L, 2L), List.of(3L, 4L)));
		assertThat(row.get("doc"))
			.isEqualTo(Map.of("n", new BigDecimal("1.50"), "huge", new BigInteger("123456789012345678901234567890")));
		assertThat(row.get("at")).isEqualTo("2026-02-03T02:05:06.789012+00:00");
		assertThat(row.get("flag")).isEqualTo(true);
		assertThat(row).containsEntry("nothing", null);
		assertThat(row.keySet()).startsWith("id", "big", "whole");
		assertThat(this.system.table("exact").timeZone("Asia/Tokyo").one().get("at"))
			.isEqualTo("2026-02-03T11:05:06.789012+09:00");
		// What was read can be written again and is the same.
		String before = this.system.table("exact").json();
		this.system.table("exact").upsert(row);
		assertThat(this.system.table("exact").json()).isEqualTo(before);
	}

	@Test
	void recordsHoldWhatFitsExactly() {
		Exact exact = new Exact(UUID.randomUUID(), new BigDecimal("0." + "0".repeat(499) + "1"), Long.MIN_VALUE,
				(short) 3, 0.1, new byte[] { 1, (byte) 0x80 }, List.of("x"), new int[][] { { 1 }, { 2 } },
				Map.of("k", List.of(1L)), LocalDate.of(2026, 2, 3), OffsetDateTime.parse("2026-02-03T04:05:06.000001Z"),
				true, null);
		this.system.table("exact").insert(exact);
		Exact read = this.system.table("exact").one(Exact.class);
		assertThat(read).usingRecursiveComparison().isEqualTo(exact);
		assertThat(this.system.table("exact").getAs(Exact.class, exact.id())).isPresent();
	}

	@Test
	void recordsThatDoNotFitAreSaidNotTo() {
		OrielTable orders = this.system.table("sales.orders");
		assertThatIllegalArgumentException().isThrownBy(() -> orders.list(Misspelt.class))
			.withMessageContaining("costumer_id");
		assertThatIllegalArgumentException().isThrownBy(() -> orders.list(IntTotal.class))
			.withMessageContaining("total");
		assertThatIllegalArgumentException().isThrownBy(() -> orders.list(PrimitiveNull.class))
			.withMessageContaining("note");
	}

	@Test
	void writesAndReturnsRows() {
		OrielTable part = this.system.table("part");
		assertThat(part.insert(new Part(1, "x", "n")).one(Part.class)).isEqualTo(new Part(1, "x", "n"));
		assertThat(part.insert(List.of(Map.of("a", 2, "b", "y"), Map.of("a", 3, "b", "z"))).size()).isEqualTo(2);
		assertThat(part.upsert(Map.of("a", 2, "b", "y", "note", "merged")).one()).containsEntry("note", "merged");
		assertThat(part.insertMissing(List.of(new Part(2, "y", "again"), new Part(4, "w", "new"))).list(Part.class))
			.containsExactly(new Part(4, "w", "new"));
		assertThat(part.where("a", "gt", 2).update(Map.of("note", "late")).size()).isEqualTo(2);
		assertThat(part.get(3, "z")).hasValueSatisfying((row) -> assertThat(row).containsEntry("note", "late"));
		assertThat(part.get(3, "nowhere")).isEmpty();
		assertThat(part.where("a", "eq", 4).delete().json()).isEqualTo("[{\"a\":4,\"b\":\"w\",\"note\":\"late\"}]");
		assertThat(part.count()).isEqualTo(3);
		assertThat(part.columns("a", "b").insert(new Part(9, "q", "left out")).one()).containsEntry("note", null);
		assertThat(part.select("b").insert(Map.of("a", 10, "b", "only")).json()).isEqualTo("[{\"b\":\"only\"}]");
	}

	@Test
	void writesThatGoTooFarAreRefused() {
		OrielTable part = this.system.table("part");
		part.insert(List.of(new Part(1, "a", null), new Part(2, "b", null)));
		assertThat(problem(() -> part.delete()).code()).isEqualTo("21000");
		assertThat(problem(() -> part.atMost(1).delete()).code()).isEqualTo("PGRST124");
		assertThat(problem(() -> part.insert(new Part(1, "a", null))).code()).isEqualTo("23505");
		assertThat(problem(() -> part.get(1)).details()).contains("a, b");
		assertThat(problem(() -> part.insert(Map.of("a", 1, "c", 2))).column()).isEqualTo("c");
		assertThat(problem(() -> part.insert("[1]")).code()).isEqualTo("PGRST102");
		assertThat(problem(() -> part.insert("{")).code()).isEqualTo("PGRST102");
		assertThat(part.atMost(2).dryRun().delete().size()).isEqualTo(2);
		assertThat(part.count()).isEqualTo(2);
	}

	@Test
	void versionsTellWhetherARowIsStillTheSame() {
		OrielTable part = this.system.table("part").where("a", "eq", 1);
		part.insert(new Part(1, "a", null));
		String version = (String) part.versions().one().get("_version");
		part.expecting(version).update(Map.of("note", "mine"));
		StaleRowException stale = catchThrowableOfType(StaleRowException.class,
				() -> part.expecting(version).update(Map.of("note", "lost")));
		assertThat(stale.current().json()).contains("mine");
	}

	@Test
	void moreRowsThanAllowedAreAnErrorAndNeverLeftOut() {
		OrielTable flood = this.system.table("flood");
		Problem problem = problem(flood::list);
		assertThat(problem.code()).isEqualTo("ORIEL413");
		assertThat(problem.hint()).contains("oriel.max-rows");
		assertThat(problem(() -> flood.limit(1001).list()).code()).isEqualTo("ORIEL413");
		assertThat(flood.limit(1000).list()).hasSize(1000);
		assertThat(flood.where("id", "lte", 1000).list()).hasSize(1000);
		assertThat(flood.first()).isPresent();
		assertThat(problem(flood::one).code()).isEqualTo("PGRST116");
		assertThat(flood.count()).isEqualTo(300_000);
		assertThat(problem(() -> this.system.call("write_many", Map.of("n", 1001))).code()).isEqualTo("ORIEL413");
		assertThat(this.system.table("part").count()).isZero();
		assertThat(this.system.call("write_many", Map.of("n", 1000)).size()).isEqualTo(1000);
	}

	@Test
	void embeddedListsAreNotCutEither() {
		database.execute("INSERT INTO sales.customer (id, name) VALUES (77, 'Many');"
				+ "INSERT INTO sales.orders (id, customer_id) SELECT n, 77 FROM generate_series(10001, 11500) AS n");
		try {
			assertThat((List<?>) this.system.table("sales.customer")
				.query("id=eq.77&select=orders(id)")
				.one()
				.get("orders")).hasSize(1500);
		}
		finally {
			database
				.execute("DELETE FROM sales.orders WHERE customer_id = 77; DELETE FROM sales.customer WHERE id = 77");
		}
	}

	@Test
	void streamsMoreThanMayBeKept() {
		// More than one answer may have on Oriel's connections.
		long[] sum = new long[2];
		this.system.table("flood").orderBy("id").streamJson((row) -> {
			sum[0]++;
			sum[1] += row.length();
		});
		assertThat(sum[0]).isEqualTo(300_000);
		assertThat(sum[1]).isGreaterThan(64L * 1024 * 1024);
		List<Flood> first = new ArrayList<>();
		assertThatIllegalStateException().isThrownBy(() -> this.system.table("flood").stream(Flood.class, (row) -> {
			first.add(row);
			throw new IllegalStateException("enough");
		})).withMessage("enough");
		assertThat(first).hasSize(1);
	}

	@Test
	void streamsInsideOfATransactionLetOthersWriteInIt() {
		this.transaction.executeWithoutResult((status) -> {
			this.jdbc.sql("INSERT INTO part (a, b) SELECT n, 'uncommitted' FROM generate_series(1, 1200) AS n")
				.update();
			this.system.table("part").orderBy("a").stream(Part.class, (part) -> {
				if (part.a() % 400 == 0) {
					this.jdbc.sql("UPDATE part SET note = 'jdbc' WHERE a = ?").param(part.a()).update();
					this.system.table("part").insert(new Part(-part.a(), "oriel", null));
				}
			});
			assertThat(this.system.table("part").where("note", "eq", "jdbc").count()).isEqualTo(3);
		});
		assertThat(this.system.table("part").where("a", "lt", 0).count()).isEqualTo(3);
	}

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
	void dryRunsTellWhatWouldChange() {
		List<Impact> impacts = new ArrayList<>();
		this.transaction.executeWithoutResult((status) -> {
			this.system.table("part").insert(new Part(1, "a", null));
			this.system.table("part").where("a", "eq", 1).dryRun(impacts::add).update(Map.of("note", "new"));
			this.system.table("part").atMost(5).dryRun(impacts::add).delete();
		});
		assertThat(impacts).extracting((impact) -> impact.tables().get(0).counts())
			.containsExactly(new Impact.Counts(0, 1, 0), new Impact.Counts(0, 0, 1));
		assertThat(this.system.table("part").one(Part.class)).isEqualTo(new Part(1, "a", null));
	}

	@Test
	void dryRunsInsideOfATransactionShowWhatOthersSee() {
		this.system.table("part").insert(new Part(1, "a", "old"));
		List<Impact> impacts = new ArrayList<>();
		this.transaction.executeWithoutResult((status) -> {
			OrielTable part = this.system.table("part").where("a", "eq", 1);
			part.dryRun(impacts::add).update(Map.of("note", "new"));
			part.dryRun((impact) -> part.dryRun(impacts::add).delete()).update(Map.of("note", "new"));
			part.update(Map.of("note", "kept"));
			part.dryRun(impacts::add).delete();
		});
		assertThat(impacts.get(0).tables().get(0).sample()).singleElement().satisfies((change) -> {
			assertThat(change.before()).contains("\"old\"");
			assertThat(change.after()).contains("\"new\"");
		});
		// Marks of rows do not tell what was done before from what is tried.
		assertThat(impacts.get(1).tables().get(0).counts()).isEqualTo(new Impact.Counts(0, 0, 1));
		assertThat(impacts.get(1).tables().get(0).sample()).isNull();
		assertThat(impacts.get(2).tables().get(0).counts()).isEqualTo(new Impact.Counts(0, 0, 1));
		assertThat(impacts.get(2).tables().get(0).sample()).isNull();
	}

	@Test
	void joinsTheTransactionAroundIt() {
		assertThatIllegalStateException().isThrownBy(() -> this.transaction.executeWithoutResult((status) -> {
			this.system.table("part").insert(new Part(1, "a", null));
			assertThat(problem(() -> this.system.table("part").insert(new Part(1, "a", null))).code())
				.isEqualTo("23505");
			assertThat(this.system.call("write_many", Map.of("n", 2)).list(Integer.class)).containsExactly(1, 2);
			assertThat(this.jdbc.sql("SELECT count(*) FROM part").query(Integer.class).single()).isEqualTo(3);
			throw new IllegalStateException();
		}));
		assertThat(this.system.table("part").count()).isZero();
	}

	@Test
	void severalMergesInOneTransactionAreApart() {
		this.transaction.executeWithoutResult((status) -> {
			OrielTable part = this.system.table("part");
			assertThat(part.upsert(new Part(1, "a", "first")).size()).isOne();
			assertThat(part.upsert(new Part(1, "a", "second")).one(Part.class).note()).isEqualTo("second");
			assertThat(part.upsert(List.of(new Part(1, "a", "third"), new Part(2, "b", "new"))).size()).isEqualTo(2);
		});
		assertThat(this.system.table("part").get(1, "a").orElseThrow()).containsEntry("note", "third");
	}

	@Test
	void callsFunctions() {
		assertThat(this.system.call("sales.open_orders", Map.of("customer", 1)).list(Id.class))
			.containsExactly(new Id(1));
		assertThat(this.system.call("sales.open_orders", Map.of("customer", 1), "select=status").json())
			.isEqualTo("[{\"status\":\"open\"}]");
		BigDecimal n = new BigDecimal("0.000000000000000000000000000000000001");
		assertThat(this.system.call("twice", Map.of("n", n)).one(BigDecimal.class))
			.isEqualTo(n.multiply(BigDecimal.valueOf(2)));
		assertThat(this.system.call("twice", Map.of("n", 4)).json()).isEqualTo("8");
		assertThat(problem(() -> this.system.call("thrice", Map.of())).code()).isEqualTo("PGRST202");
	}

	@Test
	void showsRowsWhileTheyChange() throws InterruptedException {
		BlockingQueue<List<Part>> seen = new LinkedBlockingQueue<>();
		LiveRows live = this.system.table("part")
			.where("a", "gt", 0)
			.orderBy("a")
			.live((rows) -> seen.add(rows.list(Part.class)));
		assertThat(seen.poll(2, TimeUnit.MINUTES)).isEmpty();
		this.system.table("part").insert(new Part(1, "a", "{\"x\": [1.50]}"));
		assertThat(seen.poll(2, TimeUnit.MINUTES)).containsExactly(new Part(1, "a", "{\"x\": [1.50]}"));
		live.close();
		BlockingQueue<Problem> failed = new LinkedBlockingQueue<>();
		this.system.table("nowhere").live(new RowsListener() {

			@Override
			public void changed(OrielRows rows) {
				throw new IllegalStateException("There are none");
			}

			@Override
			public void failed(Problem problem) {
				failed.add(problem);
			}

		});
		assertThat(failed.poll(2, TimeUnit.MINUTES)).extracting(Problem::code).isEqualTo("PGRST205");
	}

	@Test
	void usersAreAdmittedAsByHttp() {
		OrielClient admin = this.oriel.as(authentication("mary", "ROLE_ADMIN", "X"));
		assertThat(admin.caller()).isEqualTo(new Caller("mary", Set.of("ROLE_ADMIN", "X")));
		assertThat(problem(() -> this.oriel.as(authentication("joe", "ROLE_USER"))).status()).isEqualTo(403);
		assertThat(problem(() -> this.oriel.as((Principal) null)).status()).isEqualTo(401);
		assertThat(problem(() -> this.oriel.as(() -> "joe")).status()).isEqualTo(401);
		assertThat(problem(() -> this.oriel
			.as(new AnonymousAuthenticationToken("k", "anonymous", AuthorityUtils.createAuthorityList("ROLE_ADMIN"))))
			.status()).isEqualTo(401);
		TestingAuthenticationToken unverified = authentication("joe", "ROLE_ADMIN");
		unverified.setAuthenticated(false);
		assertThat(problem(() -> this.oriel.as(unverified)).status()).isEqualTo(401);
	}

	@Test
	void accessPolicyDecidesForEveryCaller() {
		OrielClient clerk = this.oriel.as(new Caller("clerk", Set.of()));
		assertThat(clerk.table("sales.orders").select("id").list()).containsExactly(Map.of("id", 1L), Map.of("id", 3L));
		assertThat(problem(() -> clerk.table("sales.orders").where("total", "gt", 1).list()).code()).isEqualTo("42703");
		assertThat(problem(() -> clerk.table("sales.orders").where("id", "eq", 1).delete()).status()).isEqualTo(403);
		assertThat(problem(() -> clerk.table("part").list()).status()).isEqualTo(404);
		assertThat(problem(() -> clerk.table("part").get(1, "a")).status()).isEqualTo(404);
		List<String> streamed = new ArrayList<>();
		clerk.table("sales.orders").streamJson(streamed::add);
		assertThat(streamed).hasSize(2).noneMatch((row) -> row.contains("total"));
		assertThat(this.system.table("sales.orders").count()).isEqualTo(3);
	}

	private static TestingAuthenticationToken authentication(String name, String... authorities) {
		return new TestingAuthenticationToken(name, "secret", authorities);
	}

	private static Problem problem(ThrowingCallable call) {
		ProblemException exception = catchThrowableOfType(ProblemException.class, call);
		assertThat(exception).as("a problem").isNotNull();
		return exception.problem();
	}

	record Id(long id) {
	}

	record Part(int a, String b, @Nullable String note) {
	}

	record Flood(int id, String text) {
	}

	record Exact(UUID id, BigDecimal big, long whole, short tiny, double ratio, byte[] bytes, List<String> words,
			int[][] matrix, Map<String, Object> doc, LocalDate day, OffsetDateTime at, boolean flag,
			@Nullable String nothing) {
	}

	record Misspelt(long id, int costumerId) {
	}

	record IntTotal(int total) {
	}

	record PrimitiveNull(int note) {
	}

	enum Status {

		open, paid, lost

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Host {

		/**
		 * The system may do everything, a clerk only read open orders without their
		 * totals.
		 */
		@Bean
		AccessPolicy accessPolicy() {
			AccessPolicy everything = new PrivilegeAccessPolicy(false);
			return new AccessPolicy() {

				@Override
				public RelationAccess decide(Caller caller, Relation relation) {
					RelationAccess access = everything.decide(caller, relation);
					if (!caller.name().equals("clerk")) {
						return access;
					}
					boolean orders = relation.name().name().equals("orders");
					return new RelationAccess(orders ? Set.of(Operation.SELECT) : Set.of(),
							Set.of("id", "status", "note"), Set.of(), Set.of(),
							Filter.Comparison.of("status", Operator.EQ, "open"));
				}

				@Override
				public boolean mayCall(Caller caller, Function function) {
					return everything.mayCall(caller, function);
				}

			};
		}

	}

}

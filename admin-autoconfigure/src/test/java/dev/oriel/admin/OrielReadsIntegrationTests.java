package dev.oriel.admin;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.oriel.admin.data.Problem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link OrielTable}: reads, and what rows become.
 */
class OrielReadsIntegrationTests extends OrielFixture {

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

}

package dev.oriel.admin.data;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import dev.oriel.admin.access.AccessPolicy;
import dev.oriel.admin.access.Operation;
import dev.oriel.admin.access.PrivilegeAccessPolicy;
import dev.oriel.admin.access.RelationAccess;
import dev.oriel.admin.extension.PendingRow;
import dev.oriel.admin.extension.RowImage;
import dev.oriel.admin.query.Filter;
import dev.oriel.admin.query.Operator;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.testing.RecordingHook;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for hooks around writes: what they make of the rows.
 */
class WriteHookChangesIntegrationTests extends WriteHooksFixture {

	@Test
	void hookChangesValuesRowByRow() {
		this.hook.before = (write) -> write.rows().forEach((row) -> {
			row.set("name", row.values().text("name").strip());
			if (row.values().text("name").equals("e")) {
				row.set("status", "special");
				row.remove("credit");
			}
		});
		assertThat(this.rig.writer()
			.insert(Rig.CALLER, Rig.name("customer"),
					"[{\"name\":\" d \",\"credit\":1},{\"name\":\"e\",\"credit\":2},{\"name\":\"f\",\"credit\":3}]",
					Rig.query("select=name,status,credit"), WriteOptions.DEFAULTS)
			.json())
			.isEqualTo("[{\"name\":\"d\",\"status\":\"new\",\"credit\":1},"
					+ "{\"name\":\"e\",\"status\":\"special\",\"credit\":null},"
					+ "{\"name\":\"f\",\"status\":\"new\",\"credit\":3}]");
	}

	@Test
	void hookChangesUpdatesRowByRow() {
		this.hook.before = (write) -> write.rows().forEach((row) -> {
			if (row.before().text("name").equals("b")) {
				row.remove("status");
				row.set("credit", new BigDecimal("12345678901234567890.123456789"));
			}
		});
		assertThat(this.rig.update("customer", "id=gt.0&select=name,status,credit", "{\"status\":\"x\"}"))
			.isEqualTo("[{\"name\":\"a\",\"status\":\"x\",\"credit\":null},"
					+ "{\"name\":\"b\",\"status\":\"new\",\"credit\":12345678901234567890.123456789},"
					+ "{\"name\":\"c\",\"status\":\"x\",\"credit\":null}]");
	}

	@Test
	void rowOfWhichNothingIsLeftStaysAsItIs() {
		this.hook.before = (write) -> write.rows().get(0).remove("status");
		assertThat(this.rig.update("customer", "id=lt.3&select=name", "{\"status\":\"x\"}"))
			.isEqualTo("[{\"name\":\"b\"}]");
		assertThat(this.hook.calls).contains("before UPDATE 2", "after UPDATE 1");
		assertThat(names()).isEqualTo("a/new,b/x,c/new");
	}

	@Test
	void hookMaySetWhatTheCallerMayNotAndTheAnswerHidesIt() {
		AccessPolicy policy = (caller, relation) -> {
			RelationAccess all = new PrivilegeAccessPolicy(false).decide(caller, relation);
			return new RelationAccess(all.operations(), Set.of("id", "name"), Set.of("name"), Set.of("name"),
					Filter.NONE);
		};
		RecordingHook hook = new RecordingHook();
		hook.before = (write) -> write.rows().forEach((row) -> row.set("secret", "s3cret"));
		Rig limited = rig(policy, hook);
		assertThat(limited.insert("customer", "{\"name\":\"d\"}")).isEqualTo("[{\"id\":4,\"name\":\"d\"}]");
		assertThat(limited.update("customer", "id=eq.1", "{\"name\":\"A\"}")).isEqualTo("[{\"id\":1,\"name\":\"A\"}]");
		assertThat(hook.images()).contains("\"secret\":\"s3cret\"");
		assertThat(this.jdbc.sql("SELECT count(*) FROM customer WHERE secret = 's3cret'").query(Integer.class).single())
			.isEqualTo(2);
		assertThat(Rig.problem(() -> limited.insert("customer", "{\"name\":\"e\",\"secret\":\"x\"}")).code())
			.isEqualTo("PGRST204");
	}

	@Test
	void rulesOnRowsHoldForTheFinalRow() {
		Filter rule = Filter.Comparison.of("status", Operator.NEQ, "hidden");
		AccessPolicy policy = (caller, relation) -> {
			RelationAccess all = new PrivilegeAccessPolicy(false).decide(caller, relation);
			return new RelationAccess(all.operations(), all.readable(), all.insertable(), all.updatable(), rule);
		};
		RecordingHook hook = new RecordingHook();
		hook.before = (write) -> write.rows().forEach((row) -> row.set("status", "hidden"));
		Rig ruled = rig(policy, hook);
		assertThat(Rig.problem(() -> ruled.insert("customer", "{\"name\":\"d\"}")).status()).isEqualTo(403);
		assertThat(Rig.problem(() -> ruled.update("customer", "id=eq.1", "{\"name\":\"d\"}")).status()).isEqualTo(403);
		assertThat(hook.afters).isEmpty();
		database.execute("UPDATE customer SET status = 'hidden' WHERE id = 1");
		hook.before = (write) -> write.rows().forEach((row) -> row.set("status", "shown"));
		assertThat(ruled.update("customer", "id=eq.1", "{\"name\":\"d\"}")).isEqualTo("[]");
		assertThat(names()).isEqualTo("a/hidden,b/new,c/new");
		Problem problem = Rig.problem(() -> ruled.writer()
			.insert(Rig.CALLER, Rig.name("customer"), Payload.of("{\"email\":\"a@x\",\"name\":\"A\"}"),
					new Duplicates(Duplicates.Resolution.MERGE, List.of("email")), Query.ALL, WriteOptions.DEFAULTS));
		assertThat(problem.status()).isEqualTo(403);
		assertThat(hook.befores).hasSize(2);
	}

	@Test
	void columnsAndMissingDefaultsGoTogetherWithHooks() {
		RecordingHook hook = this.hook;
		hook.before = (write) -> write.rows().forEach((row) -> row.set("credit", 7));
		RelationWriter writer = this.rig.writer();
		String body = "[{\"name\":\"d\",\"status\":\"x\",\"other\":1},{\"name\":\"e\"}]";
		Query query = Rig.query("select=name,status,credit");
		assertThat(writer
			.insert(Rig.CALLER, Rig.name("customer"), new Payload(body, List.of("name", "status"), true), null, query,
					WriteOptions.DEFAULTS)
			.page()
			.json())
			.isEqualTo("[{\"name\":\"d\",\"status\":\"x\",\"credit\":7},"
					+ "{\"name\":\"e\",\"status\":\"new\",\"credit\":7}]");
		assertThat(hook.befores.get(0).rows()).extracting((row) -> row.values().columns())
			.containsExactly(Set.of("name", "status", "credit"), Set.of("name", "credit"));
		assertThat(writer
			.update(Rig.CALLER, Rig.name("customer"), new Payload("{\"name\":\"D\"}", List.of("name", "status"), true),
					Rig.query("name=eq.d&select=name,status,credit"), WriteOptions.DEFAULTS)
			.json()).isEqualTo("[{\"name\":\"D\",\"status\":\"new\",\"credit\":7}]");
		assertThat(Rig
			.problem(() -> writer.insert(Rig.CALLER, Rig.name("customer"),
					new Payload(body, List.of("name", "status"), false), null, query, WriteOptions.DEFAULTS))
			.column()).isEqualTo("status");
	}

	@Test
	void valuesOfAnyKindAreWritten() {
		UUID uuid = UUID.randomUUID();
		this.hook.before = (write) -> {
			PendingRow row = write.rows().get(0);
			row.set("email", uuid);
			row.set("status", LocalDate.of(2026, 11, 21));
			row.set("balance", new BigDecimal("1E+3"));
			row.set("score", Double.NaN);
			row.set("tags", List.of("a,b", "\"q\""));
			row.set("meta", Map.of("n", new BigInteger("12345678901234567890"), "x", List.of(true, 1.5)));
			row.set("secret", Operation.INSERT);
			row.set("credit", null);
		};
		this.rig.insert("customer", "{\"name\":\"d\",\"credit\":5}");
		RowImage image = this.hook.afters.get(0).rows().get(0).after();
		assertThat(image.text("email")).isEqualTo(uuid.toString());
		assertThat(image.text("status")).isEqualTo("2026-11-21");
		assertThat(image.number("balance")).isEqualTo("1000.0000000000");
		assertThat(image.text("score")).isEqualTo("NaN");
		assertThat(image.value("tags")).isEqualTo(List.of("a,b", "\"q\""));
		assertThat(image.value("meta"))
			.isEqualTo(Map.of("n", new BigInteger("12345678901234567890"), "x", List.of(true, new BigDecimal("1.5"))));
		assertThat(image.text("secret")).isEqualTo("INSERT");
		assertThat(image.value("credit")).isNull();
		assertThat(image.has("credit")).isTrue();
		assertThat(image.has("none")).isFalse();
	}

	@Test
	void mistakesOfAHookAreTold() {
		this.hook.before = (write) -> {
			PendingRow row = write.rows().get(0);
			assertThatIllegalArgumentException().isThrownBy(() -> row.set("nme", "x"))
				.withMessage("public.customer has no column 'nme'");
			assertThatIllegalArgumentException().isThrownBy(() -> row.remove("nme"));
			assertThatIllegalArgumentException().isThrownBy(() -> row.reject("nme", "x"));
			assertThatIllegalArgumentException().isThrownBy(() -> row.set("shouted", "x"))
				.withMessageContaining("computes");
			assertThatIllegalArgumentException().isThrownBy(() -> row.set("name", new Object()));
			assertThatIllegalArgumentException().isThrownBy(() -> row.set("name", "\0"));
			if (write.operation() == Operation.DELETE) {
				assertThatIllegalStateException().isThrownBy(() -> row.set("name", "x"));
			}
		};
		this.rig.insert("customer", "{\"name\":\"d\"}");
		this.rig.delete("customer", "id=eq.4", WriteOptions.DEFAULTS);
		assertThat(this.hook.afters).hasSize(2);
	}

	@Test
	void laterHooksSeeWhatEarlierOnesWrote() {
		RecordingHook first = new RecordingHook();
		RecordingHook second = new RecordingHook();
		first.before = (write) -> write.rows().get(0).set("status", "one");
		List<String> seen = new ArrayList<>();
		second.before = (write) -> seen.add(write.rows().get(0).values().text("status"));
		rig(new PrivilegeAccessPolicy(false), first, second).insert("customer", "{\"name\":\"d\"}");
		assertThat(seen).containsExactly("one");
	}

}

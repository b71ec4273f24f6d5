package dev.oriel.admin.data;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import dev.oriel.admin.access.AccessPolicy;
import dev.oriel.admin.access.Operation;
import dev.oriel.admin.access.PrivilegeAccessPolicy;
import dev.oriel.admin.access.RelationAccess;
import dev.oriel.admin.extension.PendingRow;
import dev.oriel.admin.extension.RowImage;
import dev.oriel.admin.extension.VetoException;
import dev.oriel.admin.extension.WriteHook;
import dev.oriel.admin.query.Filter;
import dev.oriel.admin.query.Operator;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.postgres.PostgresSchemaSource;
import dev.oriel.admin.schema.postgres.ReflectionSettings;
import dev.oriel.admin.sql.VersionMode;
import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for hooks around writes.
 */
@ExtendWith(OutputCaptureExtension.class)
class WriteHooksIntegrationTests {

	private static final WriteOptions DRY_RUN = new WriteOptions(VersionMode.NONE, null, null, false, true);

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create("dev/oriel/admin/data/hooks.sql");

	private final DataSource host = database.dataSource();

	private final JdbcClient jdbc = JdbcClient.create(this.host);

	private final PostgresSchemaSource source = new PostgresSchemaSource(this.host, ReflectionSettings.ALL);

	private final RecordingHook hook = new RecordingHook();

	private final Rig rig = rig(new PrivilegeAccessPolicy(false), this.hook);

	@BeforeEach
	void fill() {
		database.execute("TRUNCATE customer, log, keyless, \"odd\", measured RESTART IDENTITY;"
				+ "INSERT INTO customer (email, name) VALUES ('a@x', 'a'), ('b@x', 'b'), ('c@x', 'c');"
				+ "INSERT INTO keyless VALUES (1, 'x'), (1, 'x'), (2, 'y');"
				+ "INSERT INTO measured VALUES (1, '2010-01-01', 'old'), (1, '2030-01-01', 'new')");
	}

	@AfterEach
	void close() {
		assertThat(TransactionSynchronizationManager.getResourceMap()).isEmpty();
		this.source.close();
	}

	private Rig rig(AccessPolicy policy, WriteHook... hooks) {
		Transactions transactions = Transactions.of(this.host, ReadSessions.NONE, this.host);
		return new Rig(this.source, new RelationReader(transactions, this.source, policy, Rig.SETTINGS),
				new RelationWriter(transactions, this.source, policy, new WriteHooks(() -> List.of(hooks)),
						Rig.SETTINGS));
	}

	private RelationWriter joining() {
		return new RelationWriter(Transactions.of(this.host, ReadSessions.NONE, this.host).joining(), this.source,
				new PrivilegeAccessPolicy(false), new WriteHooks(() -> List.of(this.hook)), Rig.SETTINGS);
	}

	private String names() {
		return this.jdbc.sql("SELECT string_agg(name || '/' || status, ',' ORDER BY id) FROM customer")
			.query(String.class)
			.single();
	}

	private List<String> log() {
		return this.jdbc.sql("SELECT line FROM log ORDER BY id").query(String.class).list();
	}

	private void log(String line) {
		this.jdbc.sql("INSERT INTO log (line) VALUES (?)").param(line).update();
	}

	@Nested
	class CallTests {

		@Test
		void insertIsOneCallWithAllRows() {
			WriteHooksIntegrationTests.this.rig.insert("customer",
					"[{\"name\":\"d\",\"credit\":1.50},{\"name\":\"e\",\"credit\":null}]");
			RecordingHook hook = WriteHooksIntegrationTests.this.hook;
			assertThat(hook.calls).containsExactly("before INSERT 2", "after INSERT 2", "committed INSERT 2");
			assertThat(hook.befores.get(0).rows()).extracting(PendingRow::before).containsOnlyNulls();
			assertThat(hook.befores.get(0).rows()).extracting((row) -> row.values().json())
				.containsExactly("{\"name\":\"d\",\"credit\":1.50}", "{\"name\":\"e\",\"credit\":null}");
			assertThat(hook.images())
				.isEqualTo("null -> {\"id\":4,\"name\":\"d\",\"status\":\"new\",\"credit\":1.50,\"shouted\":\"D\"}; "
						+ "null -> {\"id\":5,\"name\":\"e\",\"status\":\"new\",\"shouted\":\"E\"}");
			assertThat(hook.commits).isEqualTo(hook.afters);
			assertThat(hook.befores.get(0).caller()).isEqualTo(Rig.CALLER);
			assertThat(hook.befores.get(0).relation().name()).isEqualTo(Rig.name("customer"));
			assertThat(hook.befores.get(0).dryRun()).isFalse();
		}

		@Test
		void updateTellsEachRowBeforeAndAfter() {
			String answer = WriteHooksIntegrationTests.this.rig.update("customer", "id=in.(1,2)&select=id,status",
					"{\"status\":\"vip\"}");
			assertThat(answer).isEqualTo("[{\"id\":1,\"status\":\"vip\"},{\"id\":2,\"status\":\"vip\"}]");
			RecordingHook hook = WriteHooksIntegrationTests.this.hook;
			assertThat(hook.calls).containsExactly("before UPDATE 2", "after UPDATE 2", "committed UPDATE 2");
			assertThat(hook.befores.get(0).rows()).extracting((row) -> row.values().json())
				.containsExactly("{\"status\":\"vip\"}", "{\"status\":\"vip\"}");
			assertThat(hook.images())
				.isEqualTo("{\"id\":1,\"email\":\"a@x\",\"name\":\"a\",\"status\":\"new\",\"shouted\":\"A\"} -> "
						+ "{\"id\":1,\"email\":\"a@x\",\"name\":\"a\",\"status\":\"vip\",\"shouted\":\"A\"}; "
						+ "{\"id\":2,\"email\":\"b@x\",\"name\":\"b\",\"status\":\"new\",\"shouted\":\"B\"} -> "
						+ "{\"id\":2,\"email\":\"b@x\",\"name\":\"b\",\"status\":\"vip\",\"shouted\":\"B\"}");
		}

		@Test
		void deleteTellsWhatWasThere() {
			assertThat(WriteHooksIntegrationTests.this.rig.delete("customer", "id=gt.1&select=name",
					WriteOptions.DEFAULTS))
				.isEqualTo("[{\"name\":\"b\"},{\"name\":\"c\"}]");
			RecordingHook hook = WriteHooksIntegrationTests.this.hook;
			assertThat(hook.calls).containsExactly("before DELETE 2", "after DELETE 2", "committed DELETE 2");
			assertThat(hook.befores.get(0).rows()).extracting((row) -> row.values().json()).containsOnly("{}");
			assertThat(hook.images())
				.isEqualTo("{\"id\":2,\"email\":\"b@x\",\"name\":\"b\",\"status\":\"new\",\"shouted\":\"B\"} -> null; "
						+ "{\"id\":3,\"email\":\"c@x\",\"name\":\"c\",\"status\":\"new\",\"shouted\":\"C\"} -> null");
			assertThat(names()).isEqualTo("a/new");
		}

		@Test
		void upsertTellsRowsApart() {
			Written written = upsert("[{\"email\":\"a@x\",\"name\":\"A\"},{\"email\":\"z@x\",\"name\":\"Z\"},"
					+ "{\"email\":\"b@x\",\"name\":\"B\"}]", Duplicates.Resolution.MERGE);
			assertThat(written.page().json())
				.isEqualTo("[{\"id\":1,\"name\":\"A\"},{\"id\":5,\"name\":\"Z\"},{\"id\":2,\"name\":\"B\"}]");
			assertThat(written.created()).isTrue();
			RecordingHook hook = WriteHooksIntegrationTests.this.hook;
			assertThat(hook.calls).containsExactly("before INSERT 1", "before UPDATE 2", "after INSERT 1",
					"after UPDATE 2", "committed INSERT 1", "committed UPDATE 2");
			assertThat(hook.images())
				.isEqualTo("{\"id\":1,\"email\":\"a@x\",\"name\":\"a\",\"status\":\"new\",\"shouted\":\"A\"} -> "
						+ "{\"id\":1,\"email\":\"a@x\",\"name\":\"A\",\"status\":\"new\",\"shouted\":\"A\"}; "
						+ "{\"id\":2,\"email\":\"b@x\",\"name\":\"b\",\"status\":\"new\",\"shouted\":\"B\"} -> "
						+ "{\"id\":2,\"email\":\"b@x\",\"name\":\"B\",\"status\":\"new\",\"shouted\":\"B\"}");
		}

		@Test
		void ignoredRowsAreNotWritten() {
			Written written = upsert("[{\"email\":\"a@x\",\"name\":\"A\"},{\"email\":\"z@x\",\"name\":\"Z\"}]",
					Duplicates.Resolution.IGNORE);
			assertThat(written.page().rows()).hasSize(1);
			assertThat(WriteHooksIntegrationTests.this.hook.calls).containsExactly("before INSERT 1", "after INSERT 1",
					"committed INSERT 1");
			assertThat(names()).isEqualTo("a/new,b/new,c/new,Z/new");
		}

		@Test
		void keyOfAnUpsertStaysWhatItIs() {
			WriteHooksIntegrationTests.this.hook.before = (write) -> assertThatIllegalArgumentException()
				.isThrownBy(() -> write.rows().get(0).set("email", "other"))
				.withMessageContaining("'email'");
			upsert("{\"email\":\"a@x\",\"name\":\"A\"}", Duplicates.Resolution.MERGE);
			assertThat(names()).isEqualTo("A/new,b/new,c/new");
		}

		@Test
		void replacementIsAnInsertOrAnUpdate() {
			RelationWriter writer = WriteHooksIntegrationTests.this.rig.writer();
			assertThat(writer
				.replace(Rig.CALLER, Rig.name("customer"), Payload.of("{\"id\":1,\"name\":\"A\"}"),
						Rig.query("id=eq.1"), WriteOptions.DEFAULTS)
				.created()).isFalse();
			assertThat(writer
				.replace(Rig.CALLER, Rig.name("customer"), Payload.of("{\"id\":9,\"name\":\"N\"}"),
						Rig.query("id=eq.9"), WriteOptions.DEFAULTS)
				.created()).isTrue();
			assertThat(WriteHooksIntegrationTests.this.hook.calls).containsExactly("before UPDATE 1", "after UPDATE 1",
					"committed UPDATE 1", "before INSERT 1", "after INSERT 1", "committed INSERT 1");
		}

		@Test
		void bulkEditIsOneCall() {
			WriteHooksIntegrationTests.this.rig.update("customer", "",
					"[{\"id\":3,\"status\":\"x\"},{\"id\":1,\"name\":\"A\"}]");
			RecordingHook hook = WriteHooksIntegrationTests.this.hook;
			assertThat(hook.calls).containsExactly("before UPDATE 2", "after UPDATE 2", "committed UPDATE 2");
			assertThat(hook.befores.get(0).rows()).extracting((row) -> row.before().text("name"))
				.containsExactly("c", "a");
			assertThat(hook.afters.get(0).rows()).extracting((row) -> row.after().text("name"))
				.containsExactly("c", "A");
		}

		@Test
		void nothingIsCalledForNoRows() {
			Rig rig = WriteHooksIntegrationTests.this.rig;
			rig.insert("customer", "[]");
			rig.update("customer", "id=eq.99", "{\"name\":\"x\"}");
			rig.update("customer", "id=eq.1", "{}");
			rig.delete("customer", "id=eq.99", WriteOptions.DEFAULTS);
			assertThat(WriteHooksIntegrationTests.this.hook.calls).isEmpty();
		}

		@Test
		void hooksAreForTheirRelationsAndOperations() {
			RecordingHook ofLog = new RecordingHook() {

				@Override
				public Set<RelationName> relations() {
					return Set.of(Rig.name("log"));
				}

				@Override
				public Set<Operation> operations() {
					return Set.of(Operation.DELETE);
				}

			};
			Rig rig = rig(new PrivilegeAccessPolicy(false), ofLog);
			rig.insert("log", "{\"line\":\"x\"}");
			rig.delete("customer", "id=eq.1", WriteOptions.DEFAULTS);
			assertThat(ofLog.calls).isEmpty();
			rig.delete("log", "id=eq.1", WriteOptions.DEFAULTS);
			assertThat(ofLog.calls).containsExactly("before DELETE 1", "after DELETE 1", "committed DELETE 1");
		}

		@Test
		void tenThousandRowsAreOneCall() {
			String rows = IntStream.range(0, 10_000)
				.mapToObj((i) -> "{\"id\":%d,\"name\":\"n%d\"}".formatted(i + 100, i))
				.collect(Collectors.joining(",", "[", "]"));
			RecordingHook hook = WriteHooksIntegrationTests.this.hook;
			hook.before = (write) -> write.rows().forEach((row) -> row.set("status", "s" + row.values().text("id")));
			WriteHooksIntegrationTests.this.rig.insert("customer", rows);
			hook.before = (write) -> assertThat(write.rows().get(9_999).before().text("status")).isEqualTo("s10099");
			WriteHooksIntegrationTests.this.rig.update("customer", "id=gte.100", "{\"credit\":1}");
			WriteHooksIntegrationTests.this.rig.delete("customer", "id=gte.100", WriteOptions.DEFAULTS);
			assertThat(hook.befores).extracting((write) -> write.rows().size()).containsExactly(10_000, 10_000, 10_000);
			assertThat(hook.afters).extracting((write) -> write.rows().size()).containsExactly(10_000, 10_000, 10_000);
			assertThat(hook.afters.get(0).rows().get(9_999).after().text("status")).isEqualTo("s10099");
			assertThat(names()).isEqualTo("a/new,b/new,c/new");
		}

		private Written upsert(String body, Duplicates.Resolution resolution) {
			return WriteHooksIntegrationTests.this.rig.writer()
				.insert(Rig.CALLER, Rig.name("customer"), Payload.of(body),
						new Duplicates(resolution, List.of("email")), Rig.query("select=id,name"),
						WriteOptions.DEFAULTS);
		}

	}

	@Nested
	class ChangeTests {

		@Test
		void hookChangesValuesRowByRow() {
			WriteHooksIntegrationTests.this.hook.before = (write) -> write.rows().forEach((row) -> {
				row.set("name", row.values().text("name").strip());
				if (row.values().text("name").equals("e")) {
					row.set("status", "special");
					row.remove("credit");
				}
			});
			assertThat(WriteHooksIntegrationTests.this.rig.writer()
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
			WriteHooksIntegrationTests.this.hook.before = (write) -> write.rows().forEach((row) -> {
				if (row.before().text("name").equals("b")) {
					row.remove("status");
					row.set("credit", new BigDecimal("12345678901234567890.123456789"));
				}
			});
			assertThat(WriteHooksIntegrationTests.this.rig.update("customer", "id=gt.0&select=name,status,credit",
					"{\"status\":\"x\"}"))
				.isEqualTo("[{\"name\":\"a\",\"status\":\"x\",\"credit\":null},"
						+ "{\"name\":\"b\",\"status\":\"new\",\"credit\":12345678901234567890.123456789},"
						+ "{\"name\":\"c\",\"status\":\"x\",\"credit\":null}]");
		}

		@Test
		void rowOfWhichNothingIsLeftStaysAsItIs() {
			WriteHooksIntegrationTests.this.hook.before = (write) -> write.rows().get(0).remove("status");
			assertThat(
					WriteHooksIntegrationTests.this.rig.update("customer", "id=lt.3&select=name", "{\"status\":\"x\"}"))
				.isEqualTo("[{\"name\":\"b\"}]");
			assertThat(WriteHooksIntegrationTests.this.hook.calls).contains("before UPDATE 2", "after UPDATE 1");
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
			assertThat(limited.update("customer", "id=eq.1", "{\"name\":\"A\"}"))
				.isEqualTo("[{\"id\":1,\"name\":\"A\"}]");
			assertThat(hook.images()).contains("\"secret\":\"s3cret\"");
			assertThat(WriteHooksIntegrationTests.this.jdbc.sql("SELECT count(*) FROM customer WHERE secret = 's3cret'")
				.query(Integer.class)
				.single()).isEqualTo(2);
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
			assertThat(Rig.problem(() -> ruled.update("customer", "id=eq.1", "{\"name\":\"d\"}")).status())
				.isEqualTo(403);
			assertThat(hook.afters).isEmpty();
			database.execute("UPDATE customer SET status = 'hidden' WHERE id = 1");
			hook.before = (write) -> write.rows().forEach((row) -> row.set("status", "shown"));
			assertThat(ruled.update("customer", "id=eq.1", "{\"name\":\"d\"}")).isEqualTo("[]");
			assertThat(names()).isEqualTo("a/hidden,b/new,c/new");
			Problem problem = Rig.problem(() -> ruled.writer()
				.insert(Rig.CALLER, Rig.name("customer"), Payload.of("{\"email\":\"a@x\",\"name\":\"A\"}"),
						new Duplicates(Duplicates.Resolution.MERGE, List.of("email")), Query.ALL,
						WriteOptions.DEFAULTS));
			assertThat(problem.status()).isEqualTo(403);
			assertThat(hook.befores).hasSize(2);
		}

		@Test
		void columnsAndMissingDefaultsGoTogetherWithHooks() {
			RecordingHook hook = WriteHooksIntegrationTests.this.hook;
			hook.before = (write) -> write.rows().forEach((row) -> row.set("credit", 7));
			RelationWriter writer = WriteHooksIntegrationTests.this.rig.writer();
			String body = "[{\"name\":\"d\",\"status\":\"x\",\"other\":1},{\"name\":\"e\"}]";
			Query query = Rig.query("select=name,status,credit");
			assertThat(writer
				.insert(Rig.CALLER, Rig.name("customer"), new Payload(body, List.of("name", "status"), true), null,
						query, WriteOptions.DEFAULTS)
				.page()
				.json())
				.isEqualTo("[{\"name\":\"d\",\"status\":\"x\",\"credit\":7},"
						+ "{\"name\":\"e\",\"status\":\"new\",\"credit\":7}]");
			assertThat(hook.befores.get(0).rows()).extracting((row) -> row.values().columns())
				.containsExactly(Set.of("name", "status", "credit"), Set.of("name", "credit"));
			assertThat(writer
				.update(Rig.CALLER, Rig.name("customer"),
						new Payload("{\"name\":\"D\"}", List.of("name", "status"), true),
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
			WriteHooksIntegrationTests.this.hook.before = (write) -> {
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
			WriteHooksIntegrationTests.this.rig.insert("customer", "{\"name\":\"d\",\"credit\":5}");
			RowImage image = WriteHooksIntegrationTests.this.hook.afters.get(0).rows().get(0).after();
			assertThat(image.text("email")).isEqualTo(uuid.toString());
			assertThat(image.text("status")).isEqualTo("2026-11-21");
			assertThat(image.number("balance")).isEqualTo("1000.0000000000");
			assertThat(image.text("score")).isEqualTo("NaN");
			assertThat(image.value("tags")).isEqualTo(List.of("a,b", "\"q\""));
			assertThat(image.value("meta")).isEqualTo(
					Map.of("n", new BigInteger("12345678901234567890"), "x", List.of(true, new BigDecimal("1.5"))));
			assertThat(image.text("secret")).isEqualTo("INSERT");
			assertThat(image.value("credit")).isNull();
			assertThat(image.has("credit")).isTrue();
			assertThat(image.has("none")).isFalse();
		}

		@Test
		void mistakesOfAHookAreTold() {
			WriteHooksIntegrationTests.this.hook.before = (write) -> {
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
			WriteHooksIntegrationTests.this.rig.insert("customer", "{\"name\":\"d\"}");
			WriteHooksIntegrationTests.this.rig.delete("customer", "id=eq.4", WriteOptions.DEFAULTS);
			assertThat(WriteHooksIntegrationTests.this.hook.afters).hasSize(2);
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

	@Nested
	class VetoTests {

		@Test
		void everythingThatIsRefusedIsTold() {
			WriteHooksIntegrationTests.this.hook.before = (write) -> {
				write.rows().get(0).reject("name", "Choose a longer name");
				write.rows().get(2).reject("credit", "Too much");
				write.rows().get(2).reject("Not this one");
			};
			VetoedException ex = catchThrowableOfType(VetoedException.class, () -> WriteHooksIntegrationTests.this.rig
				.insert("customer", "[{\"name\":\"d\"},{\"name\":\"e\"},{\"name\":\"f\"}]"));
			assertThat(ex.problem().status()).isEqualTo(422);
			assertThat(ex.problem().code()).isEqualTo("ORIEL422");
			assertThat(ex.problem().message()).isEqualTo("Choose a longer name");
			assertThat(ex.problem().column()).isEqualTo("name");
			assertThat(ex.problem().violation().path()).isEqualTo("[0].name");
			assertThat(ex.errors()).containsExactly(new FieldError("[0].name", "name", "Choose a longer name"),
					new FieldError("[2].credit", "credit", "Too much"), new FieldError("[2]", null, "Not this one"));
			assertThat(names()).isEqualTo("a/new,b/new,c/new");
			assertThat(WriteHooksIntegrationTests.this.hook.calls).containsExactly("before INSERT 3");
		}

		@ParameterizedTest
		@ValueSource(booleans = { true, false })
		void exceptionRefusesEverything(boolean before) {
			VetoException veto = new VetoException("name", "Not on Saturdays");
			if (before) {
				WriteHooksIntegrationTests.this.hook.before = (write) -> {
					throw veto;
				};
			}
			else {
				WriteHooksIntegrationTests.this.hook.after = (write) -> {
					throw veto;
				};
			}
			Problem problem = Rig
				.problem(() -> WriteHooksIntegrationTests.this.rig.update("customer", "id=gt.0", "{\"name\":\"x\"}"));
			assertThat(problem.status()).isEqualTo(422);
			assertThat(problem.message()).isEqualTo("Not on Saturdays");
			assertThat(problem.column()).isEqualTo("name");
			assertThat(problem.violation().path()).isNull();
			assertThat(names()).isEqualTo("a/new,b/new,c/new");
			assertThat(WriteHooksIntegrationTests.this.hook.commits).isEmpty();
		}

		@Test
		void equalRefusalsOfRowsOfAFilterAreTold() {
			WriteHooksIntegrationTests.this.hook.before = (write) -> write.rows()
				.forEach((row) -> row.reject("status", "No"));
			VetoedException ex = catchThrowableOfType(VetoedException.class,
					() -> WriteHooksIntegrationTests.this.rig.update("customer", "id=gt.0", "{\"status\":\"x\"}"));
			assertThat(ex.errors()).containsExactly(new FieldError(null, "status", "No"));
		}

		@Test
		void columnThatTheCallerDoesNotKnowIsNotNamed() {
			AccessPolicy policy = (caller, relation) -> {
				RelationAccess all = new PrivilegeAccessPolicy(false).decide(caller, relation);
				return new RelationAccess(all.operations(), Set.of("id", "name"), Set.of("name"), Set.of("name"),
						Filter.NONE);
			};
			RecordingHook hook = new RecordingHook();
			hook.before = (write) -> write.rows().get(0).reject("secret", "No");
			Problem problem = Rig.problem(() -> rig(policy, hook).insert("customer", "[{\"name\":\"d\"}]"));
			assertThat(problem.column()).isNull();
			assertThat(problem.violation()).isNull();
		}

		@Test
		void hooksBehindARefusalAreNotCalled() {
			RecordingHook second = new RecordingHook();
			WriteHooksIntegrationTests.this.hook.before = (write) -> write.rows().get(0).reject("No");
			Rig rig = rig(new PrivilegeAccessPolicy(false), WriteHooksIntegrationTests.this.hook, second);
			assertThat(Rig.problem(() -> rig.insert("customer", "{\"name\":\"d\"}")).message()).isEqualTo("No");
			assertThat(second.calls).isEmpty();
		}

		@Test
		void failureOfAHookTellsNothing(CapturedOutput output) {
			WriteHooksIntegrationTests.this.hook.after = (write) -> {
				throw new IllegalStateException("SELECT secrets");
			};
			Problem problem = Rig.problem(
					() -> WriteHooksIntegrationTests.this.rig.delete("customer", "id=eq.1", WriteOptions.DEFAULTS));
			assertThat(problem.status()).isEqualTo(500);
			assertThat(problem.code()).isEqualTo("ORIEL500");
			assertThat(problem.toString()).doesNotContain("secrets");
			assertThat(output).contains(RecordingHook.class.getName(), "SELECT secrets");
			assertThat(names()).isEqualTo("a/new,b/new,c/new");
		}

	}

	@Nested
	class TransactionTests {

		@Test
		void codeOfAHookTakesPart() {
			RecordingHook hook = WriteHooksIntegrationTests.this.hook;
			hook.before = (write) -> log("before " + names());
			hook.after = (write) -> log("after " + names());
			WriteHooksIntegrationTests.this.rig.update("customer", "id=eq.1", "{\"status\":\"x\"}");
			assertThat(log()).containsExactly("before a/new,b/new,c/new", "after a/x,b/new,c/new");
			hook.after = (write) -> {
				log("undone");
				throw new VetoException("No");
			};
			assertThat(Rig
				.problem(() -> WriteHooksIntegrationTests.this.rig.update("customer", "id=eq.1", "{\"status\":\"y\"}"))
				.status()).isEqualTo(422);
			assertThat(log()).hasSize(2);
			assertThat(names()).isEqualTo("a/x,b/new,c/new");
		}

		@Test
		void commitIsFollowedUpWhenTheConnectionIsBack(CapturedOutput output) {
			WriteHooksIntegrationTests.this.hook.afterCommit = (write) -> {
				assertThat(TransactionSynchronizationManager.getResourceMap()).isEmpty();
				log("kept " + names());
				throw new IllegalStateException("too late");
			};
			WriteHooksIntegrationTests.this.rig.update("customer", "id=eq.1", "{\"status\":\"x\"}");
			assertThat(log()).containsExactly("kept a/x,b/new,c/new");
			assertThat(output).contains("too late", RecordingHook.class.getName());
		}

		@Test
		void dryRunCallsHooksButNeverAfterACommit() {
			RecordingHook hook = WriteHooksIntegrationTests.this.hook;
			hook.before = (write) -> log("tried");
			WriteHooksIntegrationTests.this.rig.insert("customer", "{\"name\":\"d\"}", DRY_RUN);
			assertThat(hook.calls).containsExactly("before INSERT 1", "after INSERT 1");
			assertThat(hook.befores.get(0).dryRun()).isTrue();
			assertThat(log()).isEmpty();
		}

		@Test
		void failureAfterTheHooksIsNotFollowedUp() {
			assertThat(Rig
				.problem(() -> WriteHooksIntegrationTests.this.rig.insert("customer",
						"[{\"email\":\"q\",\"name\":\"d\"},{\"email\":\"a@x\",\"name\":\"e\"}]"))
				.code()).isEqualTo("23505");
			assertThat(
					Rig.problem(() -> WriteHooksIntegrationTests.this.rig.delete("customer", "id=gt.0", Rig.atMost(2)))
						.code())
				.isEqualTo("PGRST124");
			assertThat(WriteHooksIntegrationTests.this.hook.calls).containsExactly("before INSERT 2");
		}

		@Test
		void hookOfAHookTakesPartToo() {
			RelationWriter joining = joining();
			RecordingHook hook = WriteHooksIntegrationTests.this.hook;
			hook.after = (write) -> {
				if (write.relation().name().equals(Rig.name("customer"))) {
					joining.insert(Rig.CALLER, Rig.name("log"), "[{\"line\":\"one\"},{\"line\":\"two\"}]", Query.ALL,
							WriteOptions.DEFAULTS);
				}
			};
			WriteHooksIntegrationTests.this.rig.delete("customer", "id=eq.1", WriteOptions.DEFAULTS);
			assertThat(log()).containsExactly("one", "two");
			assertThat(hook.calls).containsExactly("before DELETE 1", "after DELETE 1", "before INSERT 2",
					"after INSERT 2", "committed INSERT 2", "committed DELETE 1");
			hook.calls.clear();
			WriteHooksIntegrationTests.this.rig.delete("customer", "id=eq.2", DRY_RUN);
			assertThat(hook.calls).containsExactly("before DELETE 1", "after DELETE 1", "before INSERT 2",
					"after INSERT 2");
			assertThat(log()).hasSize(2);
		}

		@Test
		void upsertsOfAHookAreNotCountedForTheCaller() {
			RelationWriter joining = joining();
			RecordingHook hook = WriteHooksIntegrationTests.this.hook;
			hook.before = (write) -> {
				if (write.rows().get(0).values().has("email")) {
					joining.insert(Rig.CALLER, Rig.name("customer"),
							Payload.of("[{\"id\":2,\"name\":\"B\"},{\"id\":3,\"name\":\"C\"}]"),
							new Duplicates(Duplicates.Resolution.MERGE, null), Query.ALL, WriteOptions.DEFAULTS);
				}
			};
			Written written = WriteHooksIntegrationTests.this.rig.writer()
				.insert(Rig.CALLER, Rig.name("customer"), Payload.of("{\"email\":\"n@x\",\"name\":\"n\"}"),
						new Duplicates(Duplicates.Resolution.MERGE, List.of("email")), Query.ALL,
						WriteOptions.DEFAULTS);
			assertThat(written.created()).isTrue();
			assertThat(hook.calls).contains("after INSERT 1");
		}

		@Test
		void endlessRecursionEnds(CapturedOutput output) {
			RelationWriter joining = joining();
			WriteHooksIntegrationTests.this.hook.after = (write) -> joining.insert(Rig.CALLER, Rig.name("log"),
					"{\"line\":\"again\"}", Query.ALL, WriteOptions.DEFAULTS);
			Problem problem = Rig
				.problem(() -> WriteHooksIntegrationTests.this.rig.insert("log", "{\"line\":\"first\"}"));
			assertThat(problem.status()).isEqualTo(500);
			assertThat(output).containsOnlyOnce("Hooks call each other 17 deep");
			assertThat(log()).isEmpty();
			WriteHooksIntegrationTests.this.hook.after = (write) -> {
			};
			WriteHooksIntegrationTests.this.rig.insert("log", "{\"line\":\"works again\"}");
			assertThat(log()).containsExactly("works again");
		}

		@Test
		void refusalOfAHookOnWhatAHookWritesIsTold() {
			RelationWriter joining = joining();
			WriteHooksIntegrationTests.this.hook.before = (write) -> {
				if (write.relation().name().equals(Rig.name("log"))) {
					write.rows().get(0).reject("line", "No more lines");
					return;
				}
				joining.insert(Rig.CALLER, Rig.name("log"), "[{\"line\":\"x\"}]", Query.ALL, WriteOptions.DEFAULTS);
			};
			VetoedException ex = catchThrowableOfType(VetoedException.class,
					() -> WriteHooksIntegrationTests.this.rig.insert("customer", "{\"name\":\"d\"}"));
			assertThat(ex.problem().status()).isNotEqualTo(500);
			assertThat(ex.errors()).containsExactly(new FieldError(null, null, "No more lines"));
		}

		@Test
		void rowsThatAHookDeletesAreNotWritten() {
			WriteHooksIntegrationTests.this.hook.before = (
					write) -> WriteHooksIntegrationTests.this.jdbc.sql("DELETE FROM customer WHERE id = 1").update();
			assertThat(WriteHooksIntegrationTests.this.rig.update("customer", "id=in.(1,2)&select=id",
					"{\"status\":\"x\"}"))
				.isEqualTo("[{\"id\":2}]");
			assertThat(WriteHooksIntegrationTests.this.hook.calls).contains("after UPDATE 1");
		}

		@Test
		void rowsThatAHookChangesItselfKeepTheirVersionForTheCaller() {
			Rig rig = WriteHooksIntegrationTests.this.rig;
			WriteHooksIntegrationTests.this.hook.before = (
					write) -> WriteHooksIntegrationTests.this.jdbc.sql("UPDATE customer SET credit = 1").update();
			rig.update("customer", "id=eq.1", "{\"status\":\"x\"}", Rig.expecting(rig.version("customer", "id=eq.1")));
			rig.writer()
				.replace(Rig.CALLER, Rig.name("customer"), Payload.of("{\"id\":2,\"name\":\"B\"}"),
						Rig.query("id=eq.2"), Rig.expecting(rig.version("customer", "id=eq.2")));
			rig.delete("customer", "id=eq.3", Rig.expecting(rig.version("customer", "id=eq.3")));
			assertThat(names()).isEqualTo("a/x,B/new");
		}

		@Test
		void staleRowsAreFoundBeforeAnyHook() {
			Rig rig = WriteHooksIntegrationTests.this.rig;
			StaleRowException ex = catchThrowableOfType(StaleRowException.class,
					() -> rig.update("customer", "id=eq.1", "{\"status\":\"x\"}", Rig.expecting("1")));
			assertThat(ex.current().json()).contains("\"name\":\"a\"", "\"_version\"");
			assertThat(ex.rows()).isEmpty();
			assertThat(catchThrowableOfType(StaleRowException.class,
					() -> rig.writer()
						.replace(Rig.CALLER, Rig.name("customer"), Payload.of("{\"id\":2,\"name\":\"B\"}"),
								Rig.query("id=eq.2"), Rig.expecting("1")))
				.current()
				.json()).contains("\"name\":\"b\"");
			assertThat(catchThrowableOfType(StaleRowException.class,
					() -> rig.delete("customer", "id=eq.99", Rig.expecting("1")))
				.current()).isNull();
			assertThat(Rig.problem(() -> rig.delete("customer", "id=gt.1", Rig.expecting("1"))).code())
				.isEqualTo("ORIEL400");
			assertThat(WriteHooksIntegrationTests.this.hook.calls).isEmpty();
		}

	}

	@Nested
	class RelationTests {

		@Test
		void rowsWithoutAKeyAreToldApart() {
			Rig rig = WriteHooksIntegrationTests.this.rig;
			WriteHooksIntegrationTests.this.hook.before = (write) -> {
				for (int i = 0; i < write.rows().size(); i++) {
					if (write.operation() == Operation.UPDATE) {
						write.rows().get(i).set("b", "row " + i);
					}
				}
			};
			assertThat(rig.update("keyless", "a=eq.1", "{\"a\":5}"))
				.isEqualTo("[{\"a\":5,\"b\":\"row 0\"},{\"a\":5,\"b\":\"row 1\"}]");
			assertThat(rig.delete("keyless", "b=eq.row 0", WriteOptions.DEFAULTS))
				.isEqualTo("[{\"a\":5,\"b\":\"row 0\"}]");
		}

		@Test
		void viewsHaveHooksToo() {
			Rig rig = WriteHooksIntegrationTests.this.rig;
			assertThat(rig.update("customer_view", "id=eq.1", "{\"status\":\"x\"}")).contains("\"status\":\"x\"");
			assertThat(rig.update("keyless_view", "a=eq.2", "{\"b\":\"z\"}")).isEqualTo("[{\"a\":2,\"b\":\"z\"}]");
			assertThat(rig.delete("keyless_view", "a=eq.2", WriteOptions.DEFAULTS))
				.isEqualTo("[{\"a\":2,\"b\":\"z\"}]");
			assertThat(rig.update("summary", "status=eq.new", "{\"status\":\"old\"}"))
				.isEqualTo("[{\"status\":\"old\",\"customers\":2}]");
			assertThat(WriteHooksIntegrationTests.this.hook.afters).hasSize(4);
			WriteHooksIntegrationTests.this.hook.before = (write) -> database
				.execute("UPDATE customer SET status = 'raced' WHERE id = 2");
			Problem problem = Rig.problem(() -> rig.update("customer_view", "id=eq.2", "{\"name\":\"x\"}"));
			assertThat(problem.status()).isEqualTo(409);
		}

		@Test
		void partsOfATableAreFoundInTheirPlaces() {
			Rig rig = WriteHooksIntegrationTests.this.rig;
			assertThat(rig.update("measured", "id=eq.1", "{\"v\":\"x\"}")).isEqualTo(
					"[{\"id\":1,\"at\":\"2010-01-01\",\"v\":\"x\"},{\"id\":1,\"at\":\"2030-01-01\",\"v\":\"x\"}]");
			assertThat(rig.update("measured", "at=eq.2010-01-01", "{\"at\":\"2031-01-01\"}")).contains("2031");
			assertThat(WriteHooksIntegrationTests.this.hook.images()).contains("2010-01-01", "2031-01-01");
		}

		@Test
		void namesOfColumnsDoNotClash() {
			Rig rig = WriteHooksIntegrationTests.this.rig;
			WriteHooksIntegrationTests.this.hook.before = (write) -> write.rows()
				.forEach((row) -> row.set("a \"b\" c", "set"));
			rig.insert("odd", "{\"id\":1,\"k\":\"k\",\"e\":\"e\",\"n\":1,\"s\":\"s\",\"v\":\"v\"}");
			assertThat(
					rig.update("odd", "id=eq.1", "{\"id\":2,\"k\":\"K\",\"e\":\"E\",\"n\":2,\"s\":\"S\",\"v\":\"V\"}"))
				.isEqualTo(
						"[{\"id\":2,\"k\":\"K\",\"e\":\"E\",\"n\":2,\"s\":\"S\",\"v\":\"V\",\"a \\\"b\\\" c\":\"set\"}]");
			assertThat(rig.update("odd", "",
					"[{\"id\":2,\"n\":3},{\"id\":2.0,\"n\":4}]".replace(",{\"id\":2.0,\"n\":4}", "")))
				.contains("\"n\":3");
		}

	}

}

package dev.oriel.admin.data;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.oriel.admin.access.Operation;
import dev.oriel.admin.access.PrivilegeAccessPolicy;
import dev.oriel.admin.extension.PendingRow;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.testing.RecordingHook;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for hooks around writes: when they are called, and with what.
 */
class WriteHookCallsIntegrationTests extends WriteHooksFixture {

	@Test
	void insertIsOneCallWithAllRows() {
		this.rig.insert("customer", "[{\"name\":\"d\",\"credit\":1.50},{\"name\":\"e\",\"credit\":null}]");
		RecordingHook hook = this.hook;
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
		String answer = this.rig.update("customer", "id=in.(1,2)&select=id,status", "{\"status\":\"vip\"}");
		assertThat(answer).isEqualTo("[{\"id\":1,\"status\":\"vip\"},{\"id\":2,\"status\":\"vip\"}]");
		RecordingHook hook = this.hook;
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
		assertThat(this.rig.delete("customer", "id=gt.1&select=name", WriteOptions.DEFAULTS))
			.isEqualTo("[{\"name\":\"b\"},{\"name\":\"c\"}]");
		RecordingHook hook = this.hook;
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
		RecordingHook hook = this.hook;
		assertThat(hook.calls).containsExactly("before INSERT 1", "before UPDATE 2", "after INSERT 1", "after UPDATE 2",
				"committed INSERT 1", "committed UPDATE 2");
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
		assertThat(this.hook.calls).containsExactly("before INSERT 1", "after INSERT 1", "committed INSERT 1");
		assertThat(names()).isEqualTo("a/new,b/new,c/new,Z/new");
	}

	@Test
	void keyOfAnUpsertStaysWhatItIs() {
		this.hook.before = (write) -> assertThatIllegalArgumentException()
			.isThrownBy(() -> write.rows().get(0).set("email", "other"))
			.withMessageContaining("'email'");
		upsert("{\"email\":\"a@x\",\"name\":\"A\"}", Duplicates.Resolution.MERGE);
		assertThat(names()).isEqualTo("A/new,b/new,c/new");
	}

	@Test
	void replacementIsAnInsertOrAnUpdate() {
		RelationWriter writer = this.rig.writer();
		assertThat(writer
			.replace(Rig.CALLER, Rig.name("customer"), Payload.of("{\"id\":1,\"name\":\"A\"}"), Rig.query("id=eq.1"),
					WriteOptions.DEFAULTS)
			.created()).isFalse();
		assertThat(writer
			.replace(Rig.CALLER, Rig.name("customer"), Payload.of("{\"id\":9,\"name\":\"N\"}"), Rig.query("id=eq.9"),
					WriteOptions.DEFAULTS)
			.created()).isTrue();
		assertThat(this.hook.calls).containsExactly("before UPDATE 1", "after UPDATE 1", "committed UPDATE 1",
				"before INSERT 1", "after INSERT 1", "committed INSERT 1");
	}

	@Test
	void bulkEditIsOneCall() {
		this.rig.update("customer", "", "[{\"id\":3,\"status\":\"x\"},{\"id\":1,\"name\":\"A\"}]");
		RecordingHook hook = this.hook;
		assertThat(hook.calls).containsExactly("before UPDATE 2", "after UPDATE 2", "committed UPDATE 2");
		assertThat(hook.befores.get(0).rows()).extracting((row) -> row.before().text("name")).containsExactly("c", "a");
		assertThat(hook.afters.get(0).rows()).extracting((row) -> row.after().text("name")).containsExactly("c", "A");
	}

	@Test
	void nothingIsCalledForNoRows() {
		Rig rig = this.rig;
		rig.insert("customer", "[]");
		rig.update("customer", "id=eq.99", "{\"name\":\"x\"}");
		rig.update("customer", "id=eq.1", "{}");
		rig.delete("customer", "id=eq.99", WriteOptions.DEFAULTS);
		assertThat(this.hook.calls).isEmpty();
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
		RecordingHook hook = this.hook;
		hook.before = (write) -> write.rows().forEach((row) -> row.set("status", "s" + row.values().text("id")));
		this.rig.insert("customer", rows);
		hook.before = (write) -> assertThat(write.rows().get(9_999).before().text("status")).isEqualTo("s10099");
		this.rig.update("customer", "id=gte.100", "{\"credit\":1}");
		this.rig.delete("customer", "id=gte.100", WriteOptions.DEFAULTS);
		assertThat(hook.befores).extracting((write) -> write.rows().size()).containsExactly(10_000, 10_000, 10_000);
		assertThat(hook.afters).extracting((write) -> write.rows().size()).containsExactly(10_000, 10_000, 10_000);
		assertThat(hook.afters.get(0).rows().get(9_999).after().text("status")).isEqualTo("s10099");
		assertThat(names()).isEqualTo("a/new,b/new,c/new");
	}

	private Written upsert(String body, Duplicates.Resolution resolution) {
		return this.rig.writer()
			.insert(Rig.CALLER, Rig.name("customer"), Payload.of(body), new Duplicates(resolution, List.of("email")),
					Rig.query("select=id,name"), WriteOptions.DEFAULTS);
	}

}

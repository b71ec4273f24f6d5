package dev.oriel.admin.data;

import java.util.List;

import dev.oriel.admin.extension.VetoException;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.sql.VersionMode;
import dev.oriel.admin.testing.RecordingHook;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for hooks around writes: what they do in the transaction, and after it.
 */
class WriteHookTransactionsIntegrationTests extends WriteHooksFixture {

	private static final WriteOptions DRY_RUN = new WriteOptions(VersionMode.NONE, null, null, false, true);

	@Test
	void codeOfAHookTakesPart() {
		RecordingHook hook = this.hook;
		hook.before = (write) -> log("before " + names());
		hook.after = (write) -> log("after " + names());
		this.rig.update("customer", "id=eq.1", "{\"status\":\"x\"}");
		assertThat(log()).containsExactly("before a/new,b/new,c/new", "after a/x,b/new,c/new");
		hook.after = (write) -> {
			log("undone");
			throw new VetoException("No");
		};
		assertThat(Rig.problem(() -> this.rig.update("customer", "id=eq.1", "{\"status\":\"y\"}")).status())
			.isEqualTo(422);
		assertThat(log()).hasSize(2);
		assertThat(names()).isEqualTo("a/x,b/new,c/new");
	}

	@Test
	void commitIsFollowedUpWhenTheConnectionIsBack(CapturedOutput output) {
		this.hook.afterCommit = (write) -> {
			assertThat(TransactionSynchronizationManager.getResourceMap()).isEmpty();
			log("kept " + names());
			throw new IllegalStateException("too late");
		};
		this.rig.update("customer", "id=eq.1", "{\"status\":\"x\"}");
		assertThat(log()).containsExactly("kept a/x,b/new,c/new");
		assertThat(output).contains("too late", RecordingHook.class.getName());
	}

	@Test
	void dryRunCallsHooksButNeverAfterACommit() {
		RecordingHook hook = this.hook;
		hook.before = (write) -> log("tried");
		this.rig.insert("customer", "{\"name\":\"d\"}", DRY_RUN);
		assertThat(hook.calls).containsExactly("before INSERT 1", "after INSERT 1");
		assertThat(hook.befores.get(0).dryRun()).isTrue();
		assertThat(log()).isEmpty();
	}

	@Test
	void failureAfterTheHooksIsNotFollowedUp() {
		assertThat(Rig
			.problem(() -> this.rig.insert("customer",
					"[{\"email\":\"q\",\"name\":\"d\"},{\"email\":\"a@x\",\"name\":\"e\"}]"))
			.code()).isEqualTo("23505");
		assertThat(Rig.problem(() -> this.rig.delete("customer", "id=gt.0", Rig.atMost(2))).code())
			.isEqualTo("PGRST124");
		assertThat(this.hook.calls).containsExactly("before INSERT 2");
	}

	@Test
	void hookOfAHookTakesPartToo() {
		RelationWriter joining = joining();
		RecordingHook hook = this.hook;
		hook.after = (write) -> {
			if (write.relation().name().equals(Rig.name("customer"))) {
				joining.insert(Rig.CALLER, Rig.name("log"), "[{\"line\":\"one\"},{\"line\":\"two\"}]", Query.ALL,
						WriteOptions.DEFAULTS);
			}
		};
		this.rig.delete("customer", "id=eq.1", WriteOptions.DEFAULTS);
		assertThat(log()).containsExactly("one", "two");
		assertThat(hook.calls).containsExactly("before DELETE 1", "after DELETE 1", "before INSERT 2", "after INSERT 2",
				"committed INSERT 2", "committed DELETE 1");
		hook.calls.clear();
		this.rig.delete("customer", "id=eq.2", DRY_RUN);
		assertThat(hook.calls).containsExactly("before DELETE 1", "after DELETE 1", "before INSERT 2",
				"after INSERT 2");
		assertThat(log()).hasSize(2);
	}

	@Test
	void upsertsOfAHookAreNotCountedForTheCaller() {
		RelationWriter joining = joining();
		RecordingHook hook = this.hook;
		hook.before = (write) -> {
			if (write.rows().get(0).values().has("email")) {
				joining.insert(Rig.CALLER, Rig.name("customer"),
						Payload.of("[{\"id\":2,\"name\":\"B\"},{\"id\":3,\"name\":\"C\"}]"),
						new Duplicates(Duplicates.Resolution.MERGE, null), Query.ALL, WriteOptions.DEFAULTS);
			}
		};
		Written written = this.rig.writer()
			.insert(Rig.CALLER, Rig.name("customer"), Payload.of("{\"email\":\"n@x\",\"name\":\"n\"}"),
					new Duplicates(Duplicates.Resolution.MERGE, List.of("email")), Query.ALL, WriteOptions.DEFAULTS);
		assertThat(written.created()).isTrue();
		assertThat(hook.calls).contains("after INSERT 1");
	}

	@Test
	void endlessRecursionEnds(CapturedOutput output) {
		RelationWriter joining = joining();
		this.hook.after = (write) -> joining.insert(Rig.CALLER, Rig.name("log"), "{\"line\":\"again\"}", Query.ALL,
				WriteOptions.DEFAULTS);
		Problem problem = Rig.problem(() -> this.rig.insert("log", "{\"line\":\"first\"}"));
		assertThat(problem.status()).isEqualTo(500);
		assertThat(output).containsOnlyOnce("Hooks call each other 17 deep");
		assertThat(log()).isEmpty();
		this.hook.after = (write) -> {
		};
		this.rig.insert("log", "{\"line\":\"works again\"}");
		assertThat(log()).containsExactly("works again");
	}

	@Test
	void refusalOfAHookOnWhatAHookWritesIsTold() {
		RelationWriter joining = joining();
		this.hook.before = (write) -> {
			if (write.relation().name().equals(Rig.name("log"))) {
				write.rows().get(0).reject("line", "No more lines");
				return;
			}
			joining.insert(Rig.CALLER, Rig.name("log"), "[{\"line\":\"x\"}]", Query.ALL, WriteOptions.DEFAULTS);
		};
		VetoedException ex = catchThrowableOfType(VetoedException.class,
				() -> this.rig.insert("customer", "{\"name\":\"d\"}"));
		assertThat(ex.problem().status()).isNotEqualTo(500);
		assertThat(ex.errors()).containsExactly(new FieldError(null, null, "No more lines"));
	}

	@Test
	void rowsThatAHookDeletesAreNotWritten() {
		this.hook.before = (write) -> this.jdbc.sql("DELETE FROM customer WHERE id = 1").update();
		assertThat(this.rig.update("customer", "id=in.(1,2)&select=id", "{\"status\":\"x\"}"))
			.isEqualTo("[{\"id\":2}]");
		assertThat(this.hook.calls).contains("after UPDATE 1");
	}

	@Test
	void rowsThatAHookChangesItselfKeepTheirVersionForTheCaller() {
		Rig rig = this.rig;
		this.hook.before = (write) -> this.jdbc.sql("UPDATE customer SET credit = 1").update();
		rig.update("customer", "id=eq.1", "{\"status\":\"x\"}", Rig.expecting(rig.version("customer", "id=eq.1")));
		rig.writer()
			.replace(Rig.CALLER, Rig.name("customer"), Payload.of("{\"id\":2,\"name\":\"B\"}"), Rig.query("id=eq.2"),
					Rig.expecting(rig.version("customer", "id=eq.2")));
		rig.delete("customer", "id=eq.3", Rig.expecting(rig.version("customer", "id=eq.3")));
		assertThat(names()).isEqualTo("a/x,B/new");
	}

	@Test
	void staleRowsAreFoundBeforeAnyHook() {
		Rig rig = this.rig;
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
		assertThat(this.hook.calls).isEmpty();
	}

	private List<String> log() {
		return this.jdbc.sql("SELECT line FROM log ORDER BY id").query(String.class).list();
	}

	private void log(String line) {
		this.jdbc.sql("INSERT INTO log (line) VALUES (?)").param(line).update();
	}

}

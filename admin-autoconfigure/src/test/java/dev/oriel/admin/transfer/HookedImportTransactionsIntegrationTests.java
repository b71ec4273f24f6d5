package dev.oriel.admin.transfer;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import dev.oriel.admin.data.Problem;
import dev.oriel.admin.extension.VetoException;
import dev.oriel.admin.testing.RecordingHook;
import dev.oriel.admin.transfer.ImportRig.Outcome;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for imports into relations with hooks: what is kept, undone and followed up.
 */
class HookedImportTransactionsIntegrationTests extends HookedImportFixture {

	@Test
	void batchesAreFollowedUpByThemselves() {
		this.hook.before = (write) -> write.rows()
			.stream()
			.filter((row) -> "5".equals(row.values().text("id")))
			.forEach((row) -> row.reject("Not the fifth"));
		Outcome outcome = this.rig.csv("item", "batch=2", "id,name\n1,a\n2,b\n3,c\n4,d\n5,e\n6,f\n");
		assertThat(outcome.counts()).isEqualTo("6 4 0 0 1");
		assertThat(outcome.state()).isEqualTo("rejected");
		assertThat(items()).isEqualTo("1|a|none; 2|b|none; 3|c|none; 4|d|none");
		assertThat(this.hook.calls).containsExactly("before INSERT 2", "after INSERT 2", "committed INSERT 2",
				"before INSERT 2", "after INSERT 2", "committed INSERT 2", "before INSERT 2", "before INSERT 1",
				"after INSERT 1");
	}

	@Test
	void dryRunCallsHooksButFollowsNothingUp() {
		this.hook.before = (write) -> {
			assertThat(write.dryRun()).isTrue();
			this.jdbc.update("INSERT INTO log VALUES ('dry')");
		};
		assertThat(this.rig.csv("item", "dry-run=true", "id,name\n1,a\n").counts()).isEqualTo("1 1 0 0 0");
		assertThat(items()).isEmpty();
		assertThat(log()).isEmpty();
		assertThat(this.hook.calls).containsExactly("before INSERT 1", "after INSERT 1");
	}

	@Test
	void whatAHookWritesIsKeptOrUndoneWithTheRows() {
		this.hook.before = (write) -> write.rows().forEach((row) -> {
			this.jdbc.update("INSERT INTO log VALUES (?)", "before " + row.values().text("id"));
			if ("bad".equals(row.values().text("name"))) {
				row.reject("Bad");
			}
		});
		this.hook.after = (write) -> write.rows()
			.forEach((row) -> this.jdbc.update("INSERT INTO log SELECT 'after ' || name FROM item WHERE id = ?",
					(row.after() != null) ? row.after().number("id").intValue() : 0));
		String file = "id,name,place_id\n1,a,1\n2,bad,1\n3,c,99\n4,d,2\n";
		assertThat(this.rig.csv("item", "on-rejected=skip", file).counts()).isEqualTo("4 2 0 0 2");
		assertThat(log()).containsExactlyInAnyOrder("before 1", "before 4", "after a", "after d");
		database.execute("TRUNCATE item, log");
		assertThat(this.rig.csv("item", "", file).state()).isEqualTo("rejected");
		assertThat(log()).isEmpty();
	}

	@Test
	void transactionsOfAHookThatRefusesARowDoNotUndoTheOthers() {
		TransactionTemplate transactional = new TransactionTemplate(new DataSourceTransactionManager(this.host));
		List<String> ends = new ArrayList<>();
		this.hook.before = (write) -> transactional.executeWithoutResult((status) -> {
			String ids = write.rows().stream().map((row) -> row.values().text("id")).collect(Collectors.joining("+"));
			TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

				@Override
				public void afterCompletion(int end) {
					ends.add(ids + ((end == STATUS_COMMITTED) ? " committed" : " undone"));
				}

			});
			if (write.rows().stream().anyMatch((row) -> "bad".equals(row.values().text("name")))) {
				throw new VetoException("name", "Bad");
			}
		});
		Outcome outcome = this.rig.csv("item", "on-rejected=skip", "id,name\n1,a\n2,bad\n3,c\n");
		assertThat(outcome.counts()).isEqualTo("3 2 0 0 1");
		assertThat(ends).containsExactly("1+2+3 undone", "2+3 undone", "2 undone", "1 committed", "3 committed");
	}

	@Test
	void hookThatWantsTheTransactionUndoneEndsTheImport() {
		TransactionTemplate transactional = new TransactionTemplate(new DataSourceTransactionManager(this.host));
		this.hook.before = (write) -> transactional.executeWithoutResult((status) -> status.setRollbackOnly());
		assertThat(this.rig.refused("item", "on-rejected=skip", "id,name\n1,a\n").code()).isEqualTo("40000");
		assertThat(items()).isEmpty();
	}

	@Test
	void failureOfAHookEndsTheImport(CapturedOutput output) {
		this.hook.before = (write) -> {
			if (write.rows().stream().anyMatch((row) -> "3".equals(row.values().text("id")))) {
				throw new IllegalStateException("A secret");
			}
		};
		String file = "id,name\n1,a\n2,b\n3,c\n";
		Problem problem = this.rig.refused("item", "on-rejected=skip", file);
		assertThat(problem.status()).isEqualTo(500);
		assertThat(problem.toString()).doesNotContain("secret");
		assertThat(output).contains("A secret").contains(RecordingHook.class.getName());
		assertThat(items()).isEmpty();
		assertThat(this.rig.refused("item", "on-rejected=skip&batch=2", file).hint()).contains("batches");
		assertThat(items()).isEqualTo("1|a|none; 2|b|none");
		assertThat(this.hook.calls).containsOnlyOnce("committed INSERT 2");
	}

	@Test
	void failureAfterTheCommitIsLoggedOnly(CapturedOutput output) {
		this.hook.afterCommit = (write) -> {
			throw new IllegalStateException("No mail today");
		};
		assertThat(this.rig.csv("item", "", "id,name\n1,a\n").state()).isEqualTo("done");
		assertThat(output).contains("No mail today");
		assertThat(items()).isEqualTo("1|a|none");
	}

	@Test
	void hookThatHidesAFailedStatementEndsTheImport() {
		this.hook.before = (write) -> {
			try {
				this.jdbc.update("INSERT INTO nowhere VALUES (1)");
			}
			catch (RuntimeException ex) {
				// As if nothing had happened.
			}
		};
		assertThat(this.rig.refused("item", "on-rejected=skip", "id,name\n1,a\n").code()).isEqualTo("25P02");
	}

	private List<String> log() {
		return this.jdbc.queryForList("SELECT line FROM log", String.class);
	}

}

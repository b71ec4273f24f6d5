package dev.oriel.admin.transfer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import dev.oriel.admin.access.Operation;
import dev.oriel.admin.data.Problem;
import dev.oriel.admin.extension.AfterWrite;
import dev.oriel.admin.extension.BeforeWrite;
import dev.oriel.admin.extension.PendingRow;
import dev.oriel.admin.extension.VetoException;
import dev.oriel.admin.extension.Write;
import dev.oriel.admin.extension.WriteHook;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.testing.PostgresDatabase;
import dev.oriel.admin.transfer.ImportRig.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for imports with hooks around their rows.
 */
@ExtendWith(OutputCaptureExtension.class)
class HookedImportIntegrationTests {

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create("dev/oriel/admin/transfer/import.sql");

	@TempDir
	Path directory;

	private final DataSource host = database.dataSource();

	private final JdbcTemplate jdbc = new JdbcTemplate(this.host);

	private final Recording hook = new Recording();

	private ImportRig rig;

	@BeforeEach
	void reset() {
		database.execute("TRUNCATE place, item, node, guarded, kinds RESTART IDENTITY CASCADE;"
				+ "INSERT INTO place VALUES (1, 'here'), (2, 'there');"
				+ "CREATE TABLE IF NOT EXISTS log (line text); TRUNCATE log");
		this.rig = ImportRig.of(database, this.directory, this.hook);
	}

	@AfterEach
	void nothingIsLeftOnTheThread() {
		assertThat(TransactionSynchronizationManager.getResourceMap()).isEmpty();
		assertThat(TransactionSynchronizationManager.isSynchronizationActive()).isFalse();
		this.rig.jobs().close();
		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void whatAHookMakesOfTheRowsIsWritten() {
		this.hook.before = (write) -> write.rows().forEach((row) -> {
			row.set("name", row.values().text("name") + "!");
			row.set("note", write.caller().name());
			row.set("price", 2.5);
			row.remove("day");
		});
		Outcome outcome = this.rig.csv("item", "", "id,name,place_id,day\n1,a,1,2020-01-01\n2,\"b,\",,\n");
		assertThat(outcome.counts()).isEqualTo("2 2 0 0 0");
		assertThat(items()).isEqualTo("1|a!|1|2.50|admin; 2|b,!|2.50|admin");
		assertThat(this.hook.calls).containsExactly("before INSERT 2", "after INSERT 2", "committed INSERT 2");
		assertThat(this.hook.images).containsExactly(
				"null -> {\"id\":1,\"name\":\"a!\",\"place_id\":1,\"price\":2.50,\"note\":\"admin\",\"doubled\":5.00}",
				"null -> {\"id\":2,\"name\":\"b,!\",\"price\":2.50,\"note\":\"admin\",\"doubled\":5.00}");
		assertThat(this.hook.committed).isEqualTo(this.hook.images);
	}

	@Test
	void valueThatARowNeedsMayComeFromAHook() {
		this.hook.before = (write) -> write.rows().forEach((row) -> {
			row.set("name", "from the hook");
			row.set("place_id", 2);
		});
		assertThat(this.rig.csv("item", "", "id,place_id\n1,99\n").counts()).isEqualTo("1 1 0 0 0");
		assertThat(items()).isEqualTo("1|from the hook|2|none");
	}

	@Test
	void hooksSeeAThousandRowsAtATime() {
		String file = "id,name\n"
				+ IntStream.rangeClosed(1, 2_500).mapToObj((i) -> i + ",n" + i + "\n").collect(Collectors.joining());
		assertThat(this.rig.csv("item", "", file).counts()).isEqualTo("2500 2500 0 0 0");
		assertThat(this.hook.calls).containsExactly("before INSERT 1000", "after INSERT 1000", "before INSERT 1000",
				"after INSERT 1000", "before INSERT 500", "after INSERT 500", "committed INSERT 1000",
				"committed INSERT 1000", "committed INSERT 500");
	}

	@Test
	void onlyTheRowsThatAHookRejectsStayOut() {
		this.hook.before = (write) -> write.rows()
			.stream()
			.filter((row) -> "bad".equals(row.values().text("name")))
			.forEach((row) -> {
				row.reject("name", "No such name");
				row.reject("Nor such a row");
			});
		String file = "id,name,place_id\n1,a,1\n2,bad,1\n3,c,99\n4,d,2\n5,bad,2\n";
		Outcome outcome = this.rig.csv("item", "on-rejected=skip", file);
		assertThat(outcome.counts()).isEqualTo("5 2 0 0 3");
		assertThat(items()).isEqualTo("1|a|1|none; 4|d|2|none");
		assertThat(outcome.rejected().lines()).contains("2,bad,1,3,name: No such name; Nor such a row",
				"5,bad,2,6,name: No such name; Nor such a row");
		assertThat(outcome.rejected()).contains("3,c,99,4,\"place_id: ");
		List<?> shown = (List<?>) outcome.job().details().get("problems");
		assertThat(shown).extracting("problem").extracting("code").contains("ORIEL422", "23503");
		assertThat(this.hook.committed).hasSize(2);
	}

	@Test
	void vetoOfAllRowsIsThatOfTheRowsItComesFrom() {
		this.hook.before = (write) -> write.rows()
			.stream()
			.filter((row) -> row.values().number("id").intValue() % 400 == 0)
			.findAny()
			.ifPresent((row) -> {
				throw new VetoException("id", "No hundreds");
			});
		this.hook.after = (write) -> write.rows().forEach((row) -> {
			if (row.after() != null && row.after().number("id").intValue() == 77) {
				throw new VetoException("Not 77");
			}
		});
		String file = "id,name\n"
				+ IntStream.rangeClosed(1, 1_200).mapToObj((i) -> i + ",n" + i + "\n").collect(Collectors.joining());
		Outcome outcome = this.rig.csv("item", "on-rejected=skip", file);
		assertThat(outcome.counts()).isEqualTo("1200 1196 0 0 4");
		assertThat(outcome.rejected().lines()).contains("400,n400,401,id: No hundreds", "77,n77,78,Not 77");
		assertThat(this.hook.committed).hasSize(1_196);
	}

	@Test
	void rejectedRowKeepsAllOut() {
		this.hook.before = (write) -> write.rows().get(0).reject("Never the first");
		Outcome outcome = this.rig.csv("item", "", "id,name\n1,a\n2,b\n");
		assertThat(outcome.state()).isEqualTo("rejected");
		assertThat(items()).isEmpty();
		assertThat(this.hook.committed).isEmpty();
	}

	@Test
	void upsertTellsRowsApartByWhatBecomesOfThem() {
		database.execute("INSERT INTO item (id, name, price) VALUES (1, 'a', 1), (2, 'b', 2), (3, 'c', 3)");
		this.hook.before = (write) -> write.rows().forEach((row) -> {
			assertThat(row.before() == null).isEqualTo(write.operation() == Operation.INSERT);
			assertThat(row.values().has("id")).isEqualTo(write.operation() == Operation.INSERT);
			row.set("note", (row.before() != null) ? "was " + row.before().text("name") : "new");
		});
		Outcome outcome = this.rig.csv("item", "mode=upsert&on-rejected=skip",
				"id,name,price\n1,a,1.00\n2,B,2\n4,d,4\n4,again,5\n5,,5\n");
		assertThat(outcome.counts()).isEqualTo("5 1 1 1 2");
		assertThat(items()).isEqualTo("1|a|1.00|none; 2|B|2.00|was b; 3|c|3.00|none; 4|d|4.00|new");
		assertThat(this.hook.calls).contains("before INSERT 2", "before UPDATE 1");
		assertThat(this.hook.committed).containsExactlyInAnyOrder(
				"null -> {\"id\":4,\"name\":\"d\",\"price\":4.00,\"note\":\"new\",\"doubled\":8.00}",
				"{\"id\":2,\"name\":\"b\",\"price\":2.00,\"note\":\"none\",\"doubled\":4.00} -> "
						+ "{\"id\":2,\"name\":\"B\",\"price\":2.00,\"note\":\"was b\",\"doubled\":4.00}");
	}

	@Test
	void updateTellsWhatRowsWere() {
		database.execute("INSERT INTO item (id, name, price) VALUES (1, 'a', 1), (2, 'b', 2), (3, 'b', 3)");
		this.hook.before = (write) -> write.rows()
			.stream()
			.filter((row) -> row.before() != null && "b".equals(row.before().text("name")))
			.forEach((row) -> row.reject("price", "The price of b is fixed"));
		Outcome outcome = this.rig.csv("item", "mode=update&on-rejected=skip", "id,price\n1,10\n9,1\n2,5\n3,3.0\n");
		assertThat(outcome.counts()).isEqualTo("4 0 1 1 2");
		assertThat(outcome.rejected()).contains("9,1,3,", "2,5,4,price: The price of b is fixed");
		assertThat(items()).isEqualTo("1|a|10.00|none; 2|b|2.00|none; 3|b|3.00|none");
		assertThat(this.hook.committed).hasSize(1).first().asString().contains("\"price\":1.00", "\"price\":10.00");
		assertThat(this.rig.csv("item", "mode=update&key=name", "name,price\na,11\n").counts()).isEqualTo("1 0 1 0 0");
	}

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
		assertThat(output).contains("A secret").contains(Recording.class.getName());
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

	@Test
	void valuesOfAllKindsPassThroughHooks() {
		this.hook.before = (write) -> write.rows().forEach((row) -> row.set("mood", "bad"));
		Outcome outcome = this.rig.ndjson("kinds", "",
				"""
						{"id":12345678901234567890123456789.5,"list":[1,null,3],"nested":[["a,b","c\\"d"],["e","f"]],"doc":{"a":[1,2.50]},"pair":{"x":1,"y":"q\\"r"},"mood":"good","raw":"\\\\x0aff","span":"[1,5)"}
						{"doc":"text","list":[]}
						{"doc":null}
						""");
		assertThat(outcome.counts()).isEqualTo("3 3 0 0 0");
		assertThat(this.jdbc.queryForObject(
				"SELECT id || '|' || list::text || '|' || nested::text || '|' || doc::text || '|' || pair::text || '|' || mood || '|' || raw::text || '|' || span FROM kinds WHERE id IS NOT NULL",
				String.class))
			.isEqualTo(
					"12345678901234567890123456789.5|{1,NULL,3}|{{\"a,b\",\"c\\\"d\"},{e,f}}|{\"a\": [1, 2.50]}|(1,\"q\"\"r\")|bad|\\x0aff|[1,5)");
		assertThat(this.jdbc.queryForObject("SELECT count(*) FROM kinds WHERE doc = '\"text\"' AND list = '{}'",
				Long.class))
			.isOne();
	}

	@Test
	void documentsLeaveColumnsToTheirDefaults() {
		database.execute("INSERT INTO item (id, name, price, note) VALUES (1, 'a', 1, 'mine')");
		Outcome outcome = this.rig.ndjson("item", "mode=upsert", """
				{"id":1,"price":2}
				{"id":2,"name":"b"}
				{"id":3,"name":"c","note":null}
				{"id":4,"name":"d","price":4}
				{"id":5,"name":"e"}
				""");
		assertThat(outcome.counts()).isEqualTo("5 4 1 0 0");
		assertThat(items()).isEqualTo("1|a|2.00|mine; 2|b|none; 3|c; 4|d|4.00|none; 5|e|none");
		assertThat(this.hook.calls).startsWith("before INSERT 4", "before UPDATE 1");
	}

	@Test
	void whatIsBadByItsTypeIsNotShownToHooks() {
		Outcome outcome = this.rig.csv("item", "on-rejected=skip", "id,name\n1,a\nx,b\n");
		assertThat(outcome.counts()).isEqualTo("2 1 0 0 1");
		assertThat(this.hook.calls).startsWith("before INSERT 1");
	}

	@Test
	void rowsMayPointAtLaterOnes() {
		Outcome outcome = this.rig.csv("node", "on-rejected=skip", "id,parent_id\n1,3\n2,1\n3,\n4,99\n5,4\n6,5\n"
				+ IntStream.range(100, 1_500).mapToObj((i) -> i + "," + (i + 1) + "\n").collect(Collectors.joining())
				+ "1500,\n");
		assertThat(outcome.counts()).isEqualTo("1407 1404 0 0 3");
	}

	@Test
	void triggersAndExclusionsRefuseSingleRows() {
		String file = "id,during,code\n" + IntStream.range(0, 450)
			.mapToObj((i) -> "%d,\"%s\",%s%n".formatted(i,
					(i % 100 == 7) ? "[0,5)" : "[%d,%d)".formatted(10 * i, 10 * i + 10),
					(i % 150 == 149) ? "bad" : "ok"))
			.collect(Collectors.joining());
		Outcome outcome = this.rig.csv("guarded", "on-rejected=skip", file);
		assertThat(outcome.counts()).isEqualTo("450 442 0 0 8");
		assertThat(outcome.rejected()).contains("The code bad is not for us");
		assertThat(this.hook.images).anyMatch((image) -> image.contains("\"code\":\"OK\""));
	}

	@Test
	void relationsAndOperationsWithoutHooksAreNotTold() {
		WriteHook elsewhere = new WriteHook() {

			@Override
			public Set<RelationName> relations() {
				return Set.of(new RelationName("public", "item"));
			}

			@Override
			public Set<Operation> operations() {
				return Set.of(Operation.UPDATE);
			}

			@Override
			public void before(BeforeWrite write) {
				throw new VetoException("No " + write.operation() + " of " + write.relation().name().name());
			}

		};
		ImportRig hooked = ImportRig.of(database, this.directory, elsewhere);
		assertThat(hooked.csv("place", "mode=upsert", "id,name\n1,a\n").counts()).isEqualTo("1 0 1 0 0");
		assertThat(hooked.csv("item", "", "id,name\n1,a\n").counts()).isEqualTo("1 1 0 0 0");
		Outcome outcome = hooked.csv("item", "mode=upsert&on-rejected=skip", "id,name\n1,b\n2,b\n");
		assertThat(outcome.counts()).isEqualTo("2 1 0 0 1");
		assertThat(outcome.rejected()).contains("1,b,2,No UPDATE of item");
		hooked.jobs().close();
	}

	@Test
	void keyByWhichRowsAreFoundStays() {
		this.hook.before = (write) -> write.rows().forEach((row) -> row.set("id", 7));
		assertThat(this.rig.refused("item", "mode=upsert", "id,name\n1,a\n").status()).isEqualTo(500);
		assertThat(this.rig.csv("item", "", "id,name\n1,a\n").counts()).isEqualTo("1 1 0 0 0");
		assertThat(items()).isEqualTo("7|a|none");
	}

	private List<String> log() {
		return this.jdbc.queryForList("SELECT line FROM log", String.class);
	}

	private String items() {
		return String.valueOf(this.jdbc.queryForObject(
				"SELECT coalesce(string_agg(concat_ws('|', id, name, place_id, price, note), '; ' ORDER BY id), '') FROM item",
				String.class));
	}

	/**
	 * A hook that writes down how it is called, and does what a test wants.
	 */
	private static final class Recording implements WriteHook {

		private final List<String> calls = new ArrayList<>();

		private final List<String> images = new ArrayList<>();

		private final List<String> committed = new ArrayList<>();

		private Consumer<BeforeWrite> before = (write) -> {
		};

		private Consumer<AfterWrite> after = (write) -> {
		};

		private Consumer<AfterWrite> afterCommit = (write) -> {
		};

		@Override
		public void before(BeforeWrite write) {
			note("before", write, write.rows().size());
			assertThat(write.rows()).extracting(PendingRow::values).doesNotContainNull();
			this.before.accept(write);
		}

		@Override
		public void after(AfterWrite write) {
			note("after", write, write.rows().size());
			this.images.addAll(images(write));
			this.after.accept(write);
		}

		@Override
		public void afterCommit(AfterWrite write) {
			note("committed", write, write.rows().size());
			this.committed.addAll(images(write));
			this.afterCommit.accept(write);
		}

		private void note(String call, Write write, int rows) {
			this.calls.add(call + " " + write.operation() + " " + rows);
		}

		private static List<String> images(AfterWrite write) {
			return write.rows()
				.stream()
				.map((row) -> (row.before() + " -> " + row.after()).replaceAll("\"\\w+\":null,?", ""))
				.toList();
		}

	}

}

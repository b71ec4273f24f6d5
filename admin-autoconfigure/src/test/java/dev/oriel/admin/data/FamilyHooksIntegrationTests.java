package dev.oriel.admin.data;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import javax.sql.DataSource;

import dev.oriel.admin.access.Operation;
import dev.oriel.admin.access.PrivilegeAccessPolicy;
import dev.oriel.admin.extension.AfterWrite;
import dev.oriel.admin.extension.BeforeWrite;
import dev.oriel.admin.extension.PendingRow;
import dev.oriel.admin.extension.RowImage;
import dev.oriel.admin.extension.Write;
import dev.oriel.admin.extension.WriteHook;
import dev.oriel.admin.schema.postgres.PostgresSchemaSource;
import dev.oriel.admin.schema.postgres.ReflectionSettings;
import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests that hooks are called around the rows of families.
 */
class FamilyHooksIntegrationTests {

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create("dev/oriel/admin/data/family.sql");

	private final List<String> calls = new ArrayList<>();

	private Consumer<BeforeWrite> before = (write) -> {
	};

	private final Rig rig = rig();

	private Rig rig() {
		DataSource host = database.dataSource();
		PostgresSchemaSource source = new PostgresSchemaSource(host, ReflectionSettings.ALL);
		PrivilegeAccessPolicy policy = new PrivilegeAccessPolicy(false);
		Transactions transactions = Transactions.of(host, ReadSessions.NONE, host);
		return new Rig(source, new RelationReader(transactions, source, policy, Rig.SETTINGS), new RelationWriter(
				transactions, source, policy, new WriteHooks(() -> List.of(new Recorder())), Rig.SETTINGS));
	}

	@BeforeEach
	void reset() {
		database.execute("TRUNCATE sector, company, tag, node, orders, team RESTART IDENTITY CASCADE; "
				+ "INSERT INTO company (name) VALUES ('One'), ('Two'); "
				+ "INSERT INTO finance (company_id, year) VALUES (1, 2001), (1, 2002); "
				+ "INSERT INTO team (company_id, name) VALUES (1, 'a'), (1, 'b')");
	}

	@Test
	void eachRelationAndOperationIsOneCall() {
		this.rig.insert("company", """
				[{"name": "New", "finance": [{"year": 2001}, {"year": 2002, "quarter": 2}, {"year": 2003}], "team": []},
				 {"name": "Newer", "finance": [{"year": 2001}]}]
				""");
		assertThat(this.calls).containsExactly("before INSERT company 2", "after INSERT company 2: null null",
				"before INSERT finance 4", "after INSERT finance 4: null null null null", "committed INSERT company 2",
				"committed INSERT finance 4");
	}

	@Test
	void hooksSeeRowsBeforeAndAfter() {
		this.rig.update("company", "id=eq.1", """
				{"name": "Uno", "finance": [{"id": 1, "_delete": true}, {"id": 2}],
				 "team": [{"id": 1, "_unlink": true}, {"id": 2, "name": "B"}]}
				""");
		assertThat(this.calls).containsExactly("before UPDATE company 1", "after UPDATE company 1: One",
				"before DELETE finance 1", "after DELETE finance 1: null", "before UPDATE team 2",
				"after UPDATE team 2: a b", "committed UPDATE company 1", "committed DELETE finance 1",
				"committed UPDATE team 2");
	}

	@Test
	void hooksChangeValuesThatTheCallerMayNotWrite() {
		this.before = (write) -> {
			if (write.operation() == Operation.INSERT) {
				write.rows()
					.forEach((row) -> row.set(write.relation().name().name().equals("team") ? "name" : "turnover", 7));
			}
		};
		this.rig.insert("company", "{\"name\":\"New\",\"team\":[{\"name\":\"x\"},{\"id\":1,\"name\":\"y\"}]}");
		assertThat(column("SELECT turnover FROM company WHERE id = 3")).isEqualTo("7");
		assertThat(column("SELECT name FROM team WHERE company_id = 3 ORDER BY id")).isEqualTo("y,7");
	}

	@Test
	void hooksRefuseByPath() {
		this.before = (write) -> {
			for (PendingRow row : write.rows()) {
				if ("2003".equals(row.values().text("year"))) {
					row.reject("year", "not yet");
				}
			}
		};
		VetoedException veto = catchThrowableOfType(VetoedException.class,
				() -> this.rig.insert("company", "{\"name\":\"New\",\"finance\":[{\"year\":2001},{\"year\":2003}]}"));
		assertThat(veto.errors()).containsExactly(new FieldError("finance[1].year", "year", "not yet"));
		assertThat(column("SELECT count(*) FROM company")).isEqualTo("2");
	}

	@Test
	void rowThatHasChangedIsNotGivenToHooks() {
		StaleRowException stale = catchThrowableOfType(StaleRowException.class, () -> this.rig.update("company",
				"id=eq.1", "{\"team\":[{\"id\":1,\"name\":\"x\",\"_version\":\"0\"}]}"));
		assertThat(stale.problem().column()).isEqualTo("team[0]");
		assertThat(this.calls).isEmpty();
		String version = this.rig.version("team", "id=eq.1");
		this.rig.update("company", "id=eq.1",
				"{\"team\":[{\"id\":1,\"name\":\"x\",\"_version\":\"" + version + "\"}]}");
		assertThat(this.calls).contains("after UPDATE team 1: a");
	}

	private static String column(String sql) {
		return String.join(",", database.jdbc().sql(sql).query(String.class).list());
	}

	/**
	 * Writes down how it is called.
	 */
	private final class Recorder implements WriteHook {

		@Override
		public void before(BeforeWrite write) {
			FamilyHooksIntegrationTests.this.calls.add("before " + describe(write, write.rows().size()));
			FamilyHooksIntegrationTests.this.before.accept(write);
		}

		@Override
		public void after(AfterWrite write) {
			StringBuilder call = new StringBuilder("after " + describe(write, write.rows().size()) + ":");
			write.rows().forEach((row) -> {
				RowImage before = row.before();
				call.append(" ").append((before != null) ? before.text("name") : null);
				assertThat(row.after() == null).isEqualTo(write.operation() == Operation.DELETE);
			});
			FamilyHooksIntegrationTests.this.calls.add(call.toString());
		}

		@Override
		public void afterCommit(AfterWrite write) {
			FamilyHooksIntegrationTests.this.calls.add("committed " + describe(write, write.rows().size()));
		}

		private static String describe(Write write, int rows) {
			return write.operation() + " " + write.relation().name().name() + " " + rows;
		}

	}

}

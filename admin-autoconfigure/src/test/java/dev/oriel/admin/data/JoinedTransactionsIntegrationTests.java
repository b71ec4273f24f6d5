package dev.oriel.admin.data;

import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

import dev.oriel.admin.sql.VersionMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for use cases that join the host's transaction.
 */
class JoinedTransactionsIntegrationTests extends HostTransactionsFixture {

	private static final WriteOptions DRY_RUN = new WriteOptions(VersionMode.NONE, null, null, false, true);

	@Test
	void isKeptWithTheHostsOwnWork() {
		inTransaction(() -> {
			write(1);
			assertThat(this.rig.read("note", "select=id&order=id")).isEqualTo("[{\"id\":1}]");
			insert(2);
			assertThat(ids()).containsExactly(1, 2);
			assertThat(committed()).isZero();
		});
		assertThat(ids()).containsExactly(1, 2);
	}

	@Test
	void connectionThatAnotherTransactionHasGivenBackIsNoTransaction() {
		TransactionTemplate other = new TransactionTemplate(
				new JdbcTransactionManager(database.dataSource(database.username(), database.password())));
		TransactionTemplate another = new TransactionTemplate(other.getTransactionManager(),
				new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_REQUIRES_NEW));
		other.executeWithoutResult((status) -> {
			write(1);
			another.executeWithoutResult((inner) -> {
			});
			insert(2);
		});
		assertThat(ids()).containsExactly(1, 2);
	}

	@Test
	void isUndoneWithTheHostsOwnWork() {
		assertThatIllegalStateException().isThrownBy(() -> inTransaction(() -> {
			insert(1);
			throw new IllegalStateException();
		}));
		assertThat(ids()).isEmpty();
	}

	@Test
	void failureThatTheHostCatchesUndoesNothingElse() {
		inTransaction(() -> {
			write(1);
			insert(2);
			Problem problem = Rig
				.problem(() -> this.rig.insert("note", "[{\"id\":3,\"text\":\"a\"},{\"id\":1,\"text\":\"a\"}]"));
			assertThat(problem.code()).isEqualTo("23505");
			assertThat(ids()).containsExactly(1, 2);
			assertThat(Rig.problem(() -> this.rig.read("note", "id=eq.x")).code()).isEqualTo("22P02");
			Problem rejected = Rig.problem(() -> this.rig.insert("note", "{\"id\":4,\"at\":\"x\"}"));
			assertThat(rejected.column()).isEqualTo("at");
			write(5);
		});
		assertThat(ids()).containsExactly(1, 2, 5);
	}

	@Test
	void settingsAreAsBefore() {
		inTransaction(() -> {
			this.jdbc.sql("SELECT set_config('TimeZone', 'Asia/Tokyo', true), set_config('lock_timeout', '7s', true)")
				.query()
				.singleRow();
			String before = settings();
			assertThat(before).contains("Asia/Tokyo", "7s");
			insert(1);
			assertThat(settings()).isEqualTo(before);
			this.rig.read("note", "");
			assertThat(settings()).isEqualTo(before);
			this.rig.insert("note", "{\"id\":2}", DRY_RUN);
			assertThat(settings()).isEqualTo(before);
			Rig.problem(() -> insert(1));
			assertThat(settings()).isEqualTo(before);
		});
	}

	@Test
	void dryRunUndoesOnlyItself() {
		inTransaction(() -> {
			insert(1);
			assertThat(this.rig.insert("note", "{\"id\":2}", DRY_RUN)).contains("\"id\":2");
			assertThat(ids()).containsExactly(1);
		});
		assertThat(ids()).containsExactly(1);
	}

	@Test
	void transactionThatIsReadOnlyStaysSo() {
		TransactionTemplate readOnly = new TransactionTemplate(this.template.getTransactionManager());
		readOnly.setReadOnly(true);
		readOnly.executeWithoutResult((status) -> {
			this.rig.read("note", "");
			Problem problem = Rig.problem(() -> insert(1));
			assertThat(problem.code()).isEqualTo("25006");
			assertThat(problem.hint()).contains("readOnly");
			this.rig.read("note", "");
		});
	}

	@Test
	void readThatWritesIsRefused() {
		database.execute("CREATE OR REPLACE FUNCTION sneak() RETURNS int LANGUAGE sql VOLATILE AS"
				+ " 'INSERT INTO note (id) VALUES (77) RETURNING id';"
				+ " CREATE OR REPLACE VIEW sneaky AS SELECT sneak() AS id");
		this.source.refresh();
		inTransaction(() -> {
			assertThat(Rig.problem(() -> this.rig.read("sneaky", "")).code()).isEqualTo("25006");
			insert(1);
		});
		assertThat(ids()).containsExactly(1);
	}

	@Test
	void transactionThatHasFailedIsSaidToHave() {
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> inTransaction(() -> {
			try {
				write(1);
				write(1);
			}
			catch (DataAccessException ex) {
				assertThat(Rig.problem(() -> insert(2)).code()).isEqualTo("25P02");
				assertThat(Rig.problem(() -> this.rig.read("note", "")).status()).isEqualTo(409);
				throw ex;
			}
		}));
		assertThat(ids()).isEmpty();
	}

	@Test
	void ownUseCasesDoNotJoin() {
		Rig apart = rig(this.own);
		inTransaction(() -> {
			write(1);
			assertThat(apart.read("note", "")).isEqualTo("[]");
			apart.insert("note", "{\"id\":2}");
			assertThat(committed()).isOne();
		});
	}

	@Test
	void transactionOfAnotherDatabaseIsNotJoined() {
		DataSource another = database.dataSource(database.username(), database.password());
		new TransactionTemplate(new JdbcTransactionManager(another)).executeWithoutResult((status) -> {
			// Which binds a connection that commits by itself.
			write(1);
			insert(2);
			assertThat(committed()).isEqualTo(2);
		});
	}

	@Test
	void aTransactionOfItsOwnIsUsedWhereThereIsNone() {
		insert(1);
		assertThat(ids()).containsExactly(1);
	}

	@ParameterizedTest
	@EnumSource
	void proxiesOfTheHostAreSeenThrough(Wrapping wrapping) {
		DataSource wrapped = wrapping.wrap(this.host);
		Rig joined = rig(Transactions.of(this.pool, ReadSessions.NONE, wrapped).joining());
		new TransactionTemplate(new JdbcTransactionManager(wrapped)).executeWithoutResult((status) -> {
			JdbcClient.create(wrapped).sql("INSERT INTO note (id) VALUES (1)").update();
			assertThat(joined.read("note", "select=id")).isEqualTo("[{\"id\":1}]");
			joined.insert("note", "{\"id\":2}");
			status.setRollbackOnly();
		});
		assertThat(ids()).isEmpty();
	}

	@Test
	void actionsAfterTheCommitWaitForTheHosts() {
		List<String> done = new ArrayList<>();
		Database joining = new Database(this.own.joining(), Rig.SETTINGS);
		inTransaction(() -> {
			transact(joining, false, (transaction) -> transaction.afterCommit(() -> {
				insert(2);
				write(3);
				done.add("kept " + committed());
			}));
			transact(joining, true, (transaction) -> transaction.afterCommit(() -> done.add("dry run")));
			assertThat(done).isEmpty();
		});
		assertThat(done).containsExactly("kept 2");
		done.clear();
		this.template.executeWithoutResult((status) -> {
			transact(joining, false, (transaction) -> transaction.afterCommit(() -> done.add("undone")));
			status.setRollbackOnly();
		});
		assertThat(done).isEmpty();
	}

	enum Wrapping {

		NONE {
			@Override
			DataSource wrap(DataSource target) {
				return target;
			}
		},
		AWARE {
			@Override
			DataSource wrap(DataSource target) {
				return new TransactionAwareDataSourceProxy(target);
			}
		},
		LAZY {
			@Override
			DataSource wrap(DataSource target) {
				return new LazyConnectionDataSourceProxy(target);
			}
		},
		AWARE_OF_LAZY {
			@Override
			DataSource wrap(DataSource target) {
				return new TransactionAwareDataSourceProxy(LAZY.wrap(target));
			}
		};

		abstract DataSource wrap(DataSource target);

	}

}

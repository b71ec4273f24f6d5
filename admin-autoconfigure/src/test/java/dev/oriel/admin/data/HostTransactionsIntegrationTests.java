package dev.oriel.admin.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

import dev.oriel.admin.access.PrivilegeAccessPolicy;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.schema.postgres.PostgresSchemaSource;
import dev.oriel.admin.schema.postgres.ReflectionSettings;
import dev.oriel.admin.sql.SqlStatement;
import dev.oriel.admin.sql.VersionMode;
import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link Transactions}: use cases in a transaction of the host, and the host's
 * code in one of ours.
 */
class HostTransactionsIntegrationTests {

	private static final String SETTINGS = """
			SELECT concat_ws('|', current_setting('statement_timeout'), current_setting('lock_timeout'),
				current_setting('idle_in_transaction_session_timeout'), current_setting('TimeZone'),
				current_setting('DateStyle'), current_setting('plan_cache_mode'),
				current_setting('transaction_read_only'), current_setting('transaction_isolation'))""";

	private static final WriteOptions DRY_RUN = new WriteOptions(VersionMode.NONE, null, null, false, true);

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create("dev/oriel/admin/data/shop.sql");

	private final DataSource host = database.dataSource();

	private final DataSource pool = database.dataSource(database.username(), database.password());

	private final TransactionTemplate template = new TransactionTemplate(new JdbcTransactionManager(this.host));

	private final JdbcClient jdbc = JdbcClient.create(this.host);

	private final Transactions own = Transactions.of(this.pool, ReadSessions.NONE, this.host);

	private final PostgresSchemaSource source = new PostgresSchemaSource(this.pool, ReflectionSettings.ALL);

	private final Rig rig = rig(this.own.joining());

	@BeforeEach
	void clear() {
		database.execute("CREATE TABLE IF NOT EXISTS note (id int PRIMARY KEY, text text, at timestamptz,"
				+ " CONSTRAINT short CHECK (length(text) < 10)); TRUNCATE note");
		this.source.refresh();
	}

	@AfterEach
	void nothingIsLeftOnTheThread() {
		assertThat(TransactionSynchronizationManager.getResourceMap()).isEmpty();
		assertThat(TransactionSynchronizationManager.isSynchronizationActive()).isFalse();
		assertThat(TransactionSynchronizationManager.isActualTransactionActive()).isFalse();
		this.source.close();
	}

	@Nested
	class JoiningTests {

		@Test
		void isKeptWithTheHostsOwnWork() {
			inTransaction(() -> {
				write(1);
				assertThat(HostTransactionsIntegrationTests.this.rig.read("note", "select=id&order=id"))
					.isEqualTo("[{\"id\":1}]");
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
				Problem problem = Rig.problem(() -> HostTransactionsIntegrationTests.this.rig.insert("note",
						"[{\"id\":3,\"text\":\"a\"},{\"id\":1,\"text\":\"a\"}]"));
				assertThat(problem.code()).isEqualTo("23505");
				assertThat(ids()).containsExactly(1, 2);
				assertThat(Rig.problem(() -> HostTransactionsIntegrationTests.this.rig.read("note", "id=eq.x")).code())
					.isEqualTo("22P02");
				Problem rejected = Rig
					.problem(() -> HostTransactionsIntegrationTests.this.rig.insert("note", "{\"id\":4,\"at\":\"x\"}"));
				assertThat(rejected.column()).isEqualTo("at");
				write(5);
			});
			assertThat(ids()).containsExactly(1, 2, 5);
		}

		@Test
		void settingsAreAsBefore() {
			inTransaction(() -> {
				HostTransactionsIntegrationTests.this.jdbc
					.sql("SELECT set_config('TimeZone', 'Asia/Tokyo', true), set_config('lock_timeout', '7s', true)")
					.query()
					.singleRow();
				String before = settings();
				assertThat(before).contains("Asia/Tokyo", "7s");
				insert(1);
				assertThat(settings()).isEqualTo(before);
				HostTransactionsIntegrationTests.this.rig.read("note", "");
				assertThat(settings()).isEqualTo(before);
				HostTransactionsIntegrationTests.this.rig.insert("note", "{\"id\":2}", DRY_RUN);
				assertThat(settings()).isEqualTo(before);
				Rig.problem(() -> insert(1));
				assertThat(settings()).isEqualTo(before);
			});
		}

		@Test
		void dryRunUndoesOnlyItself() {
			inTransaction(() -> {
				insert(1);
				assertThat(HostTransactionsIntegrationTests.this.rig.insert("note", "{\"id\":2}", DRY_RUN))
					.contains("\"id\":2");
				assertThat(ids()).containsExactly(1);
			});
			assertThat(ids()).containsExactly(1);
		}

		@Test
		void transactionThatIsReadOnlyStaysSo() {
			TransactionTemplate readOnly = new TransactionTemplate(
					HostTransactionsIntegrationTests.this.template.getTransactionManager());
			readOnly.setReadOnly(true);
			readOnly.executeWithoutResult((status) -> {
				HostTransactionsIntegrationTests.this.rig.read("note", "");
				Problem problem = Rig.problem(() -> insert(1));
				assertThat(problem.code()).isEqualTo("25006");
				assertThat(problem.hint()).contains("readOnly");
				HostTransactionsIntegrationTests.this.rig.read("note", "");
			});
		}

		@Test
		void readThatWritesIsRefused() {
			database.execute("CREATE OR REPLACE FUNCTION sneak() RETURNS int LANGUAGE sql VOLATILE AS"
					+ " 'INSERT INTO note (id) VALUES (77) RETURNING id';"
					+ " CREATE OR REPLACE VIEW sneaky AS SELECT sneak() AS id");
			HostTransactionsIntegrationTests.this.source.refresh();
			inTransaction(() -> {
				assertThat(Rig.problem(() -> HostTransactionsIntegrationTests.this.rig.read("sneaky", "")).code())
					.isEqualTo("25006");
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
					assertThat(Rig.problem(() -> HostTransactionsIntegrationTests.this.rig.read("note", "")).status())
						.isEqualTo(409);
					throw ex;
				}
			}));
			assertThat(ids()).isEmpty();
		}

		@Test
		void ownUseCasesDoNotJoin() {
			Rig apart = rig(HostTransactionsIntegrationTests.this.own);
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
			DataSource wrapped = wrapping.wrap(HostTransactionsIntegrationTests.this.host);
			Rig joined = rig(
					Transactions.of(HostTransactionsIntegrationTests.this.pool, ReadSessions.NONE, wrapped).joining());
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
			Database joining = new Database(HostTransactionsIntegrationTests.this.own.joining(), Rig.SETTINGS);
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
			HostTransactionsIntegrationTests.this.template.executeWithoutResult((status) -> {
				transact(joining, false, (transaction) -> transaction.afterCommit(() -> done.add("undone")));
				status.setRollbackOnly();
			});
			assertThat(done).isEmpty();
		}

	}

	@Nested
	class InsideTests {

		private final Database database = new Database(HostTransactionsIntegrationTests.this.own, Rig.SETTINGS);

		@Test
		void hostsCodeTakesPart() {
			transact(this.database, false, (transaction) -> {
				statement(transaction.connection(), "INSERT INTO note (id) VALUES (1)");
				transaction.inside(() -> {
					assertThat(ids()).containsExactly(1);
					write(2);
					inTransaction(() -> write(3));
					insert(4);
					assertThat(committed()).isZero();
					return null;
				});
				statement(transaction.connection(), "INSERT INTO note (id) VALUES (5)");
				transaction.inside(() -> {
					write(6);
					return null;
				});
			});
			assertThat(ids()).containsExactly(1, 2, 3, 4, 5, 6);
		}

		@Test
		void failureUndoesWhatTheHostsCodeDid() {
			assertThatIllegalStateException()
				.isThrownBy(() -> transact(this.database, false, (transaction) -> transaction.inside(() -> {
					write(1);
					insert(2);
					throw new IllegalStateException();
				})));
			assertThat(ids()).isEmpty();
		}

		@Test
		void dryRunUndoesWhatTheHostsCodeDid() {
			transact(this.database, true, (transaction) -> transaction.inside(() -> {
				insert(1);
				return null;
			}));
			assertThat(ids()).isEmpty();
		}

		@Test
		void newTransactionsOfTheHostsCodeAreItsOwn() {
			TransactionTemplate requiresNew = new TransactionTemplate(
					HostTransactionsIntegrationTests.this.template.getTransactionManager());
			requiresNew.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
			assertThatIllegalStateException()
				.isThrownBy(() -> transact(this.database, false, (transaction) -> transaction.inside(() -> {
					write(1);
					requiresNew.executeWithoutResult((status) -> {
						assertThat(ids()).isEmpty();
						write(2);
						insert(3);
					});
					assertThat(committed()).isEqualTo(2);
					assertThat(ids()).containsExactly(1, 2, 3);
					throw new IllegalStateException();
				})));
			assertThat(ids()).containsExactly(2, 3);
		}

		@Test
		void sessionIsTheHostsMeanwhile() {
			String expected = settings().replaceFirst("^0\\|0\\|0", "10s|2s|15s");
			transact(this.database, false, (transaction) -> {
				String ours = Database.query(transaction.connection(), new SqlStatement(SETTINGS, List.of()),
						(rows) -> {
							rows.next();
							return rows.getString(1);
						});
				assertThat(ours).contains("UTC", "force_custom_plan");
				transaction.inside(() -> {
					assertThat(settings()).isEqualTo(expected);
					return null;
				});
				String after = Database.query(transaction.connection(), new SqlStatement(SETTINGS, List.of()),
						(rows) -> {
							rows.next();
							return rows.getString(1);
						});
				assertThat(after).isEqualTo(ours);
			});
		}

		@Test
		void transactionsThatCannotBeNestedAreApart() {
			Transactions apart = Transactions.of(HostTransactionsIntegrationTests.this.pool, ReadSessions.NONE,
					HostTransactionsIntegrationTests.this.host, () -> false);
			Rig joining = rig(apart.joining());
			transact(new Database(apart, Rig.SETTINGS), true, (transaction) -> transaction.inside(() -> {
				assertThat(TransactionSynchronizationManager.hasResource(HostTransactionsIntegrationTests.this.host))
					.isFalse();
				joining.insert("note", "{\"id\":1}");
				inTransaction(() -> {
					write(2);
					assertThat(joining.read("note", "select=id")).isEqualTo("[{\"id\":2}]");
				});
				assertThat(committed()).isOne();
				assertThat(joining.read("note", "select=id&order=id")).isEqualTo("[{\"id\":1},{\"id\":2}]");
				return null;
			}));
			assertThat(ids()).containsExactly(2);
		}

		@Test
		void synchronizationsAreCalledInOrderAndActionsLast() {
			List<String> calls = new ArrayList<>();
			transact(this.database, false, (transaction) -> {
				transaction.afterCommit(() -> {
					assertThat(TransactionSynchronizationManager.getResourceMap()).isEmpty();
					write(2);
					calls.add("action " + committed());
				});
				transaction.afterCommit(() -> {
					throw new IllegalStateException("Only logged");
				});
				transaction.afterCommit(() -> calls.add("another action"));
				transaction.inside(() -> {
					write(1);
					TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

						@Override
						public void beforeCommit(boolean readOnly) {
							calls.add("before " + committed());
						}

						@Override
						public void afterCommit() {
							calls.add("after " + committed());
						}

					});
					return null;
				});
			});
			assertThat(calls).containsExactly("before 0", "after 1", "action 2", "another action");
		}

		@Test
		void actionsAreNotDoneWhenNothingIsKept() {
			List<String> calls = new ArrayList<>();
			transact(this.database, true, (transaction) -> transaction.afterCommit(() -> calls.add("dry run")));
			assertThatIllegalStateException().isThrownBy(() -> transact(this.database, false, (transaction) -> {
				transaction.afterCommit(() -> calls.add("failed"));
				throw new IllegalStateException();
			}));
			assertThat(calls).isEmpty();
		}

		@Test
		void transactionThatTheHostMarksForRollbackIsUndone() {
			Problem problem = Rig
				.problem(() -> transact(this.database, false, (transaction) -> transaction.inside(() -> {
					try {
						inTransaction(() -> {
							write(1);
							throw new IllegalStateException();
						});
					}
					catch (IllegalStateException ex) {
						// The host thinks that it can go on.
					}
					return null;
				})));
			assertThat(problem.status()).isEqualTo(409);
			assertThat(ids()).isEmpty();
		}

		@Test
		void failureThatTheHostKeepsSilentAboutIsTold() {
			Problem problem = Rig
				.problem(() -> transact(this.database, false, (transaction) -> transaction.inside(() -> {
					write(1);
					try {
						write(1);
					}
					catch (DataAccessException ex) {
						// Nobody is told.
					}
					return null;
				})));
			assertThat(problem.code()).isEqualTo("25P02");
			assertThat(ids()).isEmpty();
		}

		@Test
		void transactionAroundOursIsSuspendedMeanwhile() {
			inTransaction(() -> {
				write(1);
				transact(this.database, false, (transaction) -> transaction.inside(() -> {
					assertThat(ids()).isEmpty();
					write(2);
					return null;
				}));
				assertThat(committed()).isOne();
				assertThat(ids()).containsExactly(1, 2);
			});
		}

	}

	private Rig rig(Transactions transactions) {
		PrivilegeAccessPolicy policy = new PrivilegeAccessPolicy(false);
		return new Rig(this.source, new RelationReader(transactions, this.source, policy, Rig.SETTINGS),
				new RelationWriter(transactions, this.source, policy, Rig.SETTINGS));
	}

	private void inTransaction(Runnable work) {
		this.template.executeWithoutResult((status) -> work.run());
	}

	private void write(int id) {
		this.jdbc.sql("INSERT INTO note (id) VALUES (?)").param(id).update();
	}

	private void insert(int id) {
		this.rig.insert("note", "{\"id\":" + id + "}");
	}

	private List<Integer> ids() {
		return this.jdbc.sql("SELECT id FROM note ORDER BY id").query(Integer.class).list();
	}

	private int committed() {
		try (Connection connection = this.pool.getConnection();
				var rows = connection.createStatement().executeQuery("SELECT count(*) FROM note")) {
			rows.next();
			return rows.getInt(1);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private String settings() {
		return this.jdbc.sql(SETTINGS).query(String.class).single();
	}

	private static void statement(Connection connection, String sql) throws SQLException {
		try (var statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	private static void transact(Database database, boolean rollback, Step step) {
		try {
			database.transact(rollback, null, (transaction) -> {
				step.run(transaction);
				return Query.ALL;
			});
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private interface Step {

		void run(Transaction transaction) throws SQLException;

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

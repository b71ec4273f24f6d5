package dev.oriel.admin.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import dev.oriel.admin.sql.SqlStatement;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for code of the host that runs inside of our transaction.
 */
class HostCodeTransactionsIntegrationTests extends HostTransactionsFixture {

	private final Database database = new Database(this.own, Rig.SETTINGS);

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
		TransactionTemplate requiresNew = new TransactionTemplate(this.template.getTransactionManager());
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
			String ours = Database.query(transaction.connection(), new SqlStatement(SETTINGS, List.of()), (rows) -> {
				rows.next();
				return rows.getString(1);
			});
			assertThat(ours).contains("UTC", "force_custom_plan");
			transaction.inside(() -> {
				assertThat(settings()).isEqualTo(expected);
				return null;
			});
			String after = Database.query(transaction.connection(), new SqlStatement(SETTINGS, List.of()), (rows) -> {
				rows.next();
				return rows.getString(1);
			});
			assertThat(after).isEqualTo(ours);
		});
	}

	@Test
	void transactionsThatCannotBeNestedAreApart() {
		Transactions apart = Transactions.of(this.pool, ReadSessions.NONE, this.host, () -> false);
		Rig joining = rig(apart.joining());
		transact(new Database(apart, Rig.SETTINGS), true, (transaction) -> transaction.inside(() -> {
			assertThat(TransactionSynchronizationManager.hasResource(this.host)).isFalse();
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
		Problem problem = Rig.problem(() -> transact(this.database, false, (transaction) -> transaction.inside(() -> {
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
		Problem problem = Rig.problem(() -> transact(this.database, false, (transaction) -> transaction.inside(() -> {
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

	private static void statement(Connection connection, String sql) throws SQLException {
		try (var statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

}

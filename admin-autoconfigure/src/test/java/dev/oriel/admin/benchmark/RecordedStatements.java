package dev.oriel.admin.benchmark;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Connections that remember what was asked over them, so that it can be asked again by
 * somebody who does nothing with the answers.
 */
class RecordedStatements extends DelegatingDataSource {

	private final List<Recorded> statements = new ArrayList<>();

	private boolean recording = true;

	RecordedStatements(DataSource target) {
		super(target);
	}

	@Override
	public Connection getConnection() throws SQLException {
		Connection connection = super.getConnection();
		if (!this.recording) {
			return connection;
		}
		return proxy(Connection.class, (method, arguments) -> {
			Object result = invoke(method, connection, arguments);
			if (result instanceof PreparedStatement statement) {
				return record(PreparedStatement.class, statement, new Recorded((String) arguments[0]));
			}
			return (result instanceof Statement statement) ? record(Statement.class, statement, null) : result;
		});
	}

	/**
	 * Remember no more.
	 */
	void stop() {
		this.recording = false;
	}

	/**
	 * Ask everything again that was asked, in one transaction, and throw the rows away.
	 * @return how many rows there were
	 */
	long replay() throws Exception {
		long rows = 0;
		try (Connection connection = super.getConnection()) {
			connection.setAutoCommit(false);
			for (Recorded recorded : List.copyOf(this.statements)) {
				try (PreparedStatement statement = connection.prepareStatement(recorded.sql)) {
					for (Setting setting : recorded.settings) {
						setting.method.invoke(statement, setting.arguments);
					}
					if (statement.execute()) {
						ResultSet result = statement.getResultSet();
						while (result.next()) {
							rows++;
						}
					}
				}
			}
			connection.rollback();
			connection.setAutoCommit(true);
		}
		return rows;
	}

	private <S extends Statement> S record(Class<S> type, S statement, Recorded prepared) {
		return proxy(type, (method, arguments) -> {
			if (prepared != null && method.getName().startsWith("set")) {
				prepared.settings.add(new Setting(method, arguments));
			}
			else if (method.getName().startsWith("execute")) {
				this.statements.add((prepared != null) ? prepared : new Recorded((String) arguments[0]));
			}
			return invoke(method, statement, arguments);
		});
	}

	private static <T> T proxy(Class<T> type, Invocation invocation) {
		return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type },
				(proxy, method, arguments) -> invocation.invoke(method, arguments)));
	}

	private static Object invoke(Method method, Object target, Object[] arguments) throws Throwable {
		try {
			return method.invoke(target, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getCause();
		}
	}

	private interface Invocation {

		Object invoke(Method method, Object[] arguments) throws Throwable;

	}

	private record Setting(Method method, Object[] arguments) {
	}

	private static final class Recorded {

		private final String sql;

		private final List<Setting> settings = new ArrayList<>();

		private Recorded(String sql) {
			this.sql = sql;
		}

	}

}

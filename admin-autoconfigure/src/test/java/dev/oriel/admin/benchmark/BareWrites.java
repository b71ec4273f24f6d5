package dev.oriel.admin.benchmark;

import java.sql.Types;
import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * The least that an application has to do to write the same row and answer the same
 * bytes: a transaction with the same settings that runs the same SQL. No body to check,
 * no names to look up, no rights.
 */
@RestController
class BareWrites {

	private static final String SETTINGS = "SELECT set_config('statement_timeout', ?, true), "
			+ "set_config('lock_timeout', ?, true), set_config('idle_in_transaction_session_timeout', ?, true), "
			+ "set_config('TimeZone', ?, true), set_config('DateStyle', ?, true), set_config('plan_cache_mode', ?, true)";

	private final JdbcTemplate jdbc;

	private final TransactionTemplate transaction;

	private final StatementsOfWrites statements;

	BareWrites(DataSource dataSource, StatementsOfWrites statements) {
		this.jdbc = new JdbcTemplate(dataSource);
		this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
		this.statements = statements;
	}

	@PostMapping(path = "/bare/insert", produces = MediaType.APPLICATION_JSON_VALUE)
	@ResponseStatus(HttpStatus.CREATED)
	String insert(@RequestBody String body) {
		return write("insert", "[" + body + "]", "");
	}

	@PatchMapping(path = "/bare/update", produces = MediaType.APPLICATION_JSON_VALUE)
	String update(@RequestParam String value, @RequestBody String body) {
		return write("update", body, value);
	}

	private String write(String name, String body, String value) {
		List<String> args = this.statements.args(name, body, value);
		return this.transaction.execute((status) -> {
			this.jdbc.query(SETTINGS, (ResultSetExtractor<Void>) (row) -> null, "10000", "2000", "15000", "UTC",
					"ISO, YMD", "force_custom_plan");
			return this.jdbc.query(this.statements.sql(name), (statement) -> {
				for (int i = 0; i < args.size(); i++) {
					statement.setObject(i + 1, args.get(i), Types.OTHER);
				}
			}, (ResultSetExtractor<String>) (rows) -> {
				List<String> texts = new ArrayList<>();
				while (rows.next()) {
					texts.add(rows.getString(1));
				}
				return "[" + String.join(",", texts) + "]";
			});
		});
	}

}

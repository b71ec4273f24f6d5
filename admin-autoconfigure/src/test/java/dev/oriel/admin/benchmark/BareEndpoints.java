package dev.oriel.admin.benchmark;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The least that an application has to do to answer the same bytes: it runs the same SQL
 * and puts the rows into an array. No query to read, no names to look up, no rights, no
 * transaction, no time limit.
 */
@RestController
class BareEndpoints {

	private final JdbcTemplate jdbc;

	private final StatementsOfReads statements;

	BareEndpoints(DataSource dataSource, StatementsOfReads statements) {
		this.jdbc = new JdbcTemplate(dataSource);
		this.statements = statements;
	}

	@GetMapping(path = "/bare/{name}", produces = MediaType.APPLICATION_JSON_VALUE)
	String rows(@PathVariable String name, @RequestParam(defaultValue = "") String value) {
		StatementsOfReads.Read read = this.statements.get(name);
		List<String> args = read.args(value);
		return this.jdbc.query(read.sql(), (statement) -> {
			for (int i = 0; i < args.size(); i++) {
				statement.setObject(i + 1, args.get(i), Types.OTHER);
			}
		}, (ResultSetExtractor<String>) (rows) -> json(rows, read.skipped()));
	}

	private static String json(ResultSet rows, int skipped) throws SQLException {
		List<String> texts = new ArrayList<>();
		while (rows.next()) {
			texts.add(rows.getString(1));
		}
		int to = (skipped > 0) ? texts.size() - 1 : texts.size();
		return "[" + String.join(",", texts.subList(skipped, to)) + "]";
	}

}

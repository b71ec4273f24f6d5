package dev.oriel.admin.benchmark;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

import javax.sql.DataSource;

import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * What somebody would write by hand: one statement, its rows as JSON, nothing else. No
 * transaction, no time limit, no rights, any order that PostgreSQL likes.
 */
@RestController
class BareEndpoints {

	private static final String ROWS = "SELECT row_to_json(p)::text FROM (SELECT id, customer_id, status, placed_at, "
			+ "total, payload, ref FROM public.orders %s) p";

	private static final String WITH_CUSTOMER = "SELECT row_to_json(p)::text FROM (SELECT o.id, o.status, o.total, "
			+ "row_to_json(c) AS customer FROM public.orders o LEFT JOIN LATERAL (SELECT id, name, country "
			+ "FROM public.customer WHERE id = o.customer_id) c ON TRUE ORDER BY o.id LIMIT 50) p";

	private final JdbcTemplate jdbc;

	BareEndpoints(DataSource dataSource) {
		this.jdbc = new JdbcTemplate(dataSource);
	}

	@GetMapping(path = "/bare/page", produces = MediaType.APPLICATION_JSON_VALUE)
	String page() {
		return json(this.jdbc.query(ROWS.formatted("ORDER BY id LIMIT 50"), BareEndpoints::row));
	}

	@GetMapping(path = "/bare/filtered", produces = MediaType.APPLICATION_JSON_VALUE)
	String filtered(@RequestParam long customer) {
		return json(this.jdbc.query(ROWS.formatted("WHERE customer_id = ? ORDER BY placed_at DESC, id DESC LIMIT 50"),
				BareEndpoints::row, customer));
	}

	@GetMapping(path = "/bare/row", produces = MediaType.APPLICATION_JSON_VALUE)
	String row(@RequestParam long id) {
		return json(this.jdbc.query(ROWS.formatted("WHERE id = ?"), BareEndpoints::row, id));
	}

	@GetMapping(path = "/bare/embedded", produces = MediaType.APPLICATION_JSON_VALUE)
	String embedded() {
		return json(this.jdbc.query(WITH_CUSTOMER, BareEndpoints::row));
	}

	@GetMapping(path = "/bare/after", produces = MediaType.APPLICATION_JSON_VALUE)
	String after(@RequestParam long id) {
		return json(this.jdbc.query(ROWS.formatted("WHERE id > ? ORDER BY id LIMIT 50"), BareEndpoints::row, id));
	}

	private static String row(ResultSet row, int number) throws SQLException {
		return row.getString(1);
	}

	private static String json(List<String> rows) {
		return "[" + String.join(",", rows) + "]";
	}

}

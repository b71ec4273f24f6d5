package dev.oriel.admin.extension;

import java.util.Set;

import dev.oriel.admin.access.Operation;
import dev.oriel.admin.schema.RelationName;

import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The hook that {@code docs/extending.md} shows.
 */
// tag::hook[]
@Component
@Order(10)
class InvoiceRules implements WriteHook {

	private final JdbcClient jdbc;

	InvoiceRules(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	@Override
	public Set<RelationName> relations() {
		return Set.of(new RelationName("public", "invoice"));
	}

	@Override
	public void before(BeforeWrite write) {
		for (PendingRow row : write.rows()) {
			if (row.before() != null && "paid".equals(row.before().text("status"))) {
				row.reject("status", "A paid invoice stays as it is");
			}
			else if (write.operation() != Operation.DELETE) {
				row.set("changed_by", write.caller().name());
			}
		}
	}

	@Override
	public void after(AfterWrite write) {
		for (WrittenRow row : write.rows()) {
			RowImage invoice = (row.after() != null) ? row.after() : row.before();
			this.jdbc.sql("INSERT INTO invoice_log (invoice, operation) VALUES (?, ?)")
				.param(invoice.number("id").intValueExact())
				.param(write.operation().name())
				.update();
		}
	}

}
// end::hook[]

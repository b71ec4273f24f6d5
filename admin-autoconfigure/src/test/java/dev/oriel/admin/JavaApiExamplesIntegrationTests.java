package dev.oriel.admin;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.oriel.admin.access.AccessPolicy;
import dev.oriel.admin.access.Caller;
import dev.oriel.admin.access.Operation;
import dev.oriel.admin.access.PrivilegeAccessPolicy;
import dev.oriel.admin.access.RelationAccess;
import dev.oriel.admin.data.Impact;
import dev.oriel.admin.data.Problem;
import dev.oriel.admin.data.ProblemException;
import dev.oriel.admin.data.StaleRowException;
import dev.oriel.admin.query.Filter;
import dev.oriel.admin.query.Operator;
import dev.oriel.admin.schema.Function;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.testing.PostgresDatabase;
import dev.oriel.admin.transfer.ExportFormat;
import dev.oriel.admin.transfer.ImportOutcome;
import dev.oriel.admin.transfer.format.FileFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Runs the examples of {@code docs/java-api.md}. What stands between tags is on the page,
 * in the same order.
 */
class JavaApiExamplesIntegrationTests {

	private static final Path PAGE = Path.of("../docs/java-api.md");

	private static final Path SOURCE = Path
		.of("src/test/java/" + JavaApiExamplesIntegrationTests.class.getName().replace('.', '/') + ".java");

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create("dev/oriel/admin/oriel.sql");

	private static ConfigurableApplicationContext context;

	private final Oriel oriel = context.getBean(Oriel.class);

	private final JdbcClient jdbc = context.getBean(JdbcClient.class);

	@BeforeAll
	static void start() {
		context = new SpringApplicationBuilder(Host.class).web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.run("--spring.datasource.url=" + database.jdbcUrl(), "--spring.datasource.username=" + database.username(),
					"--spring.datasource.password=" + database.password(), "--oriel.schemas=public,sales",
					"--oriel.live.poll-interval=200ms");
	}

	@AfterAll
	static void stop() {
		context.close();
	}

	@BeforeEach
	void reset() {
		this.jdbc.sql("TRUNCATE sales.orders, sales.customer RESTART IDENTITY").update();
		this.jdbc.sql("INSERT INTO sales.customer (name) VALUES ('Ada'), ('Grace')").update();
		this.jdbc.sql("""
				INSERT INTO sales.orders (customer_id, status, total, note) VALUES
				(1, 'open', 10.50, 'a'), (1, 'paid', 20, NULL), (2, 'open', 30, 'c')""").update();
	}

	// The page begins here.

	// tag::controller[]
	@RestController
	static class OrderController {

		private final Oriel oriel;

		OrderController(Oriel oriel) {
			this.oriel = oriel;
		}

		@GetMapping(path = "/open-orders", produces = "application/json")
		String openOrders(Authentication authentication) {
			return this.oriel.as(authentication)
				.table("sales.orders")
				.query("status=eq.open&order=id&select=id,customer(name)")
				.json();
		}

	}
	// end::controller[]

	@Test
	void controller() {
		assertThat(context.getBean(OrderController.class)
			.openOrders(new TestingAuthenticationToken("admin", "", "ROLE_ADMIN")))
			.isEqualTo("[{\"id\":1,\"customer\":{\"name\":\"Ada\"}},{\"id\":3,\"customer\":{\"name\":\"Grace\"}}]");
	}

	@Test
	void callers() {
		Authentication authentication = new TestingAuthenticationToken("admin", "", "ROLE_ADMIN");
		// tag::callers[]
		OrielClient system = this.oriel.asSystem();
		OrielClient user = this.oriel.as(authentication);
		OrielClient clerk = this.oriel.as(new Caller("clerk", Set.of("CLERK")));
		// end::callers[]
		assertThat(List.of(system.caller().name(), user.caller().name(), clerk.caller().name()))
			.containsExactly("system", "admin", "clerk");
	}

	// tag::policy[]
	@Component
	static class ClerksSeeOpenOrders implements AccessPolicy {

		private final AccessPolicy everything = new PrivilegeAccessPolicy(false);

		@Override
		public RelationAccess decide(Caller caller, Relation relation) {
			RelationAccess access = this.everything.decide(caller, relation);
			if (!caller.authorities().contains("CLERK")) {
				return access;
			}
			Set<Operation> operations = relation.name().name().equals("orders") ? Set.of(Operation.SELECT) : Set.of();
			return new RelationAccess(operations, Set.of("id", "status"), Set.of(), Set.of(),
					Filter.Comparison.of("status", Operator.EQ, "open"));
		}

		@Override
		public boolean mayCall(Caller caller, Function function) {
			return caller.equals(Caller.SYSTEM);
		}

	}
	// end::policy[]

	@Test
	void policy() {
		OrielClient clerk = this.oriel.as(new Caller("clerk", Set.of("CLERK")));
		assertThat(clerk.table("sales.orders").json())
			.isEqualTo("[{\"id\":1,\"status\":\"open\"},{\"id\":3,\"status\":\"open\"}]");
		assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> clerk.table("sales.customer").list());
	}

	@Test
	void conditions() {
		// tag::conditions[]
		OrielTable open = this.oriel.asSystem()
			.table("sales.orders")
			.where("status", "eq", "open")
			.where("total", "gte", new BigDecimal("10"))
			.where("customer_id", "in", List.of(1, 2))
			.orderBy("total.desc")
			.limit(10);

		List<Map<String, Object>> rows = open.list();
		long number = open.count();
		// end::conditions[]
		assertThat(rows).extracting("id").containsExactly(3L, 1L);
		assertThat(number).isEqualTo(2);
	}

	@Test
	void streams() {
		// tag::stream[]
		BigDecimal[] sum = { BigDecimal.ZERO };
		this.oriel.asSystem().table("sales.orders").stream(Order.class, (order) -> sum[0] = sum[0].add(order.total()));
		// end::stream[]
		assertThat(sum[0]).isEqualByComparingTo("60.50");
	}

	@Test
	void exports(@TempDir Path directory) throws IOException {
		Path file = directory.resolve("open.xlsx");
		// tag::export[]
		OrielTable open = this.oriel.asSystem().table("sales.orders").where("status", "eq", "open").orderBy("id");
		try (OutputStream out = Files.newOutputStream(file)) {
			long rows = open.exportTo(out, ExportFormat.XLSX);
		}
		// end::export[]
		assertThat(Files.readAllBytes(file)).startsWith('P', 'K');
		ByteArrayOutputStream csv = new ByteArrayOutputStream();
		assertThat(open.select("id", "note").exportTo(csv, ExportFormat.CSV)).isEqualTo(2);
		assertThat(csv).hasToString("id,note\n1,a\n3,c\n");
	}

	// tag::record[]
	record Order(long id, String status, BigDecimal total, @Nullable String note) {
	}

	// end::record[]

	@Test
	void records() {
		// tag::records[]
		OrielTable orders = this.oriel.asSystem().table("sales.orders");

		List<Order> expensive = orders.where("total", "gt", 15).orderBy("id").list(Order.class);
		Optional<Order> first = orders.getAs(Order.class, 1);
		Order grace = orders.query("select=*,customer!inner()&customer.name=eq.Grace").one(Order.class);
		// end::records[]
		assertThat(expensive).extracting(Order::id).containsExactly(2L, 3L);
		assertThat(first).contains(new Order(1, "open", new BigDecimal("10.50"), "a"));
		assertThat(grace.id()).isEqualTo(3);
	}

	@Test
	void writes() {
		// tag::writes[]
		OrielTable orders = this.oriel.asSystem().table("sales.orders");

		Order added = orders.insert(Map.of("customer_id", 1, "total", new BigDecimal("99.90"))).one(Order.class);
		orders.insert("[{\"customer_id\": 2, \"total\": 5}, {\"customer_id\": 2, \"total\": 6}]");

		orders.where("id", "eq", added.id()).update(Map.of("status", "paid"));
		orders.upsert(Map.of("id", 3, "note", "merged"));
		int deleted = orders.where("total", "lt", 10).delete().size();
		// end::writes[]
		assertThat(added.status()).isEqualTo("open");
		assertThat(deleted).isEqualTo(2);
		assertThat(orders.orderBy("id").list(Order.class)).extracting(Order::status)
			.containsExactly("open", "paid", "open", "paid");
		assertThat(orders.getAs(Order.class, 3)).hasValueSatisfying((order) -> {
			assertThat(order.note()).isEqualTo("merged");
			assertThat(order.total()).isEqualByComparingTo("30");
		});
	}

	// tag::family[]
	record NewOrder(BigDecimal total, String note) {
	}

	record NewCustomer(String name, List<NewOrder> orders) {
	}

	// end::family[]

	@Test
	void families() {
		// tag::families[]
		NewCustomer hedy = new NewCustomer("Hedy",
				List.of(new NewOrder(new BigDecimal("7.50"), "first"), new NewOrder(new BigDecimal("8.50"), "second")));

		NewCustomer written = this.oriel.asSystem()
			.table("sales.customer")
			.query("select=name,orders(total,note)&orders.order=id")
			.insert(hedy)
			.one(NewCustomer.class);
		// end::families[]
		assertThat(written).isEqualTo(hedy);
		assertThat(this.oriel.asSystem().table("sales.orders").where("note", "eq", "second").count()).isOne();
	}

	@Test
	void limits() {
		// tag::limits[]
		OrielTable orders = this.oriel.asSystem().table("sales.orders");

		OrielRows wouldGo = orders.where("status", "eq", "open").dryRun().delete();
		orders.where("status", "eq", "paid").atMost(1).delete();
		// end::limits[]
		assertThat(wouldGo.size()).isEqualTo(2);
		assertThat(orders.count()).isEqualTo(2);
	}

	@Test
	void impact() {
		OrielTable orders = this.oriel.asSystem().table("sales.orders");
		List<String> changes = new ArrayList<>();
		// tag::impact[]
		orders.where("status", "eq", "open").dryRun((impact) -> {
			for (Impact.Table table : impact.tables()) {
				changes.add(table.relation() + ": " + table.counts().delete() + " rows would go");
			}
		}).delete();
		// end::impact[]
		assertThat(changes).containsExactly("sales.orders: 2 rows would go");
		assertThat(orders.count()).isEqualTo(3);
	}

	@Test
	void versions() {
		// tag::versions[]
		OrielTable order = this.oriel.asSystem().table("sales.orders").where("id", "eq", 1);
		String version = (String) order.versions().one().get("_version");

		order.expecting(version).update(Map.of("note", "mine"));
		try {
			order.expecting(version).update(Map.of("note", "too late"));
		}
		catch (StaleRowException ex) {
			this.conflicts.add(ex.current().json());
		}
		// end::versions[]
		assertThat(this.conflicts).singleElement().asString().contains("mine");
	}

	private final List<String> conflicts = new ArrayList<>();

	@Test
	void imports(@TempDir Path directory) throws IOException {
		Path file = Files.writeString(directory.resolve("orders.csv"), """
				Number;Customer;Total;Placed at;Remark
				3;2;35,50;31.12.2026;x
				4;1;1.000,00;01.01.2027;
				5;1;-1;02.01.2027;
				""");
		List<String> reasons = new ArrayList<>();
		// tag::import[]
		ImportOutcome outcome = this.oriel.asSystem()
			.table("sales.orders")
			.importing(FileFormat.CSV)
			.upsert()
			.map("Number", "id")
			.map("Customer", "customer_id")
			.leaveOut("Remark")
			.dates("DD.MM.YYYY")
			.option("decimal", ",")
			.skipRejected()
			.from(file);

		long written = outcome.inserted() + outcome.updated();
		for (ImportOutcome.Rejection rejection : outcome.problems()) {
			reasons.add("line " + rejection.line() + ": " + rejection.problem().column());
		}
		// end::import[]
		assertThat(written).isEqualTo(2);
		assertThat(reasons).containsExactly("line 4: total");
		assertThat(outcome.rejectedRows()).content().contains("5;1;-1;02.01.2027;;4;");
	}

	@Test
	void problems() {
		List<String> messages = new ArrayList<>();
		// tag::problems[]
		try {
			this.oriel.asSystem().table("sales.orders").insert(Map.of("customer_id", 1, "total", -1));
		}
		catch (ProblemException ex) {
			Problem problem = ex.problem();
			messages.add(problem.status() + " " + problem.code() + " " + problem.column());
		}
		// end::problems[]
		assertThat(messages).containsExactly("400 23514 total");
	}

	// tag::transaction[]
	@Service
	static class Checkout {

		private final Oriel oriel;

		private final JdbcClient jdbc;

		Checkout(Oriel oriel, JdbcClient jdbc) {
			this.oriel = oriel;
			this.jdbc = jdbc;
		}

		@Transactional
		void pay(long id) {
			OrielTable orders = this.oriel.asSystem().table("sales.orders");
			orders.where("id", "eq", id).update(Map.of("status", "paid"));
			try {
				orders.insert(Map.of("id", id));
			}
			catch (ProblemException ex) {
				// Only the insert is undone; the transaction goes on.
			}
			this.jdbc.sql("UPDATE sales.orders SET note = 'paid by ' || customer_id WHERE id = ?").param(id).update();
		}

	}
	// end::transaction[]

	@Test
	void transaction() {
		Checkout checkout = context.getBean(Checkout.class);
		checkout.pay(3);
		assertThat(this.oriel.asSystem().table("sales.orders").getAs(Order.class, 3))
			.contains(new Order(3, "paid", new BigDecimal("30.00"), "paid by 2"));
	}

	@Test
	void functions() {
		// tag::functions[]
		OrielClient system = this.oriel.asSystem();

		List<Order> open = system.call("sales.open_orders", Map.of("customer", 1)).list(Order.class);
		BigDecimal doubled = system.call("twice", Map.of("n", new BigDecimal("1.50"))).one(BigDecimal.class);
		// end::functions[]
		assertThat(open).extracting(Order::id).containsExactly(1L);
		assertThat(doubled).isEqualTo(new BigDecimal("3.00"));
	}

	@Test
	void live() throws InterruptedException {
		BlockingQueue<List<Order>> shown = new LinkedBlockingQueue<>();
		// tag::live[]
		LiveRows live = this.oriel.asSystem()
			.table("sales.orders")
			.where("status", "eq", "open")
			.orderBy("id")
			.live((rows) -> shown.add(rows.list(Order.class)));
		// end::live[]
		assertThat(shown.poll(2, TimeUnit.MINUTES)).hasSize(2);
		this.jdbc.sql("UPDATE sales.orders SET status = 'paid' WHERE id = 1").update();
		assertThat(shown.poll(2, TimeUnit.MINUTES)).extracting(Order::id).containsExactly(3L);
		live.close();
	}

	// tag::scheduled[]
	@Component
	static class Cleanup implements ApplicationRunner {

		private final OrielTable lost;

		Cleanup(Oriel oriel) {
			this.lost = oriel.asSystem().table("sales.orders").where("status", "eq", "lost");
		}

		@Override
		public void run(ApplicationArguments arguments) {
			removeLost();
		}

		@Scheduled(cron = "@daily")
		void removeLost() {
			this.lost.delete();
		}

	}
	// end::scheduled[]

	@Test
	void scheduled() {
		this.jdbc.sql("UPDATE sales.orders SET status = 'lost' WHERE id < 3").update();
		context.getBean(Cleanup.class).removeLost();
		assertThat(this.oriel.asSystem().table("sales.orders").count()).isOne();
	}

	@Test
	void pageShowsWhatRuns() throws IOException {
		List<String> shown = new ArrayList<>();
		Matcher blocks = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(PAGE));
		while (blocks.find()) {
			shown.add(blocks.group(1).strip());
		}
		List<String> run = new ArrayList<>();
		Matcher regions = Pattern.compile("// tag::(\\w+)\\[]\n(.*?)// end::\\1\\[]", Pattern.DOTALL)
			.matcher(Files.readString(SOURCE));
		while (regions.find()) {
			run.add(regions.group(2).stripIndent().strip().replace("static class", "class"));
		}
		assertThat(shown).isEqualTo(run);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ OrderController.class, Checkout.class, Cleanup.class, ClerksSeeOpenOrders.class })
	static class Host {

	}

}

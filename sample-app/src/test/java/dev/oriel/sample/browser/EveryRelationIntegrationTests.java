package dev.oriel.sample.browser;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.SelectOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.annotation.DirtiesContext;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

/**
 * Every relation of a database that holds every construct of PostgreSQL is shown, sorted,
 * filtered, and its first row opened, whatever it is called.
 */
@BrowserTest
@DirtiesContext
class EveryRelationIntegrationTests {

	private static final List<String> SCHEMAS = List.of("public", "types", "kinds", "keys", "we\"ird; DROP TABLE x;--");

	/** What PostgreSQL itself refuses to read, and what is said of it. */
	private static final Map<String, String> UNREADABLE = Map.of("unpopulated_view",
			"Unpopulated view holds no rows yet", "unreachable", "Unreachable cannot be reached");

	@LocalServerPort
	private int port;

	@Autowired
	private JdbcTemplate jdbc;

	private Page page;

	private final List<String> failures = new ArrayList<>();

	@BeforeEach
	void load() throws IOException {
		this.jdbc.execute(
				new ClassPathResource("dev/oriel/admin/schema/torture.sql").getContentAsString(StandardCharsets.UTF_8));
	}

	@TestFactory
	Stream<DynamicTest> everyRelationIsUsable(Browser browser) {
		this.page = Page.signIn(browser, this.port, "admin", "");
		assertThat(link("Table public.tagged")).isVisible();
		watch(this.page.raw());
		List<JsonNode> relations = relations();
		assertThat(relations).hasSizeGreaterThan(60);
		return relations.stream()
			.map((relation) -> dynamicTest(text(relation, "schema") + "." + text(relation, "name"),
					() -> use(relation)))
			.onClose(this.page::close);
	}

	private void use(JsonNode relation) {
		this.failures.clear();
		JsonNode detail = open(relation);
		if (detail.path("columns").isEmpty()) {
			assertThat(heading("No columns")).isVisible();
			assertThat(this.failures).isEmpty();
			return;
		}
		String unreadable = UNREADABLE.get(text(relation, "name"));
		if (unreadable != null) {
			assertThat(heading(unreadable)).isVisible();
			assertThat(this.page.text(text(detail.path("limitations").get(0), "message"))).isVisible();
			assertThat(this.failures).isEmpty();
			return;
		}
		assertThat(heading(text(relation, "label"))).isVisible();
		awaitRows(count(relation, null));
		sort();
		filter(relation, text(detail.path("columns").get(0), "name"));
		openFirstRow(detail);
		assertThat(this.failures).isEmpty();
	}

	private JsonNode open(JsonNode relation) {
		Locator link = link(text(relation, "schema") + "." + text(relation, "name"));
		link.click();
		// The page and the interface write hostile names in the same way.
		String path = link.getAttribute("href").replaceFirst("^.*?/t/", "");
		return get("/admin/api/schema/" + path);
	}

	/**
	 * Sort by the first column that can be sorted by.
	 */
	private void sort() {
		Locator sortable = this.page.raw().locator("[role=columnheader].sortable");
		if (sortable.count() > 0) {
			sortable.first().locator(".label").click();
			assertThat(sortable.first()).hasAttribute("aria-sort", "ascending");
			awaitIdle();
			assertThat(notice()).hasCount(0);
		}
	}

	private void filter(JsonNode relation, String column) {
		Locator header = this.page.raw().locator("[role=columnheader]").first();
		header.hover();
		header.locator("button.more").click();
		this.page.raw().getByRole(AriaRole.MENUITEM).getByText("Filter…").click();
		this.page.raw().getByLabel("Operator").selectOption(new SelectOption().setLabel("is not NULL"));
		this.page.button("Apply").click();
		assertThat(this.page.raw().locator("oriel-filter-bar .chip")).hasCount(1);
		awaitRows(count(relation, column));
	}

	private void openFirstRow(JsonNode detail) {
		Locator first = this.page.raw().locator("[data-row='0'] [data-column='0']");
		if (detail.path("primaryKey").isEmpty() || first.count() == 0) {
			return;
		}
		first.click(new Locator.ClickOptions().setPosition(2, 2));
		Locator form = this.page.raw().locator("oriel-record-form");
		assertThat(form).isVisible();
		assertThat(form.locator("[data-column]")).not().hasCount(0);
		assertThat(notice()).hasCount(0);
	}

	/**
	 * Wait until as many rows are shown as there are.
	 */
	private void awaitRows(int count) {
		awaitIdle();
		assertThat(this.page.grid()).hasAttribute("aria-busy", "false");
		assertThat(this.page.raw().locator("[role=row][data-row]")).hasCount(count);
		assertThat(this.page.raw().locator("oriel-row-table oriel-empty-state")).hasCount((count == 0) ? 1 : 0);
		assertThat(notice()).hasCount(0);
	}

	private void awaitIdle() {
		assertThat(this.page.raw().locator(".refresh.turning")).hasCount(0);
	}

	private Locator notice() {
		return this.page.raw().locator("oriel-notice.error");
	}

	private Locator heading(String label) {
		return this.page.raw()
			.locator("main")
			.getByRole(AriaRole.HEADING, new Locator.GetByRoleOptions().setName(label).setExact(true));
	}

	private Locator link(String title) {
		return this.page.raw()
			.locator("oriel-navigation a")
			.and(this.page.raw().locator("[title$=" + JsonMapper.shared().writeValueAsString(title) + "]"));
	}

	private int count(JsonNode relation, String column) {
		String of = (column != null) ? identifier(column) : "*";
		Integer count = this.jdbc.queryForObject("SELECT count(%s) FROM %s.%s".formatted(of,
				identifier(text(relation, "schema")), identifier(text(relation, "name"))), Integer.class);
		return (count != null) ? count : -1;
	}

	private List<JsonNode> relations() {
		return get("/admin/api/schema").path("relations")
			.valueStream()
			.filter((relation) -> SCHEMAS.contains(text(relation, "schema")))
			.filter((relation) -> !relation.path("hidden").asBoolean())
			.sorted(Comparator.comparing((relation) -> text(relation, "schema") + text(relation, "name")))
			.toList();
	}

	private JsonNode get(String path) {
		return JsonMapper.shared()
			.readTree(this.page.raw().request().get("http://localhost:" + this.port + path).text());
	}

	private void watch(com.microsoft.playwright.Page raw) {
		raw.onPageError(this.failures::add);
		raw.onConsoleMessage((message) -> {
			// What could not be loaded is told by its response, with more to it.
			if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
				this.failures.add(message.text());
			}
		});
		raw.onDialog((dialog) -> this.failures.add(dialog.message()));
		raw.onResponse((response) -> {
			if (response.status() >= 400) {
				this.failures.add(response.status() + " " + response.request().method() + " " + response.url());
			}
		});
	}

	private static String text(JsonNode node, String member) {
		return node.path(member).asString();
	}

	private static String identifier(String name) {
		return '"' + name.replace("\"", "\"\"") + '"';
	}

}

package dev.oriel.sample.browser;

import java.util.regex.Pattern;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.SelectOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Rows are found by words and by periods around now, and new ones that match appear.
 */
@BrowserTest
class SearchIntegrationTests {

	private static final Pattern SEARCHED = Pattern.compile("[?&]q=lyra(&|$)");

	private static final Pattern FILTERED = Pattern.compile("[?&]filter=heartbeat_at[^&]*within[^&]*24");

	@LocalServerPort
	private int port;

	@Autowired
	private JdbcClient jdbc;

	private Page page;

	@BeforeEach
	void insertWorkers() {
		insert(901, "lyra-today", 0);
		insert(902, "lyra-long-ago", 30);
	}

	@AfterEach
	void deleteWorkersAndClosePage() {
		this.jdbc.sql("DELETE FROM engine.worker WHERE id > 900").update();
		assertThat(this.page.faults()).as("faults in the page's scripts").isEmpty();
		this.page.close();
	}

	@Test
	void wordsAndAPeriodNarrowTheRowsAndStayLive(Browser browser) {
		this.page = Page.signIn(browser, this.port, "admin", "/t/engine/worker");
		assertThat(this.page.row("lyra-today")).isVisible();
		this.page.raw().keyboard().press("/");
		Locator search = this.page.raw().locator("oriel-search-box input");
		assertThat(search).isFocused();

		search.pressSequentially("lyra");
		assertThat(rows()).hasCount(2);
		assertThat(this.page.raw()).hasURL(SEARCHED);

		filterByTheLastDay();
		assertThat(rows()).hasCount(1);
		assertThat(this.page.row("lyra-today")).isVisible();
		assertThat(this.page.raw()).hasURL(FILTERED);
		assertThat(this.page.raw()).hasURL(SEARCHED);

		this.page.awaitLive();
		insert(903, "orion-today", 0);
		insert(904, "lyra-yesteryear", 400);
		insert(905, "lyra-new", 0);
		assertThat(this.page.row("lyra-new")).isVisible();
		assertThat(rows()).hasCount(2);

		search.press("Escape");
		assertThat(search).hasValue("");
		assertThat(this.page.row("orion-today")).isVisible();
		assertThat(this.page.row("lyra-long-ago")).isHidden();
		assertThat(this.page.raw()).not().hasURL(SEARCHED);
		assertThat(this.page.raw()).hasURL(FILTERED);
	}

	private void filterByTheLastDay() {
		this.page.raw().locator("oriel-list-toolbar").getByText("Filter").click();
		Locator dialog = this.page.raw().getByRole(AriaRole.DIALOG);
		dialog.getByLabel("Column").selectOption(new SelectOption().setLabel("Last seen"));
		dialog.getByLabel("Operator").selectOption(new SelectOption().setLabel("in the period"));
		this.page.button("Last 24 hours").click();
	}

	private Locator rows() {
		return this.page.raw().locator("[role=row][data-row]");
	}

	private void insert(int id, String name, int daysAgo) {
		this.jdbc.sql("""
				INSERT INTO engine.worker (id, name, address, kinds, heartbeat_at)
				VALUES (?, ?, '10.0.0.9', '{archive}', now() - make_interval(days => ?))""")
			.params(id, name, daysAgo)
			.update();
	}

}

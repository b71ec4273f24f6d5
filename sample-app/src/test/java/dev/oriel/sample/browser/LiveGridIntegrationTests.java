package dev.oriel.sample.browser;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What other programs write appears in a table that is shown, and what a user sets stays.
 */
@BrowserTest
class LiveGridIntegrationTests {

	private static final int ATTEMPTS = 5;

	private static final Duration SECOND = Duration.ofSeconds(1);

	private static final Duration MARKED = Duration.ofSeconds(1);

	private static final LocatorAssertions.IsVisibleOptions VISIBLE = new LocatorAssertions.IsVisibleOptions()
		.setTimeout(20_000);

	private static final LocatorAssertions.IsHiddenOptions HIDDEN = new LocatorAssertions.IsHiddenOptions()
		.setTimeout(20_000);

	@LocalServerPort
	private int port;

	@Autowired
	private JdbcClient jdbc;

	private Page page;

	@AfterEach
	void closePage() {
		assertThat(this.page.faults()).as("faults in the page's scripts").isEmpty();
		this.page.close();
	}

	@Test
	void writesOfOtherProgramsAppearWithinASecondAndWithoutARefresh(Browser browser) {
		this.page = Page.signIn(browser, this.port, "admin", "/t/company/company");
		assertThat(this.page.row("Nord Energie GmbH")).isVisible();
		this.page.awaitLive();
		List<Duration> updates = new ArrayList<>();
		List<Duration> inserts = new ArrayList<>();
		List<Duration> deletes = new ArrayList<>();
		for (int i = 1; i <= ATTEMPTS; i++) {
			String name = "Aurora " + i;
			String renamed = "Nordwind " + i;
			updates.add(untilSeen("UPDATE company.company SET name = '%s' WHERE id = 1".formatted(renamed),
					() -> assertThat(this.page.row(renamed)).isVisible(VISIBLE)));
			inserts.add(untilSeen("""
					INSERT INTO company.company (id, name, sector, founded_on, headquarters, country, employees)
					VALUES (%d, '%s', 'energy', '2020-01-01', 'Oslo', 'NO', 7)""".formatted(-i, name),
					() -> assertThat(this.page.row(name)).isVisible(VISIBLE)));
			deletes.add(untilSeen("DELETE FROM company.company WHERE id = %d".formatted(-i),
					() -> assertThat(this.page.row(name)).isHidden(HIDDEN)));
		}
		this.page.picture("live-grid");
		// The best of a few, because the machine may be busy with something else.
		assertThat(Collections.min(updates)).isLessThan(SECOND);
		assertThat(Collections.min(inserts)).isLessThan(SECOND);
		// A deleted row stays for a second, struck through, before it collapses.
		assertThat(Collections.min(deletes)).isLessThan(SECOND.plus(MARKED));
	}

	private Duration untilSeen(String write, Runnable seen) {
		this.jdbc.sql(write).update();
		long committed = System.nanoTime();
		seen.run();
		return Duration.ofNanos(System.nanoTime() - committed);
	}

	@Test
	void aHiddenColumnAndAFormatSurviveANewLogin(Browser browser) {
		this.page = Page.signIn(browser, this.port, "admin", "/t/company/company");
		assertThat(this.page.header("Ticker")).isVisible();
		this.page.button("Columns").click();
		this.page.raw().getByRole(AriaRole.CHECKBOX, checkbox("Ticker")).uncheck();
		assertThat(this.page.header("Ticker")).isHidden();
		this.page.button("Format of Employees").click();
		this.page.raw().locator("oriel-format-picker select").first().selectOption("Badge");
		assertThat(this.page.button("Format of Employees: Badge")).isVisible();
		assertThat(this.page.text("Saved").first()).isVisible();
		this.page.close();

		this.page = Page.signIn(browser, this.port, "admin", "/t/company/company");
		assertThat(this.page.header("Employees")).isVisible();
		assertThat(this.page.header("Ticker")).isHidden();
		this.page.button("Columns").click();
		assertThat(this.page.button("Format of Employees: Badge")).isVisible();
		this.page.close();

		this.page = Page.signIn(browser, this.port, "support", "/t/company/company");
		// Settings belong to one user.
		assertThat(this.page.header("Ticker")).isVisible();
	}

	private static com.microsoft.playwright.Page.GetByRoleOptions checkbox(String name) {
		return new com.microsoft.playwright.Page.GetByRoleOptions().setName(name);
	}

}

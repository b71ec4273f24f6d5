package dev.oriel.sample.browser;

import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
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

	/** A second, as promised, on a machine that runs a browser and a database besides. */
	private static final double SOON = 1_000;

	@LocalServerPort
	private int port;

	@Autowired
	private JdbcClient jdbc;

	private Chromium chromium;

	private Page page;

	@BeforeAll
	void startBrowser() {
		this.chromium = Chromium.start();
	}

	@AfterAll
	void stopBrowser() {
		this.chromium.close();
	}

	@AfterEach
	void closePage() {
		assertThat(this.page.faults()).as("faults in the page's scripts").isEmpty();
		this.page.close();
	}

	@Test
	void writesOfOtherProgramsAppearWithoutARefresh() {
		this.page = Page.signIn(this.chromium.browser(), this.port, "admin", "/t/company/company");
		assertThat(this.page.row("Nord Energie GmbH")).isVisible();
		this.page.awaitLive();

		this.jdbc.sql("UPDATE company.company SET name = 'Nordwind SE' WHERE id = 1").update();
		assertThat(this.page.row("Nordwind SE")).isVisible(within(SOON));

		this.jdbc.sql("DELETE FROM company.finance WHERE company_id = 2").update();
		this.jdbc.sql("DELETE FROM company.company WHERE id = 2").update();
		assertThat(this.page.row("Rhein Energie GmbH"))
			.isHidden(new LocatorAssertions.IsHiddenOptions().setTimeout(2 * SOON));

		this.jdbc.sql("""
				INSERT INTO company.company (id, name, sector, listed, founded_on, headquarters, country, employees)
				OVERRIDING SYSTEM VALUE
				SELECT 0, 'Aurora Null AG', sector, listed, founded_on, headquarters, country, employees
				FROM company.company WHERE id = 1""").update();
		assertThat(this.page.row("Aurora Null AG")).isVisible(within(SOON));
		this.page.picture("live-grid");
	}

	@Test
	void aHiddenColumnAndAFormatSurviveANewLogin() {
		this.page = Page.signIn(this.chromium.browser(), this.port, "admin", "/t/company/company");
		assertThat(this.page.header("Ticker")).isVisible();
		this.page.button("Columns").click();
		this.page.raw().getByRole(AriaRole.CHECKBOX, checkbox("Ticker")).uncheck();
		assertThat(this.page.header("Ticker")).isHidden();
		this.page.button("Format of Employees").click();
		this.page.raw().locator("oriel-format-picker select").first().selectOption("Badge");
		assertThat(this.page.button("Format of Employees: Badge")).isVisible();
		assertThat(this.page.text("Saved").first()).isVisible();
		this.page.close();

		this.page = Page.signIn(this.chromium.browser(), this.port, "admin", "/t/company/company");
		assertThat(this.page.header("Employees")).isVisible();
		assertThat(this.page.header("Ticker")).isHidden();
		this.page.button("Columns").click();
		assertThat(this.page.button("Format of Employees: Badge")).isVisible();
		this.page.close();

		this.page = Page.signIn(this.chromium.browser(), this.port, "support", "/t/company/company");
		// Settings belong to one user.
		assertThat(this.page.header("Ticker")).isVisible();
	}

	private static LocatorAssertions.IsVisibleOptions within(double milliseconds) {
		return new LocatorAssertions.IsVisibleOptions().setTimeout(milliseconds);
	}

	private static com.microsoft.playwright.Page.GetByRoleOptions checkbox(String name) {
		return new com.microsoft.playwright.Page.GetByRoleOptions().setName(name);
	}

}

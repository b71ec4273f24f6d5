package dev.oriel.sample.browser;

import java.util.regex.Pattern;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A row is corrected, created and deleted by its form, and nothing typed is ever lost.
 */
@BrowserTest
class RecordFormIntegrationTests {

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
	void aChangedFieldIsSaved(Browser browser) {
		open(browser, "/t/company/company/r/3");
		input("headquarters").fill("Zürich");
		this.page.button("Save").click();
		awaitSaved();
		assertThat(text("headquarters", 3)).isEqualTo("Zürich");
	}

	@Test
	void aViolatedRuleIsToldAtItsFieldAndNothingTypedIsLost(Browser browser) {
		open(browser, "/t/company/company/r/4");
		String taken = text("name", 5);
		input("name").fill(taken);
		input("headquarters").fill("Basel");
		this.page.button("Save").click();
		assertThat(field("name")).containsText("Another row already has this value: “" + taken + "”");
		assertThat(field("name")).containsText("Rule: UNIQUE (name)");
		assertThat(field("name").getByText("Open the other row")).hasAttribute("href",
				Pattern.compile(".*/t/company/company/r/5$"));
		assertThat(input("headquarters")).hasValue("Basel");
		assertThat(text("headquarters", 4)).isNotEqualTo("Basel");

		input("name").fill("A name that is free");
		this.page.button("Save").click();
		awaitSaved();
		assertThat(text("headquarters", 4)).isEqualTo("Basel");
	}

	@Test
	void aValueThatIsOutOfRangeIsToldAtItsField(Browser browser) {
		open(browser, "/t/company/company/r/7");
		String employees = text("employees", 7);
		input("employees").fill("-5");
		this.page.button("Save").click();
		assertThat(field("employees")).containsText("-5 does not meet a rule.");
		assertThat(text("employees", 7)).isEqualTo(employees);
	}

	@Test
	void whatStillRefersToARowIsSaidAndShown(Browser browser) {
		open(browser, "/t/housing/ward/r/1");
		this.page.button("Delete").click();
		this.page.raw().locator("mat-dialog-container").getByText("Delete").last().click();
		Locator notice = this.page.raw().locator("oriel-record-form oriel-notice");
		assertThat(notice).containsText("still refer");
		notice.getByText("Show the row").click();
		assertThat(this.page.grid()).isVisible();
		assertThat(this.page.raw()).hasURL(Pattern.compile(".*/t/housing/.*ward_id.*"));
		assertThat(this.jdbc.sql("SELECT count(*) FROM housing.ward WHERE id = 1").query(Integer.class).single())
			.isEqualTo(1);
	}

	@Test
	void aChangeBySomebodyElseIsShownBesideOnesOwn(Browser browser) {
		open(browser, "/t/company/company/r/6");
		input("headquarters").fill("Mine");
		this.jdbc.sql("UPDATE company.company SET headquarters = 'Theirs', employees = 4711 WHERE id = 6").update();
		assertThat(field("headquarters")).containsText("Theirs");
		assertThat(input("headquarters")).hasValue("Mine");
		assertThat(input("employees")).hasValue("4711");

		field("headquarters").getByText("Keep mine").click();
		this.page.button("Save").click();
		awaitSaved();
		assertThat(text("headquarters", 6)).isEqualTo("Mine");
	}

	@Test
	void aRowIsCreatedAndDeleted(Browser browser) {
		open(browser, "/t/engine/worker/new");
		input("id").fill("99");
		input("name").fill("worker-new");
		input("address").fill("10.0.0.99");
		input("kinds").fill("{transcode,archive}");
		this.page.button("Create").click();
		assertThat(this.page.button("Delete")).isVisible();
		assertThat(workers()).isEqualTo(1);

		this.page.button("Delete").click();
		this.page.raw().locator("mat-dialog-container").getByText("Delete").last().click();
		assertThat(this.page.grid()).isVisible();
		assertThat(workers()).isZero();
	}

	private void open(Browser browser, String place) {
		this.page = Page.signIn(browser, this.port, "admin", place);
		assertThat(this.page.raw().locator("oriel-record-form")).isVisible();
	}

	/** The bar with the button is there as long as something is not saved. */
	private void awaitSaved() {
		assertThat(this.page.raw().locator("main footer")).hasCount(0);
	}

	private Locator field(String column) {
		return this.page.raw().locator("[data-column=" + column + "]");
	}

	private Locator input(String column) {
		return field(column).locator("input, textarea").first();
	}

	private String text(String column, int id) {
		return this.jdbc.sql("SELECT " + column + "::text FROM company.company WHERE id = " + id)
			.query(String.class)
			.single();
	}

	private int workers() {
		return this.jdbc.sql("SELECT count(*) FROM engine.worker WHERE name = 'worker-new'")
			.query(Integer.class)
			.single();
	}

}

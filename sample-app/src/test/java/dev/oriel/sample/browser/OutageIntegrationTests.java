package dev.oriel.sample.browser;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.assertions.LocatorAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who may not come in is told so, and a database that goes away and comes back is noticed
 * without loading the page again.
 */
@BrowserTest
class OutageIntegrationTests {

	private static final double RECOVERY = 30_000;

	@LocalServerPort
	private int port;

	@Value("${spring.datasource.url}")
	private String url;

	private Page page;

	@AfterEach
	void closePage() {
		this.page.close();
	}

	@Test
	void aUserWithoutTheAuthorityIsToldSo(Browser browser) {
		this.page = Page.signIn(browser, this.port, "viewer", "/t/company/company");
		assertThat(this.page.text("This user may not use the admin").first()).isVisible();
		assertThat(this.page.grid()).isHidden();
	}

	@Test
	void thePageRecoversWhenTheDatabaseComesBack(Browser browser) throws SQLException {
		this.page = Page.signIn(browser, this.port, "admin", "/t/company/company");
		assertThat(this.page.row("Nord")).not().hasCount(0);
		this.page.awaitLive();
		allowConnections(false);
		try {
			this.page.button("Refresh").click();
			assertThat(this.page.text("The database cannot be reached").first()).isVisible(within(RECOVERY));
			assertThat(this.page.row("Nord")).not().hasCount(0);
			this.page.picture("outage");
		}
		finally {
			allowConnections(true);
		}
		assertThat(this.page.text("The database cannot be reached")).hasCount(0,
				new LocatorAssertions.HasCountOptions().setTimeout(RECOVERY));
		try (Connection connection = DriverManager.getConnection(this.url);
				Statement statement = connection.createStatement()) {
			statement.execute("UPDATE company.company SET name = 'Back again' WHERE id = 7");
		}
		assertThat(this.page.row("Back again")).isVisible(within(RECOVERY));
		assertThat(this.page.faults()).as("faults in the page's scripts").isEmpty();
	}

	/**
	 * Take the database away from everybody, or give it back.
	 */
	private void allowConnections(boolean allowed) throws SQLException {
		String name = this.url.replaceAll(".*/|\\?.*", "");
		try (Connection connection = DriverManager.getConnection(this.url.replace("/" + name, "/postgres"));
				Statement statement = connection.createStatement()) {
			statement.execute("ALTER DATABASE \"%s\" WITH ALLOW_CONNECTIONS %s".formatted(name, allowed));
			if (!allowed) {
				statement.execute(
						"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '%s'".formatted(name));
			}
		}
	}

	private static LocatorAssertions.IsVisibleOptions within(double milliseconds) {
		return new LocatorAssertions.IsVisibleOptions().setTimeout(milliseconds);
	}

}

package dev.oriel.sample.browser;

import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/**
 * The page as one person uses it, from signing in on.
 */
final class Page implements AutoCloseable {

	private static final Path PICTURES = Paths.get("target", "browser");

	private final String origin;

	private final BrowserContext context;

	private final com.microsoft.playwright.Page page;

	private final List<String> faults = new ArrayList<>();

	private Page(String origin, BrowserContext context) {
		this.origin = origin;
		this.context = context;
		this.page = context.newPage();
		this.page.onPageError(this.faults::add);
		this.page.onConsoleMessage((message) -> {
			if (message.type().equals("error") && message.text().contains("Content Security Policy")) {
				this.faults.add(message.text());
			}
		});
	}

	/**
	 * Whether the page is on the class path.
	 */
	static boolean isBuilt() {
		return Page.class.getClassLoader().getResource("META-INF/oriel/ui/index.html") != null;
	}

	/**
	 * Open a place in Oriel as somebody who has not signed in yet, and sign in where the
	 * application asks to.
	 */
	static Page signIn(Browser browser, int port, String user, String place) {
		Page page = new Page("http://localhost:" + port,
				browser.newContext(new Browser.NewContextOptions().setViewportSize(1440, 900)));
		page.page.navigate(page.origin + "/admin" + place);
		page.page.locator("input[name=username]").fill(user);
		page.page.locator("input[name=password]").fill(user);
		page.page.locator("button[type=submit]").click();
		return page;
	}

	com.microsoft.playwright.Page raw() {
		return this.page;
	}

	void open(String place) {
		this.page.navigate(this.origin + "/admin" + place);
	}

	Locator grid() {
		return this.page.getByRole(AriaRole.GRID);
	}

	Locator row(String text) {
		return grid().getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText(text));
	}

	Locator header(String label) {
		return grid().getByRole(AriaRole.COLUMNHEADER).filter(new Locator.FilterOptions().setHasText(label));
	}

	Locator button(String name) {
		return this.page.getByRole(AriaRole.BUTTON, new com.microsoft.playwright.Page.GetByRoleOptions().setName(name));
	}

	Locator text(String text) {
		return this.page.getByText(text);
	}

	/**
	 * Wait until rows are shown and changes are pushed.
	 */
	void awaitLive() {
		assertThat(this.page.locator("oriel-live-indicator .indicator.on")).isVisible();
	}

	void picture(String name) {
		this.page
			.screenshot(new com.microsoft.playwright.Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
	}

	/**
	 * Return what went wrong in the page's scripts.
	 */
	List<String> faults() {
		return this.faults;
	}

	@Override
	public void close() {
		this.context.close();
	}

}

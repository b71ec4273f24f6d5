package dev.oriel.sample.browser;

import com.microsoft.playwright.Browser;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands the tests of a run one browser, which ends with the run.
 */
class ChromiumExtension implements ParameterResolver {

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		return parameter.getParameter().getType() == Browser.class;
	}

	@Override
	public Browser resolveParameter(ParameterContext parameter, ExtensionContext context) {
		return context.getRoot()
			.getStore(ExtensionContext.Namespace.create(ChromiumExtension.class))
			.computeIfAbsent(Chromium.class, (type) -> Chromium.start(), Chromium.class)
			.browser();
	}

}

package dev.oriel.sample.browser;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import dev.oriel.sample.SampleTest;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that looks at the page of the running sample application.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SampleTest
@ExtendWith(ChromiumExtension.class)
@EnabledIf(value = "dev.oriel.sample.browser.Page#isBuilt",
		disabledReason = "The page is not part of this build (profile no-ui)")
@interface BrowserTest {

}

package dev.oriel.admin.autoconfigure;

import java.util.function.Supplier;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.boot.security.web.servlet.ApplicationContextRequestMatcher;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletPath;
import org.springframework.context.ApplicationContext;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.context.WebApplicationContext;

import org.jspecify.annotations.Nullable;

/**
 * For applications that write security rules of their own.
 *
 * @since 0.1.0
 */
public final class OrielRequest {

	private OrielRequest() {
	}

	/**
	 * Return a matcher for everything that Oriel serves, wherever it is mounted.
	 */
	public static RequestMatcher toOriel() {
		return new OrielRequestMatcher();
	}

	private static final class OrielRequestMatcher extends ApplicationContextRequestMatcher<ApplicationContext> {

		private volatile @Nullable RequestMatcher delegate;

		private OrielRequestMatcher() {
			super(ApplicationContext.class);
		}

		@Override
		protected void initialized(Supplier<ApplicationContext> context) {
			// Where Oriel is switched off, nothing is its own.
			OrielProperties properties = context.get().getBeanProvider(OrielProperties.class).getIfAvailable();
			if (properties != null) {
				this.delegate = PathPatternRequestMatcher.withDefaults()
					.matcher(prefix(context.get()) + properties.getPath() + "/**");
			}
		}

		private static String prefix(ApplicationContext context) {
			// As spring.mvc.servlet.path, which applications rarely set.
			DispatcherServletPath servlet = context.getBeanProvider(DispatcherServletPath.class).getIfUnique();
			return (servlet != null) ? servlet.getPrefix() : "";
		}

		@Override
		protected boolean matches(HttpServletRequest request, Supplier<ApplicationContext> context) {
			RequestMatcher matcher = this.delegate;
			return matcher != null && matcher.matches(request);
		}

	}

}

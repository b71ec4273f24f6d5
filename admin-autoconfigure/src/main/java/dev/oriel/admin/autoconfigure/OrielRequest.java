package dev.oriel.admin.autoconfigure;

import java.util.function.Supplier;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.boot.security.web.servlet.ApplicationContextRequestMatcher;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

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

	private static final class OrielRequestMatcher extends ApplicationContextRequestMatcher<OrielProperties> {

		private volatile @Nullable RequestMatcher delegate;

		private OrielRequestMatcher() {
			super(OrielProperties.class);
		}

		@Override
		protected void initialized(Supplier<OrielProperties> properties) {
			this.delegate = PathPatternRequestMatcher.withDefaults().matcher(properties.get().getPath() + "/**");
		}

		@Override
		protected boolean matches(HttpServletRequest request, Supplier<OrielProperties> properties) {
			RequestMatcher matcher = this.delegate;
			return matcher != null && matcher.matches(request);
		}

	}

}

package dev.oriel.admin.web;

import org.springframework.util.Assert;

import org.jspecify.annotations.Nullable;

/**
 * What the HTTP interface is told by the configuration.
 *
 * @param path where Oriel is mounted below the context path, for example {@code /admin}
 * @param application the name of the host application, or {@code null}
 * @param readOnly whether nothing may be written
 * @param live whether changes are pushed
 * @param plans whether clients may ask how PostgreSQL carries a request out
 * @param serverTiming whether answers tell how long their parts took
 * @since 0.1.0
 */
public record WebSettings(String path, @Nullable String application, boolean readOnly, boolean live, boolean plans,
		boolean serverTiming) {

	public WebSettings {
		Assert.isTrue(path.startsWith("/") && path.length() > 1 && !path.endsWith("/"),
				"'path' must begin with a slash and not end with one");
	}

}

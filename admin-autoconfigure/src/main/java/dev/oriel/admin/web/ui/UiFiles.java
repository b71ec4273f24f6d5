package dev.oriel.admin.web.ui;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.io.support.ResourcePatternResolver;

import org.jspecify.annotations.Nullable;

/**
 * The files of the page, read into memory once. A request can only name a file of this
 * list, so no path leads anywhere else.
 */
final class UiFiles {

	private static final String LOCATION = "META-INF/oriel/ui/";

	private final Map<String, byte[]> files;

	private UiFiles(Map<String, byte[]> files) {
		this.files = Map.copyOf(files);
	}

	/**
	 * Read all files.
	 * @param loader where the page is
	 */
	static UiFiles load(ClassLoader loader) {
		ResourcePatternResolver resolver = new PathMatchingResourcePatternResolver(loader);
		Map<String, byte[]> files = new HashMap<>();
		try {
			for (Resource resource : resolver.getResources("classpath*:" + LOCATION + "**/*")) {
				String url = resource.getURL().toString();
				if (resource.isReadable() && !url.endsWith("/")) {
					String name = url.substring(url.lastIndexOf(LOCATION) + LOCATION.length());
					files.put(name, resource.getContentAsByteArray());
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The files of the page cannot be read", ex);
		}
		return new UiFiles(files);
	}

	/**
	 * Return the content of a file, or {@code null} if there is none of that name.
	 */
	byte @Nullable [] content(String name) {
		return this.files.get(name);
	}

}

package dev.oriel.admin.web.ui;

import java.util.regex.Pattern;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.MappingMatch;

/**
 * Where a client finds everything, whatever lies between the client and the application.
 *
 * @since 0.1.0
 */
public final class MountPoint {

	private static final Pattern PREFIX = Pattern.compile("(/[A-Za-z0-9._~-]+)*");

	private MountPoint() {
	}

	/**
	 * Return the path as the client sees it, with a slash at the end.
	 * @param request the client's request
	 * @param path where Oriel is mounted below the context path
	 */
	public static String of(HttpServletRequest request, String path) {
		// Where the host has Spring's forwarded-header support, the prefix is part of the
		// context path by now and the header is gone.
		String prefix = request.getHeader("X-Forwarded-Prefix");
		boolean usable = prefix != null && PREFIX.matcher(prefix).matches();
		return (usable ? prefix : "") + request.getContextPath() + servletPath(request) + path + "/";
	}

	/**
	 * Return the prefix that the application gave to Spring MVC as a whole, if any.
	 */
	private static String servletPath(HttpServletRequest request) {
		boolean prefixed = request.getHttpServletMapping().getMappingMatch() == MappingMatch.PATH;
		return prefixed ? request.getServletPath() : "";
	}

}

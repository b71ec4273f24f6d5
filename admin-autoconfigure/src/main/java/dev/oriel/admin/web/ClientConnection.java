package dev.oriel.admin.web;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.util.ClassUtils;

import org.jspecify.annotations.Nullable;

/**
 * The connection that a request came by, where the server lets one look at it.
 */
interface ClientConnection {

	/**
	 * Whether the client has closed the connection. No other thread may use the request
	 * meanwhile.
	 */
	boolean isClosed();

	/**
	 * Close the connection at once, so that the client sees its answer break off.
	 * @param reason why
	 */
	void close(Exception reason);

	/**
	 * Return the connection of a request without a body, or {@code null} if it cannot be
	 * looked at.
	 */
	static @Nullable ClientConnection of(HttpServletRequest request) {
		boolean tomcat = ClassUtils.isPresent("org.apache.catalina.connector.RequestFacade",
				ClientConnection.class.getClassLoader());
		return tomcat ? TomcatConnection.of(request) : null;
	}

	/**
	 * Return the connection of a request whose body was read to its end, or {@code null}
	 * if it cannot be looked at.
	 */
	static @Nullable ClientConnection ofRead(HttpServletRequest request) {
		boolean tomcat = ClassUtils.isPresent("org.apache.catalina.connector.RequestFacade",
				ClientConnection.class.getClassLoader());
		return tomcat ? TomcatConnection.ofRead(request) : null;
	}

}

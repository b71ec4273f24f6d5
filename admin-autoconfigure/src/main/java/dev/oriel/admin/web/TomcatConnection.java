package dev.oriel.admin.web;

import java.lang.reflect.Field;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.RequestFacade;
import org.apache.coyote.ActionCode;

import org.springframework.util.ReflectionUtils;

import org.jspecify.annotations.Nullable;

/**
 * The connection that a request came by, in Tomcat. The Servlet API has no way to ask
 * whether it is still open without writing to it; Tomcat can try to read from it.
 */
final class TomcatConnection implements ClientConnection {

	private static final @Nullable Field REQUEST = ReflectionUtils.findField(RequestFacade.class, "request",
			Request.class);

	private final org.apache.coyote.Request request;

	private TomcatConnection(org.apache.coyote.Request request) {
		this.request = request;
	}

	/**
	 * Return the connection of a request without a body, or {@code null} if it is none of
	 * Tomcat's.
	 */
	static @Nullable TomcatConnection of(HttpServletRequest request) {
		boolean body = request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
		return body ? null : ofRead(request);
	}

	/**
	 * Return the connection of a request whose body was read to its end, or {@code null}
	 * if it is none of Tomcat's.
	 */
	static @Nullable TomcatConnection ofRead(HttpServletRequest request) {
		ServletRequest inner = request;
		while (inner instanceof ServletRequestWrapper wrapper) {
			inner = wrapper.getRequest();
		}
		if (REQUEST == null || !(inner instanceof RequestFacade facade)) {
			return null;
		}
		REQUEST.trySetAccessible();
		return (ReflectionUtils.getField(REQUEST, facade) instanceof Request connected)
				? new TomcatConnection(connected.getCoyoteRequest()) : null;
	}

	@Override
	public boolean isClosed() {
		// Bytes can be a next request that did not wait for its turn. They stay, and a
		// second look does not find more; an end of the stream is found each time.
		return available() > 0 && available() > 0;
	}

	@Override
	public void close(Exception reason) {
		this.request.action(ActionCode.CLOSE_NOW, reason);
	}

	private int available() {
		this.request.action(ActionCode.AVAILABLE, Boolean.TRUE);
		return this.request.getAvailable();
	}

}

package dev.oriel.admin.web;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.Consumer;

import dev.oriel.admin.data.ProblemException;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.filter.ShallowEtagHeaderFilter;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.function.ServerResponse;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is sent while it is made. What goes wrong before the client can have
 * seen any of it is answered as a problem; what goes wrong later breaks the connection
 * off, because an answer that ends too early must not look like a whole one.
 *
 * @param headers the headers
 * @param body writes the body
 */
record StreamedAnswer(HttpHeaders headers, Consumer<OutputStream> body) implements ServerResponse {

	private static final Log logger = LogFactory.getLog(StreamedAnswer.class);

	@Override
	public HttpStatusCode statusCode() {
		return HttpStatus.OK;
	}

	@Override
	public MultiValueMap<String, Cookie> cookies() {
		return new LinkedMultiValueMap<>();
	}

	@Override
	public @Nullable ModelAndView writeTo(HttpServletRequest request, HttpServletResponse response, Context context)
			throws ServletException, IOException {
		// A host's filter would keep all of it in memory, only to compute an ETag.
		ShallowEtagHeaderFilter.disableContentCaching(request);
		Begun out = new Begun(response);
		try {
			this.body.accept(out);
			return null;
		}
		catch (ProblemException ex) {
			if (response.isCommitted()) {
				out.breakOff(request, ex);
				return null;
			}
			out.takeBack();
			return Responses.problem(ex).writeTo(request, response, context);
		}
		catch (UncheckedIOException ex) {
			throw ex.getCause();
		}
	}

	/**
	 * The body, which sends the headers before its first byte.
	 */
	private final class Begun extends OutputStream {

		private final HttpServletResponse response;

		private boolean begun;

		private boolean trailing;

		private @Nullable IOException broken;

		private Begun(HttpServletResponse response) {
			this.response = response;
		}

		/**
		 * Forget what was written, of which the client has seen nothing yet.
		 */
		private void takeBack() {
			if (this.begun) {
				this.response.resetBuffer();
				headers().forEach((name, values) -> this.response.setHeader(name, null));
			}
		}

		/**
		 * End the answer so that nobody takes it for a whole one. An exception would not
		 * do: the application may have an answer for every exception, which would be sent
		 * in the middle of this one.
		 */
		private void breakOff(HttpServletRequest request, ProblemException reason) throws IOException {
			IOException ex = new IOException("An answer broke off: " + reason.getMessage(), reason);
			this.broken = ex;
			ClientConnection connection = ClientConnection.of(request);
			if (connection == null && !this.trailing) {
				throw ex;
			}
			logger.info(ex.getMessage());
			if (connection != null) {
				connection.close(ex);
			}
		}

		/**
		 * Let the server ask for trailing headers, of which there are none, when it ends
		 * the answer. That it fails then is how to break off a stream of HTTP/2, and a
		 * connection that cannot be closed from here.
		 */
		private void begin() {
			this.begun = true;
			headers().forEach((name, values) -> values.forEach((value) -> this.response.addHeader(name, value)));
			try {
				this.response.setTrailerFields(this::trailers);
				this.trailing = true;
			}
			catch (IllegalStateException ex) {
				// HTTP/1.0 has none, and its answers end with the connection.
				logger.trace("Answers of this protocol have no trailing headers", ex);
			}
		}

		private @Nullable Map<String, String> trailers() {
			if (this.broken != null) {
				throw new UncheckedIOException(this.broken);
			}
			return null;
		}

		@Override
		public void write(int value) throws IOException {
			write(new byte[] { (byte) value }, 0, 1);
		}

		@Override
		public void write(byte[] bytes, int offset, int length) throws IOException {
			if (!this.begun) {
				begin();
			}
			this.response.getOutputStream().write(bytes, offset, length);
		}

	}

}

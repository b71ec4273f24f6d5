package dev.oriel.admin.web;

import java.util.List;
import java.util.TreeSet;

import dev.oriel.admin.access.Caller;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

import org.jspecify.annotations.Nullable;

/**
 * Tells the page who is signed in, and what it needs to write on that user's behalf.
 */
final class SessionHandler {

	private final CsrfCheck csrf;

	private final HostLogin hostLogin;

	private final WebSettings settings;

	SessionHandler(CsrfCheck csrf, HostLogin hostLogin, WebSettings settings) {
		this.csrf = csrf;
		this.hostLogin = hostLogin;
		this.settings = settings;
	}

	ServerResponse session(ServerRequest request) {
		Caller caller = GuardFilter.caller(request);
		HttpServletRequest servletRequest = request.servletRequest();
		CsrfToken token = this.csrf.isNeeded(servletRequest) ? this.csrf.issue(servletRequest) : CsrfCheck.none();
		String logout = this.hostLogin.hasLogout(servletRequest) ? servletRequest.getContextPath() + "/logout" : null;
		Session session = new Session(caller.name(), List.copyOf(new TreeSet<>(caller.authorities())),
				this.settings.application(), Token.of(token), this.settings.readOnly(), this.settings.live(), logout);
		return ServerResponse.ok().contentType(Responses.JSON).body(Json.bytes(session));
	}

	record Session(String user, List<String> authorities, @Nullable String application, Token csrf, boolean readOnly,
			boolean live, @Nullable String logout) {
	}

	record Token(String header, String parameter, String token) {

		static Token of(CsrfToken token) {
			return new Token(token.getHeaderName(), token.getParameterName(), token.getToken());
		}

	}

}

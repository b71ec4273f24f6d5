package dev.oriel.admin.web;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

import dev.oriel.admin.data.Problem;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.ExceptionTranslationFilter;
import org.springframework.security.web.authentication.logout.LogoutFilter;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.util.HtmlUtils;

import org.jspecify.annotations.Nullable;

/**
 * Sends people without a login to the host's own, whatever that is: the host's filter
 * chain knows, so it is told that a login is missing.
 *
 * @since 0.1.0
 */
public final class HostLogin {

	private final Supplier<List<SecurityFilterChain>> chains;

	/**
	 * Create the hand-over.
	 * @param chains the host's chains in their order
	 */
	public HostLogin(Supplier<List<SecurityFilterChain>> chains) {
		this.chains = chains;
	}

	ServerResponse refuse(ServerRequest request, Refusal refusal) {
		Problem problem = refusal.problem();
		if (problem.status() == 401 && hasFilter(request.servletRequest(), ExceptionTranslationFilter.class)) {
			throw new AuthenticationCredentialsNotFoundException(problem.message());
		}
		String page = """
				<!doctype html>
				<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
				<title>%1$s</title></head><body><h1>%1$s</h1><p>%2$s</p><p>%3$s</p></body></html>
				""".formatted(HtmlUtils.htmlEscape(problem.message()), text(problem.details()), text(problem.hint()));
		return ServerResponse.status(HttpStatusCode.valueOf(problem.status()))
			.contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
			.body(page.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Whether the host lets people sign out by a form.
	 */
	boolean hasLogout(HttpServletRequest request) {
		return hasFilter(request, LogoutFilter.class);
	}

	private boolean hasFilter(HttpServletRequest request, Class<?> type) {
		return this.chains.get()
			.stream()
			.filter((chain) -> chain.matches(request))
			.findFirst()
			.map((chain) -> chain.getFilters().stream().anyMatch(type::isInstance))
			.orElse(false);
	}

	private static String text(@Nullable String value) {
		return (value != null) ? HtmlUtils.htmlEscape(value) : "";
	}

}

package dev.oriel.admin.web;

import java.security.Principal;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

import dev.oriel.admin.access.Caller;

import org.springframework.security.authentication.AuthenticationTrustResolver;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;

import org.jspecify.annotations.Nullable;

/**
 * Decides who may come in, whichever way they come: over HTTP, with a socket or on behalf
 * of a principal in Java. How a refusal is put into words is up to those who ask.
 *
 * @since 0.1.0
 */
public final class Admission {

	private final AuthenticationTrustResolver trust = new AuthenticationTrustResolverImpl();

	private final Set<String> authorities;

	/**
	 * Create an admission.
	 * @param authorities one of these is needed to come in
	 */
	public Admission(Collection<String> authorities) {
		this.authorities = Set.copyOf(authorities);
	}

	/**
	 * Decide on a principal.
	 * @param principal who wants to come in, {@code null} if nobody knows
	 */
	public Decision of(@Nullable Principal principal) {
		if (!(principal instanceof Authentication authentication) || !this.trust.isAuthenticated(authentication)) {
			return new Unauthenticated();
		}
		Set<String> granted = authentication.getAuthorities()
			.stream()
			.map(GrantedAuthority::getAuthority)
			.filter((authority) -> authority != null)
			.collect(Collectors.toUnmodifiableSet());
		return granted.stream().anyMatch(this.authorities::contains)
				? new Admitted(new Caller(authentication.getName(), granted))
				: new Unauthorized(authentication.getName());
	}

	/**
	 * What was decided.
	 */
	public sealed interface Decision {

	}

	/**
	 * Somebody may come in.
	 *
	 * @param caller the caller that the principal stands for
	 */
	public record Admitted(Caller caller) implements Decision {
	}

	/**
	 * Nobody is signed in, or not by an authentication that holds.
	 */
	public record Unauthenticated() implements Decision {
	}

	/**
	 * Somebody is signed in, without any of the authorities.
	 *
	 * @param user the name of the user
	 */
	public record Unauthorized(String user) implements Decision {
	}

}

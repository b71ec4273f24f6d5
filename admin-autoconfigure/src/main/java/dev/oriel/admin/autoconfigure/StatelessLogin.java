package dev.oriel.admin.autoconfigure;

import java.time.Instant;
import java.util.Objects;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.util.ClassUtils;

import org.jspecify.annotations.Nullable;

/**
 * A login that comes with each request, so that nothing tells when it ends: a token is
 * good until it expires, a password while the user is as when it was given.
 *
 * @param expiry when the token expires, or {@code null}
 * @param user what the application said of the user, or {@code null} if nothing
 * @param users what to ask for it, or {@code null}
 */
record StatelessLogin(@Nullable Instant expiry, @Nullable UserDetails user,
		@Nullable UserDetailsService users) implements Login {

	private static final Log logger = LogFactory.getLog(StatelessLogin.class);

	private static final boolean TOKENS = ClassUtils.isPresent("org.springframework.security.oauth2.core.OAuth2Token",
			StatelessLogin.class.getClassLoader());

	static StatelessLogin of(Authentication authentication, @Nullable UserDetailsService users) {
		UserDetails user = (users != null) ? user(authentication, users) : null;
		return new StatelessLogin(TOKENS ? expiry(authentication) : null, user, users);
	}

	private static @Nullable Instant expiry(Authentication authentication) {
		return (authentication.getCredentials() instanceof OAuth2Token token) ? token.getExpiresAt() : null;
	}

	/**
	 * Return what to compare with later, unless the application knows the user from
	 * somewhere else.
	 */
	private static @Nullable UserDetails user(Authentication authentication, UserDetailsService users) {
		if (!(authentication.getPrincipal() instanceof UserDetails principal)) {
			return null;
		}
		try {
			UserDetails user = users.loadUserByUsername(principal.getUsername());
			return (user != null && isUsable(user) && user.getAuthorities().containsAll(principal.getAuthorities()))
					? user : null;
		}
		catch (RuntimeException ex) {
			// It may be there for users of another kind, whose names are no use to it.
			logger.debug("The user of a socket cannot be looked up", ex);
			return null;
		}
	}

	@Override
	public boolean isStillValid() {
		if (this.expiry != null && !Instant.now().isBefore(this.expiry)) {
			return false;
		}
		return this.user == null || this.users == null || isUnchanged(this.user, this.users);
	}

	private static boolean isUnchanged(UserDetails user, UserDetailsService users) {
		try {
			UserDetails now = users.loadUserByUsername(user.getUsername());
			return isUsable(now) && now.getAuthorities().containsAll(user.getAuthorities())
					&& Objects.equals(now.getPassword(), user.getPassword());
		}
		catch (UsernameNotFoundException ex) {
			// The user was deleted meanwhile.
			return false;
		}
	}

	private static boolean isUsable(UserDetails user) {
		return user.isEnabled() && user.isAccountNonLocked() && user.isAccountNonExpired()
				&& user.isCredentialsNonExpired();
	}

}

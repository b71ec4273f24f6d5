package dev.oriel.admin.access;

import java.util.Set;
import java.util.TreeSet;

import org.springframework.util.Assert;

/**
 * Who asks. There is no caller by default: whoever starts a use case says on whose
 * behalf.
 *
 * @param name the user's name
 * @param authorities what the host granted the user, for example {@code ROLE_ADMIN}
 * @since 0.1.0
 */
public record Caller(String name, Set<String> authorities) {

	/**
	 * The authority of the application itself. No user is to be granted it.
	 */
	public static final String SYSTEM_AUTHORITY = "ORIEL_SYSTEM";

	/**
	 * The application itself, not on behalf of a user: a scheduled job, an import. An
	 * access policy knows it by its authority {@value #SYSTEM_AUTHORITY}.
	 */
	public static final Caller SYSTEM = new Caller("system", Set.of(SYSTEM_AUTHORITY));

	public Caller {
		Assert.hasText(name, "'name' must not be empty");
		authorities = Set.copyOf(new TreeSet<>(authorities));
	}

}

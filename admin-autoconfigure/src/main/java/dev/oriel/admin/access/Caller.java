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

	public Caller {
		Assert.hasText(name, "'name' must not be empty");
		authorities = Set.copyOf(new TreeSet<>(authorities));
	}

}

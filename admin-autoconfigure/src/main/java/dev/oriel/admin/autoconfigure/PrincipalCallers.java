package dev.oriel.admin.autoconfigure;

import java.security.Principal;
import java.util.Collection;
import java.util.function.Function;

import dev.oriel.admin.access.Caller;
import dev.oriel.admin.data.Problem;
import dev.oriel.admin.data.ProblemException;
import dev.oriel.admin.web.Admission;

import org.springframework.util.ClassUtils;

import org.jspecify.annotations.Nullable;

/**
 * Tells which caller a principal is. The same users are admitted as by HTTP; without
 * Spring Security nobody can tell who a principal is, so none is.
 */
final class PrincipalCallers {

	private static final String AUTHENTICATION = "org.springframework.security.core.Authentication";

	private PrincipalCallers() {
	}

	/**
	 * @param authorities one of these is needed
	 */
	static Function<@Nullable Principal, Caller> of(Collection<String> authorities) {
		boolean secured = ClassUtils.isPresent(AUTHENTICATION, PrincipalCallers.class.getClassLoader());
		return secured ? new Authenticated(new Admission(authorities)) : (principal) -> {
			throw unauthenticated();
		};
	}

	private static ProblemException unauthenticated() {
		return new ProblemException(new Problem(401, "ORIEL401", "Nobody is signed in",
				"What was given is not an authentication of Spring Security that holds.",
				"Pass the Authentication of the user, or act as the system or as a Caller."));
	}

	/**
	 * Knows Spring Security, so that nobody else needs to.
	 */
	private static final class Authenticated implements Function<@Nullable Principal, Caller> {

		private final Admission admission;

		private Authenticated(Admission admission) {
			this.admission = admission;
		}

		@Override
		public Caller apply(@Nullable Principal principal) {
			Admission.Decision decision = this.admission.of(principal);
			if (decision instanceof Admission.Admitted admitted) {
				return admitted.caller();
			}
			throw (decision instanceof Admission.Unauthorized unauthorized) ? unauthorized(unauthorized.user())
					: unauthenticated();
		}

		private static ProblemException unauthorized(String user) {
			return new ProblemException(new Problem(403, "ORIEL403", "This user may not use the admin",
					"It was done on behalf of " + user + ".",
					"Grant one of the authorities of 'oriel.security.authorities', or act as the system or as a"
							+ " Caller."));
		}

	}

}

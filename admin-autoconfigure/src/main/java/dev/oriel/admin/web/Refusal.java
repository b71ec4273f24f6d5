package dev.oriel.admin.web;

import dev.oriel.admin.data.Problem;
import dev.oriel.admin.data.ProblemException;

/**
 * A request that the guard turned away.
 */
final class Refusal extends ProblemException {

	private static final long serialVersionUID = 1L;

	private Refusal(Problem problem) {
		super(problem);
	}

	static Refusal unauthenticated() {
		return new Refusal(new Problem(401, "ORIEL401", "Nobody is signed in", null, "Sign in and try again."));
	}

	static Refusal unauthorized(String user) {
		return new Refusal(new Problem(403, "ORIEL403", "This user may not use the admin", "Signed in as " + user + ".",
				"Ask an administrator for one of the authorities that the admin asks for."));
	}

	static Refusal foreignOrigin() {
		return new Refusal(new Problem(403, "ORIEL403", "The request comes from another site", null,
				"Changes are only accepted from pages of the same origin."));
	}

	static Refusal missingToken(String header) {
		return new Refusal(new Problem(403, "ORIEL403", "The CSRF token is missing or wrong", null,
				"Send the token of 'api/session' in the header '%s'.".formatted(header)));
	}

}

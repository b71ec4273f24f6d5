package dev.oriel.admin.autoconfigure;

import java.util.function.Supplier;

import jakarta.servlet.http.HttpSession;

import org.springframework.security.core.context.SecurityContext;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;

import org.jspecify.annotations.Nullable;

/**
 * Sessions of Spring Session: what a request has of one is a copy, so each look asks
 * where they are kept.
 *
 * @param repository where they are kept, if they are
 */
record SpringSessionContexts(
		Supplier<@Nullable SessionRepository<? extends Session>> repository) implements SessionContexts {

	@Override
	public @Nullable Supplier<@Nullable SecurityContext> of(HttpSession session) {
		SessionRepository<? extends Session> repository = this.repository.get();
		String id = session.getId();
		// There may be a repository that is not for the sessions of this path.
		return (repository != null && context(repository, id) != null) ? () -> context(repository, id)
				: SERVER.of(session);
	}

	private static @Nullable SecurityContext context(SessionRepository<? extends Session> repository, String id) {
		Session session = repository.findById(id);
		return (session != null && !session.isExpired()) ? session.getAttribute(ATTRIBUTE) : null;
	}

}

package dev.oriel.sample;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Says where to look, once everything runs.
 */
@Component
class Welcome {

	private static final Logger logger = LoggerFactory.getLogger(Welcome.class);

	private final Environment environment;

	private final ObjectProvider<JdbcConnectionDetails> database;

	Welcome(Environment environment, ObjectProvider<JdbcConnectionDetails> database) {
		this.environment = environment;
		this.database = database;
	}

	@EventListener(ApplicationReadyEvent.class)
	void greet() {
		String port = this.environment.getProperty("local.server.port");
		if (port == null) {
			return;
		}
		String home = "http://localhost:" + port + this.environment.getProperty("server.servlet.context-path", "");
		logger.info("""


				  Oriel      {}
				  Home page  {}/
				  Sign in    admin / admin (everything), support / support (Oriel), viewer / viewer (not Oriel)
				  Database   {}
				""", home + this.environment.getProperty("oriel.path", "/admin"), home, psql());
	}

	private String psql() {
		JdbcConnectionDetails details = this.database.getIfAvailable();
		String url = (details != null) ? details.getJdbcUrl() : null;
		if (details == null || url == null || !url.startsWith("jdbc:postgresql:")) {
			return "the one that was configured";
		}
		String target = url.substring("jdbc:".length()).replaceFirst("\\?.*", "");
		String user = details.getUsername();
		return "psql \"" + target + ((user != null) ? "?user=" + user : "") + "\"";
	}

}

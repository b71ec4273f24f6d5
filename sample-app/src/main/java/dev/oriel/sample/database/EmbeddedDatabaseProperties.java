package dev.oriel.sample.database;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the embedded database lives.
 *
 * @param dataDir directory of the data, which survives restarts
 * @param databasePort port to listen on; without it a usual one, or any other if that is
 * taken
 * @param reset whether to start over with fresh data; {@code --sample.reset} alone is
 * enough
 * @param join whether to use the server of another application that runs on the data
 */
@ConfigurationProperties("sample")
record EmbeddedDatabaseProperties(@DefaultValue("data") String dataDir, @Nullable Integer databasePort,
		@DefaultValue("false") String reset, @DefaultValue("false") boolean join) {

	boolean resetAsked() {
		return !"false".equalsIgnoreCase(this.reset);
	}

}

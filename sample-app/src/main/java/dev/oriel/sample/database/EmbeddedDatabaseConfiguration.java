package dev.oriel.sample.database;

import java.nio.file.Path;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

import dev.oriel.sample.StartFailure;

/**
 * Starts a PostgreSQL server before anything connects, and stops it after everything has
 * disconnected. With {@code spring.datasource.url} given there is nothing here.
 */
@Configuration(proxyBeanMethods = false)
@Conditional(OnNoDatabaseGiven.class)
@EnableConfigurationProperties(EmbeddedDatabaseProperties.class)
class EmbeddedDatabaseConfiguration {

	@Bean(destroyMethod = "close")
	LocalDatabase embeddedDatabase(EmbeddedDatabaseProperties properties) {
		Path path = Path.of(properties.dataDir());
		DataDirectory directory = properties.join() ? DataDirectory.tryOpen(path) : DataDirectory.open(path);
		if (directory == null) {
			if (properties.resetAsked()) {
				throw new StartFailure(
						"The data in " + path.toAbsolutePath().normalize()
								+ " is in use by another running sample application, so it cannot be reset.",
						"Leave out --sample.reset, or stop the other application first", null);
			}
			return RunningDatabase.on(DataDirectory.cluster(path));
		}
		return EmbeddedDatabase.start(directory, properties.databasePort(), properties.resetAsked());
	}

	@Bean
	JdbcConnectionDetails embeddedDatabaseConnectionDetails(LocalDatabase database) {
		return new JdbcConnectionDetails() {

			@Override
			public String getJdbcUrl() {
				return database.jdbcUrl();
			}

			@Override
			public String getUsername() {
				return EmbeddedDatabase.USER;
			}

			@Override
			public String getPassword() {
				return "";
			}

		};
	}

}

package dev.oriel.sample.load;

import java.nio.file.Path;

import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PreferQueryMode;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import dev.oriel.sample.StartPaths;

/**
 * Loads a file if {@code sample.load} names one.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("sample.load")
class SqlLoadConfiguration {

	@Bean
	SqlFileLoader sqlFileLoader(@Value("${sample.load}") String file, Environment environment,
			JdbcConnectionDetails database) {
		Path found = StartPaths.of(environment).find("sample.load", file);
		PGSimpleDataSource dataSource = new PGSimpleDataSource();
		dataSource.setUrl(database.getJdbcUrl());
		// Sends each statement as it stands in the file.
		dataSource.setPreferQueryMode(PreferQueryMode.SIMPLE);
		return new SqlFileLoader(found, () -> dataSource.getConnection(database.getUsername(), database.getPassword()));
	}

}

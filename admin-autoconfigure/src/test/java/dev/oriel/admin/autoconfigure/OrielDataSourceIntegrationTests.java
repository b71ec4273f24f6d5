package dev.oriel.admin.autoconfigure;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.Credentials;
import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the connections that {@link OrielDataSource} makes beside the host's own.
 */
class OrielDataSourceIntegrationTests {

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create();

	private final HikariDataSource host = new HikariDataSource();

	OrielDataSourceIntegrationTests() {
		this.host.setJdbcUrl(database.jdbcUrl());
		this.host.setUsername(database.username());
		this.host.setPassword(database.password());
	}

	@AfterEach
	void close() {
		this.host.close();
		DriverManager.setLoginTimeout(0);
	}

	@Test
	void leavesTheDriverManagerAsTheApplicationWantsIt() {
		DriverManager.setLoginTimeout(77);
		try (OrielDataSource own = own()) {
			assertThat(show(own, "application_name")).isEqualTo("oriel");
			assertThat(DriverManager.getLoginTimeout()).isEqualTo(77);
		}
	}

	@Test
	void preparesConnectionsAsTheApplicationDoes() throws SQLException {
		this.host.setConnectionInitSql("SET ROLE pg_monitor");
		this.host.setSchema("pg_catalog");
		try (OrielDataSource own = own(); Connection unpooled = own.openUnpooled()) {
			assertThat(show(own, "role")).isEqualTo("pg_monitor");
			assertThat(show(own, "search_path")).contains("pg_catalog");
			assertThat(unpooled.getSchema()).isEqualTo("pg_catalog");
		}
	}

	@Test
	void takesTheCredentialsThatTheApplicationHasNow() throws SQLException {
		this.host.setPassword("expired");
		this.host.setUsername("nobody");
		try (OrielDataSource own = own()) {
			assertThatExceptionOfType(SQLException.class).isThrownBy(own::openUnpooled);
			this.host.setCredentials(Credentials.of(database.username(), database.password()));
			assertThat(show(own, "application_name")).isEqualTo("oriel");
			own.openUnpooled().close();
		}
	}

	@Test
	void tellsABusyPoolFromALostDatabase() throws SQLException {
		try (OrielDataSource own = own(); Connection taken = own.pooled().getConnection()) {
			assertThat(taken.isValid(1)).isTrue();
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> own.pooled().getConnection())
				.satisfies((ex) -> assertThat(ex.getSQLState()).isEqualTo("53300"));
		}
		this.host.setJdbcUrl("jdbc:postgresql://localhost:1/nowhere");
		try (OrielDataSource own = own()) {
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> own.pooled().getConnection())
				.satisfies((ex) -> assertThat(ex.getSQLState()).isNotEqualTo("53300"));
		}
	}

	private OrielDataSource own() {
		return OrielDataSource.of(this.host, 1, Duration.ofSeconds(10));
	}

	private static String show(OrielDataSource dataSource, String setting) {
		return JdbcClient.create(dataSource.pooled())
			.sql("SELECT current_setting(:setting)")
			.param("setting", setting)
			.query(String.class)
			.single();
	}

}

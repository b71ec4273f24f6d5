package dev.oriel.sample.rest;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

import dev.oriel.sample.SampleTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A company with its quarters is one document, written to both tables or to none.
 */
@SampleTest
class CompanyFamilyIntegrationTests {

	private static final String COMPANY = """
			{
			  "name": "%s", "sector": "software", "listed": true, "ticker": "%s", "website": "https://www.example.com",
			  "founded_on": "2011-05-04", "headquarters": "Hamburg", "country": "DE", "employees": 210,
			  "finance": [
			    {"fiscal_year": 2024, "quarter": 3, "revenue": 1200000.10, "cost": 900000, "reported_on": "2024-11-02"},
			    {"fiscal_year": 2024, "quarter": 4, "revenue": 1300000, "cost": 950000.05, "currency": "CHF"},
			    {"fiscal_year": 2025, "quarter": %d, "revenue": 1400000, "cost": 1000000}
			  ]
			}
			""";

	@LocalServerPort
	private int port;

	@Autowired
	private JdbcClient jdbc;

	@Test
	void companyAndItsFinanceLandInBothTables() {
		ResponseEntity<String> answer = post(COMPANY.formatted("Hafen Software GmbH", "HFNX", 1));
		assertThat(answer.getStatusCode().value()).as(answer.getBody()).isEqualTo(201);
		assertThat(answer.getBody()).contains("\"name\":\"Hafen Software GmbH\"", "\"finance\":[",
				"\"profit\":300000.10", "\"profit\":349999.95", "\"currency\":\"CHF\"", "\"quarter\":1");
		assertThat(rows("""
				select fiscal_year || '/' || quarter || ' ' || revenue from company.finance
				join company.company on company.id = company_id where name = 'Hafen Software GmbH' order by 1
				""")).containsExactly("2024/3 1200000.10", "2024/4 1300000.00", "2025/1 1400000.00");
	}

	@Test
	void mistakeInTheThirdFinanceLeavesNothingBehind() {
		List<String> before = rows("select count(*)::text from company.finance");
		ResponseEntity<String> answer = post(COMPANY.formatted("Kai Software GmbH", "KAIX", 5));
		assertThat(answer.getStatusCode().value()).isEqualTo(400);
		assertThat(answer.getBody()).contains("\"code\":\"23514\"", "\"column\":\"finance[2].quarter\"",
				"\"path\":\"finance[2].quarter\"");
		assertThat(rows("select name from company.company where name = 'Kai Software GmbH'")).isEmpty();
		assertThat(rows("select count(*)::text from company.finance")).isEqualTo(before);
	}

	private ResponseEntity<String> post(String body) {
		return RestClient.create()
			.post()
			.uri(URI.create("http://localhost:%d/admin/api/rest/company".formatted(this.port)))
			.headers((headers) -> headers.setBasicAuth("admin", "admin"))
			.header("Content-Profile", "company")
			.header("Prefer", "return=representation")
			.contentType(MediaType.APPLICATION_JSON)
			.body(body)
			.exchange((request, response) -> ResponseEntity.status(response.getStatusCode())
				.body(new String(response.getBody().readAllBytes(), StandardCharsets.UTF_8)));
	}

	private List<String> rows(String sql) {
		return this.jdbc.sql(sql).query(String.class).list();
	}

}

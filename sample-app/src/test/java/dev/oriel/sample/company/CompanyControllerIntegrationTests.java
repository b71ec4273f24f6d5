package dev.oriel.sample.company;

import java.math.BigDecimal;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import dev.oriel.sample.SampleTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

@SampleTest
@AutoConfigureMockMvc
class CompanyControllerIntegrationTests {

	@Autowired
	private MockMvcTester mvc;

	@Autowired
	private JdbcClient jdbc;

	@Test
	void listsAPageOfCompanies() {
		assertThat(this.mvc.get().uri("/api/companies").with(httpBasic("viewer", "viewer"))).hasStatusOk()
			.bodyJson()
			.extractingPath("$.length()")
			.isEqualTo(50);
	}

	@Test
	void listsCompaniesOfOneSector() {
		assertThat(this.mvc.get().uri("/api/companies?sector=energy&page=1").with(httpBasic("viewer", "viewer")))
			.hasStatusOk()
			.bodyJson()
			.extractingPath("$[*].sector")
			.asArray()
			.hasSize(10)
			.containsOnly("energy");
	}

	@Test
	void showsOneCompanyWithItsLastYear() {
		assertThat(this.mvc.get().uri("/api/companies/1").with(httpBasic("viewer", "viewer"))).hasStatusOk()
			.bodyJson()
			.hasPathSatisfying("$.name", (name) -> assertThat(name).isNotNull())
			.hasPathSatisfying("$.revenue", (revenue) -> assertThat(revenue).isNotNull());
	}

	@Test
	void doesNotFindACompanyThatIsNot() {
		assertThat(this.mvc.get().uri("/api/companies/4711").with(httpBasic("viewer", "viewer")))
			.hasStatus(HttpStatus.NOT_FOUND);
	}

	@Test
	void addsACompanyWithItsResults() {
		assertThat(this.mvc.post()
			.uri("/api/companies")
			.with(httpBasic("support", "support"))
			.contentType(MediaType.APPLICATION_JSON)
			.content(company("New and Sons", 2025))).hasStatus(HttpStatus.CREATED)
			.bodyJson()
			.hasPathSatisfying("$.name", (name) -> name.assertThat().isEqualTo("New and Sons"))
			.hasPathSatisfying("$.revenue", (revenue) -> revenue.assertThat().isEqualTo(3.25));
		assertThat(this.jdbc.sql("""
				select sum(f.profit) from company.finance f join company.company c on c.id = f.company_id
				where c.name = 'New and Sons'""").query(BigDecimal.class).single()).isEqualByComparingTo("1.25");
	}

	@Test
	void leavesNothingBehindWhenAResultIsWrong() {
		assertThat(this.mvc.post()
			.uri("/api/companies")
			.with(httpBasic("admin", "admin"))
			.contentType(MediaType.APPLICATION_JSON)
			.content(company("Never Added", 1825))).hasStatus(HttpStatus.BAD_REQUEST)
			.bodyJson()
			.hasPathSatisfying("$.field", (field) -> field.assertThat().isEqualTo("finance[1].fiscal_year"));
		assertThat(this.jdbc.sql("select count(*) from company.company where name = 'Never Added'")
			.query(Integer.class)
			.single()).isZero();
	}

	@Test
	void addsNothingForThoseWhoMayNotUseOriel() {
		assertThat(this.mvc.post()
			.uri("/api/companies")
			.with(httpBasic("viewer", "viewer"))
			.contentType(MediaType.APPLICATION_JSON)
			.content(company("Not Allowed", 2025))).hasStatus(HttpStatus.FORBIDDEN);
	}

	@Test
	void takesNoFormFromAnotherSite() {
		assertThat(this.mvc.post()
			.uri("/api/companies")
			.with(httpBasic("admin", "admin"))
			.contentType(MediaType.TEXT_PLAIN)
			.content(company("Forged", 2025))).hasStatus(HttpStatus.FORBIDDEN);
	}

	private static String company(String name, int year) {
		return """
				{"name": "%s", "sector": "software", "foundedOn": "2026-11-01", "headquarters": "Kiel",
				 "country": "DE", "employees": 2, "finance": [
				   {"fiscalYear": 2025, "quarter": 1, "revenue": 1.25, "cost": 1},
				   {"fiscalYear": %d, "quarter": 2, "revenue": 2, "cost": 1}]}""".formatted(name, year);
	}

}

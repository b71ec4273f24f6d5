package dev.oriel.sample.company;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import dev.oriel.sample.SampleTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

@SampleTest
@AutoConfigureMockMvc
class CompanyControllerIntegrationTests {

	@Autowired
	private MockMvcTester mvc;

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

}

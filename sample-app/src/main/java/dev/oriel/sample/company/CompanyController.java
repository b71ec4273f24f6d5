package dev.oriel.sample.company;

import java.net.URI;
import java.util.List;

import dev.oriel.admin.Oriel;
import dev.oriel.admin.data.Problem;
import dev.oriel.admin.data.ProblemException;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The companies as JSON.
 */
@RestController
@RequestMapping("/api/companies")
class CompanyController {

	private static final int PAGE_SIZE = 50;

	private final CompanyRepository companies;

	private final Oriel oriel;

	CompanyController(CompanyRepository companies, Oriel oriel) {
		this.companies = companies;
		this.oriel = oriel;
	}

	@GetMapping
	List<Company> list(@RequestParam(required = false) @Nullable String sector,
			@RequestParam(defaultValue = "0") int page) {
		return this.companies.findAll(sector, PAGE_SIZE, Math.max(0, page) * PAGE_SIZE);
	}

	@GetMapping("/{id}")
	ResponseEntity<Company> one(@PathVariable int id) {
		return ResponseEntity.of(this.companies.findById(id));
	}

	/**
	 * Adds a company with its results, all of it or nothing, for those who may use Oriel.
	 */
	@PostMapping
	ResponseEntity<Company> add(@RequestBody NewCompany company, Authentication user) {
		Id added = this.oriel.as(user).table("company.company").select("id").insert(company).one(Id.class);
		return ResponseEntity.created(URI.create("/api/companies/" + added.id()))
			.body(this.companies.findById(added.id()).orElseThrow());
	}

	@ExceptionHandler
	ResponseEntity<ProblemDetail> explain(ProblemException ex) {
		Problem problem = ex.problem();
		ProblemDetail detail = ProblemDetail.forStatusAndDetail(HttpStatusCode.valueOf(problem.status()),
				problem.message());
		if (problem.column() != null) {
			detail.setProperty("field", problem.column());
		}
		return ResponseEntity.of(detail).build();
	}

	private record Id(int id) {
	}

}

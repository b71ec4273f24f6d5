package dev.oriel.sample.company;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
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

	CompanyController(CompanyRepository companies) {
		this.companies = companies;
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

}

package dev.oriel.sample.company;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Reads companies.
 */
@Repository
class CompanyRepository {

	private static final String COMPANIES = """
			select c.id, c.name, c.sector::text as sector, c.ticker, c.founded_on, c.country, r.revenue, r.profit, r.currency
			from company.company c
			left join lateral (select revenue, profit, currency
			                   from company.annual_result
			                   where company_id = c.id
			                   order by fiscal_year desc
			                   limit 1) as r on true
			""";

	private final JdbcClient jdbc;

	CompanyRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	List<Company> findAll(@Nullable String sector, int limit, int offset) {
		return this.jdbc.sql(COMPANIES + """
				where cast(:sector as text) is null or c.sector::text = :sector
				order by c.name
				limit :limit offset :offset
				""").param("sector", sector).param("limit", limit).param("offset", offset).query(Company.class).list();
	}

	Optional<Company> findById(int id) {
		return this.jdbc.sql(COMPANIES + "where c.id = :id").param("id", id).query(Company.class).optional();
	}

}

package dev.oriel.admin.web;

import dev.oriel.admin.data.Problem;
import dev.oriel.admin.data.ProblemException;
import dev.oriel.admin.data.RowPage;

import org.springframework.web.servlet.function.ServerResponse;

/**
 * The only row of an answer, with its version as the answer's tag.
 *
 * @param page the page that holds it
 */
record SingleRow(RowPage page) {

	/**
	 * Return the only row of a page.
	 * @throws ProblemException with status 406 when there is none, or more
	 */
	static SingleRow of(RowPage page) {
		if (page.rows().size() != 1) {
			throw new ProblemException(Problem.notSingle(page.rows().size()));
		}
		return new SingleRow(page);
	}

	/**
	 * End an answer with the row.
	 */
	ServerResponse answer(Exchange exchange, ServerResponse.BodyBuilder response) {
		String version = this.page.rows().get(0).version();
		if (version != null) {
			response.eTag('"' + version + '"');
		}
		return exchange.body(response, this.page);
	}

}

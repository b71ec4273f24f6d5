package dev.oriel.admin.web;

import java.nio.charset.StandardCharsets;
import java.util.List;

import dev.oriel.admin.data.Problem;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ProblemBody}.
 */
class ProblemBodyTests {

	@Test
	void detailsAreTextOrNull() {
		assertThat(body(new Problem(400, "c", "m", "d", null)))
			.isEqualTo("{\"code\":\"c\",\"message\":\"m\",\"details\":\"d\",\"hint\":null}");
		assertThat(body(new Problem(400, "c", "m", null, "h", "x")))
			.isEqualTo("{\"code\":\"c\",\"message\":\"m\",\"details\":null,\"hint\":\"h\",\"column\":\"x\"}");
	}

	@Test
	void detailsOfAnAmbiguousEmbedAreItsCandidates() {
		Problem.Candidate candidate = new Problem.Candidate("many-to-one", "a with b", "k");
		assertThat(body(new Problem(300, "PGRST201", "m", null, "h", null, List.of(candidate))))
			.isEqualTo("{\"code\":\"PGRST201\",\"message\":\"m\",\"details\":[{\"cardinality\":\"many-to-one\","
					+ "\"embedding\":\"a with b\",\"relationship\":\"k\"}],\"hint\":\"h\"}");
	}

	private static String body(Problem problem) {
		return new String(ProblemBody.of(problem), StandardCharsets.UTF_8);
	}

}

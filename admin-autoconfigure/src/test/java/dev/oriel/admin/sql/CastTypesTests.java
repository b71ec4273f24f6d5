package dev.oriel.admin.sql;

import dev.oriel.admin.query.QueryException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link CastTypes}.
 */
class CastTypesTests {

	@Test
	void namesOfTheListAreTaken() {
		assertThat(CastTypes.resolve("text")).isEqualTo("text");
		assertThat(CastTypes.resolve(" TimestampTZ ")).isEqualTo("timestamptz");
		assertThat(CastTypes.resolve("int4[]")).isEqualTo("int4[]");
		assertThat(CastTypes.resolve("Double Precision")).isEqualTo("float8");
	}

	@ParameterizedTest
	@ValueSource(strings = { "regclass", "regtype", "regtype[]", "regproc", "regrole", "regnamespace" })
	void namesOfTheCatalogueAreNotReached(String name) {
		assertThatExceptionOfType(QueryException.class).isThrownBy(() -> CastTypes.resolve(name))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo("42704"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "[]", "text[][]", "int4)::text--", "pg_catalog.text", "mood", "text; drop table t",
			"numeric(1,2)", "\u0130nt", "\"text\"", "te xt", "regclass", "regtype[]", "regproc", "regrole" })
	void anythingElseIsNoType(String name) {
		assertThatExceptionOfType(QueryException.class).isThrownBy(() -> CastTypes.resolve(name))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo("42704"));
	}

}

package dev.oriel.admin.schema.postgres;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link RelationFilter} and {@link ReflectionSettings}.
 */
class RelationFilterTests {

	@Test
	void everythingIsAcceptedWithoutPatterns() {
		assertThat(filter(List.of(), List.of()).accepts("public", "customer")).isTrue();
	}

	@Test
	void oneIncludingPatternSufficesAndExcludingOnesWin() {
		RelationFilter filter = filter(List.of("public.*", "crm.customer"), List.of("*.customer_*"));
		assertThat(filter.accepts("public", "invoice")).isTrue();
		assertThat(filter.accepts("crm", "customer")).isTrue();
		assertThat(filter.accepts("crm", "invoice")).isFalse();
		assertThat(filter.accepts("public", "customer_old")).isFalse();
	}

	@Test
	void onlyTheStarIsSpecial() {
		RelationFilter filter = filter(List.of("public.a.b", "public.[x]+", "public.\\E*"), List.of());
		assertThat(filter.accepts("public", "a.b")).isTrue();
		assertThat(filter.accepts("public", "axb")).isFalse();
		assertThat(filter.accepts("public", "[x]+")).isTrue();
		assertThat(filter.accepts("public", "x")).isFalse();
		assertThat(filter.accepts("public", "\\E\n")).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "customer", ".customer", "public." })
	void otherFormsAreRefused(String pattern) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new ReflectionSettings(List.of(), List.of(pattern), List.of()))
			.withMessageContaining("schema.relation");
	}

	private static RelationFilter filter(List<String> include, List<String> exclude) {
		return new RelationFilter(new ReflectionSettings(List.of(), include, exclude));
	}

}

package dev.oriel.admin.data;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link KeyDetail}.
 */
class KeyDetailTests {

	@Test
	void columnsAndValuesAreTakenApart() {
		assertThat(KeyDetail.of("Key (name)=(x) already exists."))
			.isEqualTo(new KeyDetail(List.of("name"), List.of("x"), List.of()));
		assertThat(KeyDetail.of("Schlüssel »(a, \"b \"\"c\"\"\")=(1, x)« existiert bereits."))
			.isEqualTo(new KeyDetail(List.of("a", "b \"c\""), List.of("1", "x"), List.of()));
		assertThat(KeyDetail.of("Key (lower(a), b)=(x, y) already exists."))
			.isEqualTo(new KeyDetail(List.of("lower(a)", "b"), List.of("x", "y"), List.of()));
	}

	@Test
	void whatIsInAValueDoesNotEndIt() {
		assertThat(KeyDetail.of("Key (name)=(a), (b)=(c, d) already exists."))
			.isEqualTo(new KeyDetail(List.of("name"), List.of("a), (b)=(c, d"), List.of()));
		assertThat(KeyDetail.of("Key (a, b)=(1, 2, 3) already exists."))
			.isEqualTo(new KeyDetail(List.of("a", "b"), List.of(), List.of()));
	}

	@Test
	void valuesOfTheOtherRowAreToldApart() {
		assertThat(KeyDetail.of("Key (slot)=([1,9)) conflicts with existing key (slot)=([4,5))."))
			.isEqualTo(new KeyDetail(List.of("slot"), List.of("[1,9)"), List.of("[4,5)")));
	}

	@Test
	void otherDetailsTellOfNoKey() {
		assertThat(KeyDetail.of(null)).isNull();
		assertThat(KeyDetail.of("MATCH FULL does not allow mixing of null and nonnull key values.")).isNull();
		assertThat(KeyDetail.of(")=(")).isNull();
	}

}

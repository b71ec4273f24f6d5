package dev.oriel.admin.schema;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link NearestNames}.
 */
class NearestNamesTests {

	private static final List<String> COLUMNS = List.of("id", "name", "amount", "company_id", "created_at");

	private static final List<RelationName> RELATIONS = List.of(new RelationName("public", "customer"),
			new RelationName("public", "company"), new RelationName("crm", "customer"),
			new RelationName("crm", "address"));

	@Test
	void findsMissingSuperfluousAndWrongCharacters() {
		assertThat(NearestNames.nearest("amout", COLUMNS)).isEqualTo("amount");
		assertThat(NearestNames.nearest("amountt", COLUMNS)).isEqualTo("amount");
		assertThat(NearestNames.nearest("amuont", COLUMNS)).isEqualTo("amount");
		assertThat(NearestNames.nearest("companyId", COLUMNS)).isEqualTo("company_id");
	}

	@Test
	void swappedCharactersCountOnce() {
		assertThat(NearestNames.nearest("flims", List.of("films", "roles"))).isEqualTo("films");
		assertThat(NearestNames.nearest("titel", List.of("year", "title"))).isEqualTo("title");
		assertThat(NearestNames.nearest("yaer", List.of("year", "title"))).isEqualTo("year");
		assertThat(NearestNames.nearest("eyra", List.of("year"))).isNull();
	}

	@Test
	void caseDoesNotCount() {
		assertThat(NearestNames.nearest("ID", COLUMNS)).isEqualTo("id");
	}

	@Test
	void farNamesAreNotSuggested() {
		assertThat(NearestNames.nearest("xy", COLUMNS)).isNull();
		assertThat(NearestNames.nearest("turnover", COLUMNS)).isNull();
		assertThat(NearestNames.nearest("", COLUMNS)).isNull();
		assertThat(NearestNames.nearest("id", List.of())).isNull();
	}

	@Test
	void nearestWinsAndAmongEqualsTheFirstByName() {
		assertThat(NearestNames.nearest("colour", List.of("colours", "color", "colour2"))).isEqualTo("color");
		assertThat(NearestNames.nearest("colour", List.of("coloris", "colours"))).isEqualTo("colours");
	}

	@Test
	void relationInTheSameSchemaIsPreferred() {
		assertThat(NearestNames.nearest(new RelationName("crm", "custmer"), RELATIONS))
			.isEqualTo(new RelationName("crm", "customer"));
		assertThat(NearestNames.nearest(new RelationName("public", "custmer"), RELATIONS))
			.isEqualTo(new RelationName("public", "customer"));
	}

	@Test
	void relationIsFoundInAnotherSchema() {
		assertThat(NearestNames.nearest(new RelationName("public", "address"), RELATIONS))
			.isEqualTo(new RelationName("crm", "address"));
		assertThat(NearestNames.nearest(new RelationName("public", "invoice"), RELATIONS)).isNull();
	}

	@Test
	void longNamesAndManyCandidatesAreNoTrouble() {
		List<String> many = IntStream.range(0, 5000).mapToObj((number) -> "x".repeat(59) + number).toList();
		assertThat(NearestNames.nearest("x".repeat(59) + "4999y", many)).isEqualTo("x".repeat(59) + "4999");
	}

}

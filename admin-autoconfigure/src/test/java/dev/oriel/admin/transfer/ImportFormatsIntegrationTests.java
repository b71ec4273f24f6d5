package dev.oriel.admin.transfer;

import dev.oriel.admin.data.Problem;
import dev.oriel.admin.transfer.ImportRig.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for imports: what files of each format mean.
 */
class ImportFormatsIntegrationTests extends ImportFixture {

	@Test
	void severalTextsStandForNoValue() {
		Outcome outcome = this.rig.csv("item", "null.day=N&null.day=U&null.price=-",
				"id,name,price,day\n1,N,-,N\n2,U,1,U\n3,-,2,\n4,d,,2020-01-01\n");
		assertThat(outcome.counts()).isEqualTo("4 4 0 0 0");
		assertThat(items()).isEqualTo("1|N|||; 2|U||1.00|; 3|-||2.00|; 4|d|||2020-01-01");
	}

	@Test
	void documentsGiveWhatTheyNameAndDefaultsForTheRest() {
		Outcome outcome = this.rig.ndjson("item", "on-rejected=skip", """
				{"id":1,"name":"a","note":"mine","price":1.10}
				{"name":"b","id":2}
				{"id":3,"name":"c","note":null}
				{"id":4}
				{"id":5,"name":["x"],"price":"1e1"}
				not json
				""");
		assertThat(outcome.counts()).isEqualTo("6 4 0 0 2");
		assertThat(database.jdbc()
			.sql("SELECT string_agg(concat_ws('|', id, name, coalesce(note, '-'), price), '; ' ORDER BY id) FROM item")
			.query(String.class)
			.single()).isEqualTo("1|a|mine|1.10; 2|b|none; 3|c|-; 5|[\"x\"]|none|10.00");
		assertThat(outcome.rejected()).contains("\"_line\":4", "\"id\":4", "\"_line\":6", "not json");
	}

	@Test
	void valuesOfAllKindsComeFromDocuments() {
		Outcome outcome = this.rig.ndjson("kinds", "",
				"""
						{"id":12345678901234567890123456789.5,"list":[1,null,3],"nested":[["a,b","c\\"d"],["e","f"]],"doc":{"a":[1,2.50]},"pair":{"x":1,"y":"q\\"r"},"mood":"good","raw":"\\\\x0aff","span":"[1,5)"}
						{"doc":"text","list":[]}
						{"doc":null}
						""");
		assertThat(outcome.counts()).isEqualTo("3 3 0 0 0");
		assertThat(database.jdbc()
			.sql("SELECT id || '|' || list::text || '|' || nested::text || '|' || doc::text || '|' || pair::text || '|' || mood || '|' || raw::text || '|' || span FROM kinds WHERE id IS NOT NULL")
			.query(String.class)
			.single()).isEqualTo(
					"12345678901234567890123456789.5|{1,NULL,3}|{{\"a,b\",\"c\\\"d\"},{e,f}}|{\"a\": [1, 2.50]}|(1,\"q\"\"r\")|good|\\x0aff|[1,5)");
		assertThat(database.jdbc()
			.sql("SELECT count(*) FROM kinds WHERE doc = '\"text\"' AND list = '{}'")
			.query(Long.class)
			.single()).isOne();
	}

	@Test
	void habitsOfEuropeAreUnderstoodWhereTheyAreSaid() {
		Outcome outcome = this.rig.csv("item", "decimal=,&dates=DD.MM.YYYY|DD MON YY&trim=true" + "&null.place_id=k.A.",
				"""
						id;name;price;day;place_id
						1; a ;1.234,50;31.12.2019;k.A.
						2;b;-0,5;1.2.2020;1
						3;c;12 345,1;5 mar 69;2
						""");
		assertThat(outcome.counts()).isEqualTo("3 3 0 0 0");
		assertThat(items()).isEqualTo("1|a||1234.50|2019-12-31; 2|b|1|-0.50|2020-02-01; 3|c|2|12345.10|2069-03-05");
		Outcome unclear = this.rig.csv("item", "on-rejected=skip", "id;name;price\n4;d;1,5\n5;e;1.5\n");
		assertThat(unclear.counts()).isEqualTo("2 1 0 0 1");
		Outcome wrong = this.rig.csv("item", "on-rejected=skip&decimal=,", "id;name;price\n6;d;1.5\n7;e;12.34,5\n");
		assertThat(wrong.counts()).isEqualTo("2 0 0 0 2");
	}

	@Test
	void apostrophesBeforeFormulasAreTakenAwayWhereThatIsSaid() {
		Outcome outcome = this.rig.csv("item", "formulas=guarded&on-rejected=skip",
				"id,name\n1,'=1+1\n2,it's\nx,'=2\n");
		assertThat(outcome.counts()).isEqualTo("3 2 0 0 1");
		assertThat(items()).isEqualTo("1|=1+1|||; 2|it's|||");
		assertThat(outcome.rejected()).contains("x,'=2,4,");
	}

	@Test
	void headerThatIsThereTwiceIsNotGuessedAt() {
		String file = "id,name,id\n1,a,1\n2,b,3\n";
		assertThat(this.rig.refused("item", "", file).hint()).contains("map=3:-", "duplicates=same");
		assertThat(this.rig.csv("item", "duplicates=same&on-rejected=skip", file).counts()).isEqualTo("2 1 0 0 1");
		database.execute("TRUNCATE item");
		assertThat(this.rig.csv("item", "duplicates=first", file).counts()).isEqualTo("2 2 0 0 0");
		database.execute("TRUNCATE item");
		assertThat(this.rig.csv("item", "map=1:-,3:id", file).counts()).isEqualTo("2 2 0 0 0");
		assertThat(items()).isEqualTo("1|a|||; 3|b|||");
	}

	@ParameterizedTest(name = "{0} {1}")
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			                       | id,nmae              | PGRST204 | nmae
			                       | id,name,doubled      | 428C9    | doubled
			                       | id,note              | 23502    | name
			map=name:nothing       | id,name              | PGRST204 | nothing
			map=other:name         | id,name              | ORIEL400 | other
			map=name:id            | id,name              | ORIEL400 | id
			dates.nothing=DD.MM.YYYY | id,name            | PGRST204 | nothing
			mode=upsert&key=name   | id,name              | ORIEL400 | unique
			mode=update            | name,note            | ORIEL400 | id
			                       | a,b                  | PGRST204 | a
			unknown=skip           | a,b                  | ORIEL400 | No column
			""")
	void whatCannotBeMeantIsRefusedBeforeAnythingIsWritten(String parameters, String header, String code,
			String about) {
		Problem problem = this.rig.refused("item", (parameters != null) ? parameters : "", header + "\n1,2,3\n");
		assertThat(problem.code()).isEqualTo(code);
		assertThat(problem.message() + problem.column() + problem.details()).contains(about);
		assertThat(items()).isEmpty();
	}

}

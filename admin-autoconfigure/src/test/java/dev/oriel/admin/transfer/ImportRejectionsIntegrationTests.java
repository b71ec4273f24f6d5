package dev.oriel.admin.transfer;

import java.util.List;
import java.util.Set;

import dev.oriel.admin.access.AccessPolicy;
import dev.oriel.admin.access.PrivilegeAccessPolicy;
import dev.oriel.admin.access.RelationAccess;
import dev.oriel.admin.query.ColumnPath;
import dev.oriel.admin.query.Filter;
import dev.oriel.admin.query.Operator;
import dev.oriel.admin.transfer.ImportRig.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for imports: the rows that stay out, and their reasons.
 */
class ImportRejectionsIntegrationTests extends ImportFixture {

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void everyBadRowIsFoundWithItsReason(boolean softErrors) {
		this.rig = ImportRig.of(database, this.directory, new PrivilegeAccessPolicy(false), softErrors);
		database.execute("INSERT INTO item (id, name) VALUES (100, 'old')");
		String file = """
				id,name,place_id,price,day
				1,good,1,1,2020-01-01
				x,no number,1,1,2020-01-01
				2,no place,99,1,2020-01-01
				3,,1,1,2020-01-01
				4,too cheap,1,-10,2020-01-01
				5,too much,1,12345678901.1,2020-01-01
				6,good,1,1,2020-01-01
				6,twice,1,1,2020-01-01
				100,taken,1,1,2020-01-01
				7,no day,1,1,2020-02-30
				8,guess,1,1,02/03/2020
				9,a name that is much too long for its column,1,1,2020-01-01
				10,short
				11,good,2,1,2020-01-01
				""";
		Outcome outcome = this.rig.csv("item", "on-rejected=skip", file);
		assertThat(outcome.counts()).isEqualTo("14 3 0 0 11");
		assertThat(outcome.state()).isEqualTo("done");
		assertThat(database.jdbc()
			.sql("SELECT string_agg(id::text, ',' ORDER BY id) FROM item")
			.query(String.class)
			.single()).isEqualTo("1,6,11,100");
		assertThat(outcome.rejected().lines()).hasSize(12)
			.first()
			.isEqualTo("id,name,place_id,price,day,_line,_reason");
		assertThat(outcome.rejected()
			.lines()
			.skip(1)
			.map((line) -> line.replaceAll("^.*2020,|^.*2020-0\\d-\\d\\d,|^10,short,,,,", "")))
			.satisfiesExactly((line) -> assertThat(line).startsWith("3,").contains("id", "invalid input syntax"),
					(line) -> assertThat(line).startsWith("4,").contains("place_id"),
					(line) -> assertThat(line).startsWith("5,").contains("name"),
					(line) -> assertThat(line).startsWith("6,").contains("price"),
					(line) -> assertThat(line).startsWith("7,").contains("price", "overflow"),
					(line) -> assertThat(line).startsWith("9,").contains("line 8"),
					(line) -> assertThat(line).startsWith("10,").contains("id"),
					(line) -> assertThat(line).startsWith("11,").contains("day", "2020-02-30"),
					(line) -> assertThat(line).startsWith("12,").contains("day", "02/03/2020", "guess"),
					(line) -> assertThat(line).startsWith("13,").contains("name", "too long"),
					(line) -> assertThat(line).startsWith("14,").contains("2", "5"));
		String corrected = "id,name,place_id,price,day,_line,_reason\n2,no place,1,1,2020-01-01,4,\"whatever, it was\"\n";
		assertThat(this.rig.csv("item", "", corrected).counts()).isEqualTo("1 1 0 0 0");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					1,a,1,-10,    | price | The field 'price' has to meet CHECK ((price > ('-10'::integer)::numeric)). | Send values
					x,a,1,,       | id | The field 'id' takes integer (-2147483648 to 2147483647). | If 'x' stands for no value, say null.id=x;
					1,a,1,"1,5",  | price | The field 'price' takes numeric(12,2). | for example decimal.price=,
					1,a,1,1.5x,   | price | The field 'price' takes numeric(12,2). | Send the value
					1,a,1,,2.1.20 | day | - | for example dates.day=DD.MM.YYYY;
					1,a,1,,n/a    | day | - | say null.day=n/a;
					""")
	void reasonNamesTheRuleAndTheHintWhatToSay(String row, String column, String details, String hint) {
		Outcome outcome = this.rig.csv("item", "", "id,name,place_id,price,day\n" + row + "\n");
		assertThat(outcome.counts()).isEqualTo("1 0 0 0 1");
		RejectedRows.Shown shown = (RejectedRows.Shown) ((List<?>) outcome.job().details().get("problems")).get(0);
		assertThat(shown.column()).isEqualTo(column);
		assertThat(String.valueOf(shown.problem().details())).isEqualTo(details.equals("-") ? "null" : details);
		assertThat(shown.problem().hint()).contains(hint);
		if (!details.equals("-")) {
			assertThat(outcome.rejected()).contains(details.replace("\"", "\"\""));
		}
	}

	@Test
	void rowIsToldWhichConditionItBreaksAndHowTruthIsWritten() {
		database.execute(
				"CREATE TABLE IF NOT EXISTS lease (since date, until date, signed boolean, CHECK (until > since))");
		ImportRig fresh = ImportRig.of(database, this.directory);
		Outcome outcome = fresh.csv("lease", "", "since,until\n2020-01-02,2020-01-01\n");
		assertThat(outcome.rejected()).contains("The row has to meet CHECK ((until > since)).");
		Outcome german = fresh.csv("lease", "", "since,signed\n2020-01-02,WAHR\n");
		RejectedRows.Shown shown = (RejectedRows.Shown) ((List<?>) german.job().details().get("problems")).get(0);
		assertThat(shown.problem().details()).isEqualTo("The field 'signed' takes boolean.");
		assertThat(shown.problem().hint()).contains("true or false", "null.signed=");
	}

	@Test
	void ofRowsWithTheSameKeyTheFirstGoodOneIsKept() {
		Outcome outcome = this.rig.csv("item", "on-rejected=skip",
				"id,name,price\n1,a,1\n2,b,1\n1,c,1\n3,d,-50\n3,e,1\n1,f,1\n2,g,1\n3,h,1\n4,i,1\n");
		assertThat(outcome.counts()).isEqualTo("9 4 0 0 5");
		assertThat(items()).isEqualTo("1|a||1.00|; 2|b||1.00|; 3|e||1.00|; 4|i||1.00|");
		assertThat(outcome.rejected().lines().skip(1)).satisfiesExactly(
				(line) -> assertThat(line).startsWith("1,c,1,4,").contains("(1)", "line 2"),
				(line) -> assertThat(line).startsWith("3,d,-50,5,").contains("price"),
				(line) -> assertThat(line).startsWith("1,f,1,7,").contains("line 2"),
				(line) -> assertThat(line).startsWith("2,g,1,8,").contains("line 3"),
				(line) -> assertThat(line).startsWith("3,h,1,9,").contains("(3)", "line 6"));
	}

	@Test
	void rulesOfPartitionsAreThoseOfTheirTable() {
		database.execute("TRUNCATE measured; INSERT INTO measured VALUES (7, 2020)");
		Outcome outcome = this.rig.csv("measured", "on-rejected=skip",
				"id,year\n1,1990\n1,2010\n1,1990\n2,1800\n7,2020\n3,2010\n");
		assertThat(outcome.counts()).isEqualTo("6 3 0 0 3");
		// Which line was before is told only where all rows are looked at together.
		assertThat(outcome.rejected().lines().skip(1)).satisfiesExactly(
				(line) -> assertThat(line).startsWith("1,1990,4,").contains("line 2"),
				(line) -> assertThat(line).startsWith("2,1800,5,").contains("year"),
				(line) -> assertThat(line).startsWith("7,2020,6,").contains("(7, 2020)"));
	}

	@Test
	void eachMistakeIsToldOnce() {
		Outcome outcome = this.rig.csv("item", "on-rejected=skip", "id,name,day\nx,a,02/30/2020\n1,b,2020-02-29\n");
		assertThat(outcome.counts()).isEqualTo("2 1 0 0 1");
		assertThat(outcome.rejected()).contains("guess", "id: invalid input syntax").doesNotContain("out of range");
		assertThat(items()).isEqualTo("1|b|||2020-02-29");
	}

	@Test
	void onlyTheRowsThatATriggerOrAnExclusionRefusesStayOut() {
		StringBuilder file = new StringBuilder("id,during,code\n");
		for (int i = 0; i < 450; i++) {
			String during = (i % 100 == 7) ? "[0,5)" : "[%d,%d)".formatted(10 * i, 10 * i + 10);
			file.append("%d,\"%s\",%s%n".formatted(i, during, (i % 150 == 149) ? "bad" : "ok"));
		}
		Outcome outcome = this.rig.csv("guarded", "on-rejected=skip", file.toString());
		assertThat(outcome.counts()).isEqualTo("450 442 0 0 8");
		assertThat(outcome.rejected()).contains("The code bad is not for us");
		assertThat(database.jdbc().sql("SELECT count(*) FROM guarded WHERE code = 'OK'").query(Long.class).single())
			.isEqualTo(442);
	}

	@Test
	void nulAndHalfSurrogatesAreRejectedWithoutLosingTheRest() {
		Outcome outcome = this.rig.csv("item", "on-rejected=skip", "id,name\n1,a\u0000b\n2,c\n");
		assertThat(outcome.counts()).isEqualTo("2 1 0 0 1");
		Outcome half = this.rig.ndjson("item", "on-rejected=skip",
				"{\"id\":3,\"name\":\"\\ud800\"}\n{\"id\":4,\"name\":\"\\u0000\"}\n{\"id\":5,\"name\":\"\\ud83d\\ude00\"}\n");
		assertThat(half.counts()).isEqualTo("3 1 0 0 2");
	}

	@Test
	void rowsOutsideOfTheRulesAreRejected() {
		AccessPolicy policy = (caller, relation) -> {
			RelationAccess all = new PrivilegeAccessPolicy(false).decide(caller, relation);
			return relation.name().name().equals("item") ? new RelationAccess(all.operations(), Set.of("id", "name"),
					Set.of("id", "name"), Set.of("id", "name"),
					new Filter.Comparison(new ColumnPath("note", List.of()), Operator.EQ, null, List.of("none"), null))
					: all;
		};
		this.rig = ImportRig.of(database, this.directory, policy, true);
		database.execute("INSERT INTO item (id, name, note) VALUES (1, 'a', 'secret'), (2, 'b', 'none')");
		assertThat(this.rig.refused("item", "", "id,name,note\n3,c,x\n").message())
			.isEqualTo(this.rig.refused("item", "", "id,name,nope\n3,c,x\n").message().replace("nope", "note"));
		assertThat(this.rig.csv("item", "mode=upsert&on-rejected=skip", "id,name\n1,A\n2,B\n3,C\n").counts())
			.isEqualTo("3 1 1 0 1");
		assertThat(this.rig.csv("item", "mode=update&on-rejected=skip", "id,name\n1,A\n2,BB\n").counts())
			.isEqualTo("2 0 1 0 1");
		database.execute("ALTER TABLE item ALTER note SET DEFAULT 'other'");
		try {
			assertThat(this.rig.csv("item", "on-rejected=skip", "id,name\n7,A\n").counts()).isEqualTo("1 0 0 0 1");
		}
		finally {
			database.execute("ALTER TABLE item ALTER note SET DEFAULT 'none'");
		}
	}

	@Test
	void manyErrorsEndInBoundedTime() {
		StringBuilder file = new StringBuilder("id,name,place_id\n");
		for (int i = 0; i < 100_000; i++) {
			file.append(i).append((i % 2 == 0) ? ",x,99\n" : ",,1\n");
		}
		Outcome outcome = this.rig.csv("item", "", file.toString());
		assertThat(outcome.counts()).isEqualTo("100000 0 0 0 100000");
		assertThat(outcome.rejected().lines()).hasSize(100_001);
	}

}

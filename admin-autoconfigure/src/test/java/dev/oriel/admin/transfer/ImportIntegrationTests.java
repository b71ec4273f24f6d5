package dev.oriel.admin.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.oriel.admin.access.AccessPolicy;
import dev.oriel.admin.access.PrivilegeAccessPolicy;
import dev.oriel.admin.access.RelationAccess;
import dev.oriel.admin.data.BulkTransactions;
import dev.oriel.admin.data.Problem;
import dev.oriel.admin.data.ProblemException;
import dev.oriel.admin.data.Transactions;
import dev.oriel.admin.data.WriteHooks;
import dev.oriel.admin.query.ColumnPath;
import dev.oriel.admin.query.Filter;
import dev.oriel.admin.query.Operator;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.postgres.PostgresSchemaSource;
import dev.oriel.admin.schema.postgres.ReflectionSettings;
import dev.oriel.admin.testing.PostgresDatabase;
import dev.oriel.admin.transfer.ImportRig.Outcome;
import dev.oriel.admin.transfer.format.FileFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link Imports}.
 */
class ImportIntegrationTests {

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create("dev/oriel/admin/transfer/import.sql");

	@TempDir
	Path directory;

	ImportRig rig;

	@BeforeEach
	void reset() {
		database.execute("TRUNCATE place, item, node, guarded, kinds RESTART IDENTITY CASCADE;"
				+ "INSERT INTO place VALUES (1, 'here'), (2, 'there')");
		this.rig = ImportRig.of(database, this.directory);
	}

	@Test
	void goodRowsAreInserted() {
		Outcome outcome = this.rig.csv("item", "", """
				id,name,place_id,price,day
				1,a,1,1.50,2020-02-29
				2,"b ""quoted"", and more",,,
				3,ü€😀\\t,2,-3,infinity
				""");
		assertThat(outcome.state()).isEqualTo("done");
		assertThat(outcome.counts()).isEqualTo("3 3 0 0 0");
		assertThat(items()).isEqualTo("1|a|1|1.50|2020-02-29; 2|b \"quoted\", and more|||; 3|ü€😀\\t|2|-3.00|infinity");
		assertThat(outcome.job().file()).isNull();
	}

	@Test
	void importThatTheMachineCannotCarryOutMakesRoomForOthers() {
		InputStream tooMuch = new InputStream() {

			@Override
			public int read() {
				throw new OutOfMemoryError("a test");
			}

			@Override
			public int read(byte[] bytes, int offset, int length) {
				return read();
			}

		};
		for (int i = 0; i < 5; i++) {
			assertThatExceptionOfType(OutOfMemoryError.class)
				.isThrownBy(() -> this.rig.run(FileFormat.CSV, "item", "", tooMuch));
		}
		assertThat(this.rig.csv("item", "", "id,name\n1,a\n").counts()).isEqualTo("1 1 0 0 0");
	}

	@Test
	void importThatIsNeitherWrittenNorCancelledMakesRoomForOthers() {
		ImportRequest request = ImportParameters.parse("")
			.request(new RelationName("public", "item"), FileFormat.CSV, -1);
		for (int i = 0; i < 5; i++) {
			try (ImportRun run = this.rig.imports().begin(ImportRig.CALLER, request, null)) {
				run.read(ImportRig.bytes("id,name\n1,a\n"));
			}
		}
		assertThat(this.rig.csv("item", "", "id,name\n1,a\n").counts()).isEqualTo("1 1 0 0 0");
	}

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
	void severalTextsStandForNoValue() {
		Outcome outcome = this.rig.csv("item", "null.day=N&null.day=U&null.price=-",
				"id,name,price,day\n1,N,-,N\n2,U,1,U\n3,-,2,\n4,d,,2020-01-01\n");
		assertThat(outcome.counts()).isEqualTo("4 4 0 0 0");
		assertThat(items()).isEqualTo("1|N|||; 2|U||1.00|; 3|-||2.00|; 4|d|||2020-01-01");
	}

	@Test
	void columnThatIsComputedIsLeftOutAsTheAnswerSays() {
		String file = "id,name,Doubled\n1,a,2\n";
		ProblemException refused = catchThrowableOfType(ProblemException.class, () -> this.rig.csv("item", "", file));
		assertThat(refused.problem().hint()).isEqualTo("Leave it out with map=Doubled:-.");
		assertThat(this.rig.csv("item", "map=Doubled:-", file).counts()).isEqualTo("1 1 0 0 0");
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
	void rejectedRowKeepsAllOutUnlessGoodOnesAreWanted() {
		String file = "id,name\n1,a\n2,\n3,c\n";
		Outcome outcome = this.rig.csv("item", "", file);
		assertThat(outcome.state()).isEqualTo("rejected");
		assertThat(outcome.counts()).isEqualTo("3 0 0 0 1");
		assertThat(items()).isEmpty();
		assertThat(this.rig.csv("item", "on-rejected=skip", file).counts()).isEqualTo("3 2 0 0 1");
	}

	@Test
	void batchesAreKeptByThemselves() {
		String file = "id,name\n1,a\n2,b\n3,c\n4,\n5,e\n6,f\n";
		Outcome stopped = this.rig.csv("item", "batch=2", file);
		assertThat(stopped.state()).isEqualTo("rejected");
		assertThat(stopped.counts()).isEqualTo("4 2 0 0 1");
		assertThat(items()).isEqualTo("1|a|||; 2|b|||");
		database.execute("TRUNCATE item");
		Outcome skipped = this.rig.csv("item", "batch=2&on-rejected=skip", file);
		assertThat(skipped.counts()).isEqualTo("6 5 0 0 1");
		assertThat(skipped.rejected()).contains("\n4,,5,");
	}

	@Test
	void dryRunTellsAllAndKeepsNothing() {
		Outcome outcome = this.rig.csv("item", "dry-run=true&on-rejected=skip&batch=1",
				"ID,Name,Place Id\n1,a,1\n2,b,99\n1,c,\n");
		assertThat(outcome.counts()).isEqualTo("3 1 0 0 2");
		assertThat(outcome.job().details().get("columns").toString())
			.isEqualTo("{ID=id, Name=name, Place Id=place_id}");
		assertThat(outcome.job().details()).containsEntry("dryRun", true);
		assertThat(items()).isEmpty();
	}

	@Test
	void upsertChangesWhatDiffersAndInsertsTheRest() {
		database.execute("INSERT INTO item (id, name, price) VALUES (1, 'a', 1), (2, 'b', 2), (3, 'c', 3)");
		Outcome outcome = this.rig.csv("item", "mode=upsert&on-rejected=skip",
				"id,name,price\n1,a,1.00\n2,B,2\n4,d,4\n4,again,5\n5,,5\nx,y,1\n");
		assertThat(outcome.counts()).isEqualTo("6 1 1 1 3");
		assertThat(items()).isEqualTo("1|a||1.00|; 2|B||2.00|; 3|c||3.00|; 4|d||4.00|");
		assertThat(outcome.rejected()).contains("line 4");
	}

	@Test
	void updateRejectsWhatIsNotThereOnce() {
		database.execute("INSERT INTO item (id, name, price) VALUES (1, 'a', 1), (2, 'b', 2), (3, 'b', 3)");
		Outcome outcome = this.rig.csv("item", "mode=update&on-rejected=skip", "id,price\n1,10\n9,1\n2,-50\n");
		assertThat(outcome.counts()).isEqualTo("3 0 1 0 2");
		assertThat(outcome.rejected()).contains("9,1,3,", "no row with this key", "2,-50,4,");
		Outcome byName = this.rig.csv("item", "mode=update&key=name&on-rejected=skip", "name,price\na,11\nb,12\n");
		assertThat(byName.counts()).isEqualTo("2 0 1 0 1");
		assertThat(byName.rejected()).contains("several rows");
		assertThat(items()).isEqualTo("1|a||11.00|; 2|b||2.00|; 3|b||3.00|");
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
	void rowsMayPointAtEachOtherInAnyOrder() {
		Outcome outcome = this.rig.csv("node", "on-rejected=skip",
				"id,parent_id\n1,3\n2,1\n3,\n4,99\n5,4\n6,5\nx,\n7,8\n8,7\n");
		assertThat(outcome.counts()).isEqualTo("9 5 0 0 4");
		assertThat(database.jdbc()
			.sql("SELECT string_agg(id::text, ',' ORDER BY id) FROM node")
			.query(String.class)
			.single()).isEqualTo("1,2,3,7,8");
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

	@Test
	void whoMayNotMakeTemporaryTablesIsTold() {
		database.execute("CREATE ROLE importer LOGIN PASSWORD 'importer'; GRANT ALL ON item TO importer; "
				+ "REVOKE TEMPORARY ON DATABASE \"" + database.name() + "\" FROM PUBLIC");
		BulkTransactions transactions = new BulkTransactions(
				() -> database.dataSource("importer", "importer").getConnection(),
				Transactions.of(database.dataSource()),
				new PostgresSchemaSource(database.dataSource(), ReflectionSettings.ALL),
				new PrivilegeAccessPolicy(false), WriteHooks.NONE, ImportRig.DATA, Duration.ofMinutes(1));
		ProblemException exception = catchThrowableOfType(ProblemException.class,
				() -> new Imports(transactions, this.rig.jobs()).run(ImportRig.CALLER,
						ImportRequest.of(new RelationName("public", "item"), FileFormat.CSV),
						ImportRig.bytes("id,name\n1,a\n")));
		assertThat(exception.problem().hint()).contains("GRANT TEMPORARY");
		database.execute("GRANT TEMPORARY ON DATABASE \"" + database.name()
				+ "\" TO PUBLIC; DROP OWNED BY importer; DROP ROLE importer");
	}

	@Test
	void keysAreLookedAtWhereTriggersAreCalledBefore() {
		database.execute("INSERT INTO guarded (id, code) VALUES (1, 'a')");
		Outcome update = this.rig.csv("guarded", "mode=update&on-rejected=skip", "id,code\n1,b\n1,c\n9,d\n");
		assertThat(update.counts()).isEqualTo("3 0 1 0 2");
		Outcome upsert = this.rig.csv("guarded", "mode=upsert&on-rejected=skip", "id,code\n1,c\n9,d\n9,e\n");
		assertThat(upsert.counts()).isEqualTo("3 1 1 0 1");
		assertThat(database.jdbc()
			.sql("SELECT string_agg(id || code, ',' ORDER BY id) FROM guarded")
			.query(String.class)
			.single()).isEqualTo("1C,9D");
	}

	@Test
	void abortLeavesNoFileAndNoTable() {
		InputStream broken = new InputStream() {

			private int position;

			@Override
			public int read() throws IOException {
				byte[] begin = "id,name\n1,a\n2,b\n".getBytes(StandardCharsets.UTF_8);
				if (this.position < begin.length) {
					return begin[this.position++];
				}
				throw new IOException("Gone");
			}

		};
		assertThatExceptionOfType(ProblemException.class)
			.isThrownBy(() -> this.rig.run(FileFormat.CSV, "item", "", broken));
		assertThatExceptionOfType(ProblemException.class)
			.isThrownBy(() -> this.rig.run(FileFormat.XLSX, "item", "", ImportRig.bytes("no workbook")));
		this.rig.jobs().close();
		assertThat(this.directory).isEmptyDirectory();
		assertThat(items()).isEmpty();
	}

	@Test
	void jobsAreFollowedUntilTheyEnd() {
		List<String> told = new CopyOnWriteArrayList<>();
		Imports imports = this.rig.imports();
		try (ImportRun run = imports.begin(ImportRig.CALLER,
				ImportRequest.of(new RelationName("public", "item"), FileFormat.CSV), null)) {
			this.rig.jobs().follow(run.job(), told::add);
			assertThat(told).hasSize(1).first().asString().contains("\"state\":\"running\"");
			run.read(ImportRig.bytes("id,name\n1,a\n"));
			run.write();
		}
		await().until(() -> told.get(told.size() - 1).contains("\"state\":\"done\""));
	}

	private static String items() {
		return database.jdbc()
			.sql("SELECT coalesce(string_agg(concat_ws('|', id, name, coalesce(place_id::text, ''), coalesce(price::text, ''), "
					+ "coalesce(day::text, '')), '; ' ORDER BY id), '') FROM item")
			.query(String.class)
			.single();
	}

}

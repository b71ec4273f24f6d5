package dev.oriel.admin.transfer;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.oriel.admin.access.Operation;
import dev.oriel.admin.extension.BeforeWrite;
import dev.oriel.admin.extension.VetoException;
import dev.oriel.admin.extension.WriteHook;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.testing.RecordingHook;
import dev.oriel.admin.transfer.ImportRig.Outcome;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for imports into relations with hooks: what hooks see, and what they make of the
 * rows.
 */
class HookedImportIntegrationTests extends HookedImportFixture {

	@Test
	void whatAHookMakesOfTheRowsIsWritten() {
		this.hook.before = (write) -> write.rows().forEach((row) -> {
			row.set("name", row.values().text("name") + "!");
			row.set("note", write.caller().name());
			row.set("price", 2.5);
			row.remove("day");
		});
		Outcome outcome = this.rig.csv("item", "", "id,name,place_id,day\n1,a,1,2020-01-01\n2,\"b,\",,\n");
		assertThat(outcome.counts()).isEqualTo("2 2 0 0 0");
		assertThat(items()).isEqualTo("1|a!|1|2.50|admin; 2|b,!|2.50|admin");
		assertThat(this.hook.calls).containsExactly("before INSERT 2", "after INSERT 2", "committed INSERT 2");
		assertThat(RecordingHook.images(this.hook.afters)).containsExactly(
				"null -> {\"id\":1,\"name\":\"a!\",\"place_id\":1,\"price\":2.50,\"note\":\"admin\",\"doubled\":5.00}",
				"null -> {\"id\":2,\"name\":\"b,!\",\"price\":2.50,\"note\":\"admin\",\"doubled\":5.00}");
		assertThat(RecordingHook.images(this.hook.commits)).isEqualTo(RecordingHook.images(this.hook.afters));
	}

	@Test
	void valueThatARowNeedsMayComeFromAHook() {
		this.hook.before = (write) -> write.rows().forEach((row) -> {
			row.set("name", "from the hook");
			row.set("place_id", 2);
		});
		assertThat(this.rig.csv("item", "", "id,place_id\n1,99\n").counts()).isEqualTo("1 1 0 0 0");
		assertThat(items()).isEqualTo("1|from the hook|2|none");
	}

	@Test
	void hooksSeeAThousandRowsAtATime() {
		String file = "id,name\n"
				+ IntStream.rangeClosed(1, 2_500).mapToObj((i) -> i + ",n" + i + "\n").collect(Collectors.joining());
		assertThat(this.rig.csv("item", "", file).counts()).isEqualTo("2500 2500 0 0 0");
		assertThat(this.hook.calls).containsExactly("before INSERT 1000", "after INSERT 1000", "before INSERT 1000",
				"after INSERT 1000", "before INSERT 500", "after INSERT 500", "committed INSERT 1000",
				"committed INSERT 1000", "committed INSERT 500");
	}

	@Test
	void upsertTellsRowsApartByWhatBecomesOfThem() {
		database.execute("INSERT INTO item (id, name, price) VALUES (1, 'a', 1), (2, 'b', 2), (3, 'c', 3)");
		this.hook.before = (write) -> write.rows().forEach((row) -> {
			assertThat(row.before() == null).isEqualTo(write.operation() == Operation.INSERT);
			assertThat(row.values().has("id")).isEqualTo(write.operation() == Operation.INSERT);
			row.set("note", (row.before() != null) ? "was " + row.before().text("name") : "new");
		});
		Outcome outcome = this.rig.csv("item", "mode=upsert&on-rejected=skip",
				"id,name,price\n1,a,1.00\n2,B,2\n4,d,4\n4,again,5\n5,,5\n");
		assertThat(outcome.counts()).isEqualTo("5 1 1 1 2");
		assertThat(items()).isEqualTo("1|a|1.00|none; 2|B|2.00|was b; 3|c|3.00|none; 4|d|4.00|new");
		assertThat(this.hook.calls).contains("before INSERT 2", "before UPDATE 1");
		assertThat(RecordingHook.images(this.hook.commits)).containsExactlyInAnyOrder(
				"null -> {\"id\":4,\"name\":\"d\",\"price\":4.00,\"note\":\"new\",\"doubled\":8.00}",
				"{\"id\":2,\"name\":\"b\",\"price\":2.00,\"note\":\"none\",\"doubled\":4.00} -> "
						+ "{\"id\":2,\"name\":\"B\",\"price\":2.00,\"note\":\"was b\",\"doubled\":4.00}");
	}

	@Test
	void updateTellsWhatRowsWere() {
		database.execute("INSERT INTO item (id, name, price) VALUES (1, 'a', 1), (2, 'b', 2), (3, 'b', 3)");
		this.hook.before = (write) -> write.rows()
			.stream()
			.filter((row) -> row.before() != null && "b".equals(row.before().text("name")))
			.forEach((row) -> row.reject("price", "The price of b is fixed"));
		Outcome outcome = this.rig.csv("item", "mode=update&on-rejected=skip", "id,price\n1,10\n9,1\n2,5\n3,3.0\n");
		assertThat(outcome.counts()).isEqualTo("4 0 1 1 2");
		assertThat(outcome.rejected()).contains("9,1,3,", "2,5,4,price: The price of b is fixed");
		assertThat(items()).isEqualTo("1|a|10.00|none; 2|b|2.00|none; 3|b|3.00|none");
		assertThat(RecordingHook.images(this.hook.commits)).hasSize(1)
			.first()
			.asString()
			.contains("\"price\":1.00", "\"price\":10.00");
		assertThat(this.rig.csv("item", "mode=update&key=name", "name,price\na,11\n").counts()).isEqualTo("1 0 1 0 0");
	}

	@Test
	void valuesOfAllKindsPassThroughHooks() {
		this.hook.before = (write) -> write.rows().forEach((row) -> row.set("mood", "bad"));
		Outcome outcome = this.rig.ndjson("kinds", "",
				"""
						{"id":12345678901234567890123456789.5,"list":[1,null,3],"nested":[["a,b","c\\"d"],["e","f"]],"doc":{"a":[1,2.50]},"pair":{"x":1,"y":"q\\"r"},"mood":"good","raw":"\\\\x0aff","span":"[1,5)"}
						{"doc":"text","list":[]}
						{"doc":null}
						""");
		assertThat(outcome.counts()).isEqualTo("3 3 0 0 0");
		assertThat(this.jdbc.queryForObject(
				"SELECT id || '|' || list::text || '|' || nested::text || '|' || doc::text || '|' || pair::text || '|' || mood || '|' || raw::text || '|' || span FROM kinds WHERE id IS NOT NULL",
				String.class))
			.isEqualTo(
					"12345678901234567890123456789.5|{1,NULL,3}|{{\"a,b\",\"c\\\"d\"},{e,f}}|{\"a\": [1, 2.50]}|(1,\"q\"\"r\")|bad|\\x0aff|[1,5)");
		assertThat(this.jdbc.queryForObject("SELECT count(*) FROM kinds WHERE doc = '\"text\"' AND list = '{}'",
				Long.class))
			.isOne();
	}

	@Test
	void documentsLeaveColumnsToTheirDefaults() {
		database.execute("INSERT INTO item (id, name, price, note) VALUES (1, 'a', 1, 'mine')");
		Outcome outcome = this.rig.ndjson("item", "mode=upsert", """
				{"id":1,"price":2}
				{"id":2,"name":"b"}
				{"id":3,"name":"c","note":null}
				{"id":4,"name":"d","price":4}
				{"id":5,"name":"e"}
				""");
		assertThat(outcome.counts()).isEqualTo("5 4 1 0 0");
		assertThat(items()).isEqualTo("1|a|2.00|mine; 2|b|none; 3|c; 4|d|4.00|none; 5|e|none");
		assertThat(this.hook.calls).startsWith("before INSERT 4", "before UPDATE 1");
	}

	@Test
	void rowsMayPointAtLaterOnes() {
		Outcome outcome = this.rig.csv("node", "on-rejected=skip", "id,parent_id\n1,3\n2,1\n3,\n4,99\n5,4\n6,5\n"
				+ IntStream.range(100, 1_500).mapToObj((i) -> i + "," + (i + 1) + "\n").collect(Collectors.joining())
				+ "1500,\n");
		assertThat(outcome.counts()).isEqualTo("1407 1404 0 0 3");
	}

	@Test
	void relationsAndOperationsWithoutHooksAreNotTold() {
		WriteHook elsewhere = new WriteHook() {

			@Override
			public Set<RelationName> relations() {
				return Set.of(new RelationName("public", "item"));
			}

			@Override
			public Set<Operation> operations() {
				return Set.of(Operation.UPDATE);
			}

			@Override
			public void before(BeforeWrite write) {
				throw new VetoException("No " + write.operation() + " of " + write.relation().name().name());
			}

		};
		ImportRig hooked = ImportRig.of(database, this.directory, elsewhere);
		assertThat(hooked.csv("place", "mode=upsert", "id,name\n1,a\n").counts()).isEqualTo("1 0 1 0 0");
		assertThat(hooked.csv("item", "", "id,name\n1,a\n").counts()).isEqualTo("1 1 0 0 0");
		Outcome outcome = hooked.csv("item", "mode=upsert&on-rejected=skip", "id,name\n1,b\n2,b\n");
		assertThat(outcome.counts()).isEqualTo("2 1 0 0 1");
		assertThat(outcome.rejected()).contains("1,b,2,No UPDATE of item");
		hooked.jobs().close();
	}

	@Test
	void keyByWhichRowsAreFoundStays() {
		this.hook.before = (write) -> write.rows().forEach((row) -> row.set("id", 7));
		assertThat(this.rig.refused("item", "mode=upsert", "id,name\n1,a\n").status()).isEqualTo(500);
		assertThat(this.rig.csv("item", "", "id,name\n1,a\n").counts()).isEqualTo("1 1 0 0 0");
		assertThat(items()).isEqualTo("7|a|none");
	}

}

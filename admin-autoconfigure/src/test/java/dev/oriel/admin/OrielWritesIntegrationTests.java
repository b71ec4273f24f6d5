package dev.oriel.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.oriel.admin.data.Impact;
import dev.oriel.admin.data.StaleRowException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for {@link OrielTable}: writes, and the transactions that they are in.
 */
class OrielWritesIntegrationTests extends OrielFixture {

	@Test
	void writesAndReturnsRows() {
		OrielTable part = this.system.table("part");
		assertThat(part.insert(new Part(1, "x", "n")).one(Part.class)).isEqualTo(new Part(1, "x", "n"));
		assertThat(part.insert(List.of(Map.of("a", 2, "b", "y"), Map.of("a", 3, "b", "z"))).size()).isEqualTo(2);
		assertThat(part.upsert(Map.of("a", 2, "b", "y", "note", "merged")).one()).containsEntry("note", "merged");
		assertThat(part.insertMissing(List.of(new Part(2, "y", "again"), new Part(4, "w", "new"))).list(Part.class))
			.containsExactly(new Part(4, "w", "new"));
		assertThat(part.where("a", "gt", 2).update(Map.of("note", "late")).size()).isEqualTo(2);
		assertThat(part.get(3, "z")).hasValueSatisfying((row) -> assertThat(row).containsEntry("note", "late"));
		assertThat(part.get(3, "nowhere")).isEmpty();
		assertThat(part.where("a", "eq", 4).delete().json()).isEqualTo("[{\"a\":4,\"b\":\"w\",\"note\":\"late\"}]");
		assertThat(part.count()).isEqualTo(3);
		assertThat(part.columns("a", "b").insert(new Part(9, "q", "left out")).one()).containsEntry("note", null);
		assertThat(part.select("b").insert(Map.of("a", 10, "b", "only")).json()).isEqualTo("[{\"b\":\"only\"}]");
	}

	@Test
	void writesThatGoTooFarAreRefused() {
		OrielTable part = this.system.table("part");
		part.insert(List.of(new Part(1, "a", null), new Part(2, "b", null)));
		assertThat(problem(() -> part.delete()).code()).isEqualTo("21000");
		assertThat(problem(() -> part.atMost(1).delete()).code()).isEqualTo("PGRST124");
		assertThat(problem(() -> part.insert(new Part(1, "a", null))).code()).isEqualTo("23505");
		assertThat(problem(() -> part.get(1)).details()).contains("a, b");
		assertThat(problem(() -> part.insert(Map.of("a", 1, "c", 2))).column()).isEqualTo("c");
		assertThat(problem(() -> part.insert("[1]")).code()).isEqualTo("PGRST102");
		assertThat(problem(() -> part.insert("{")).code()).isEqualTo("PGRST102");
		assertThat(part.atMost(2).dryRun().delete().size()).isEqualTo(2);
		assertThat(part.count()).isEqualTo(2);
	}

	@Test
	void versionsTellWhetherARowIsStillTheSame() {
		OrielTable part = this.system.table("part").where("a", "eq", 1);
		part.insert(new Part(1, "a", null));
		String version = (String) part.versions().one().get("_version");
		part.expecting(version).update(Map.of("note", "mine"));
		StaleRowException stale = catchThrowableOfType(StaleRowException.class,
				() -> part.expecting(version).update(Map.of("note", "lost")));
		assertThat(stale.current().json()).contains("mine");
	}

	@Test
	void dryRunsTellWhatWouldChange() {
		List<Impact> impacts = new ArrayList<>();
		this.transaction.executeWithoutResult((status) -> {
			this.system.table("part").insert(new Part(1, "a", null));
			this.system.table("part").where("a", "eq", 1).dryRun(impacts::add).update(Map.of("note", "new"));
			this.system.table("part").atMost(5).dryRun(impacts::add).delete();
		});
		assertThat(impacts).extracting((impact) -> impact.tables().get(0).counts())
			.containsExactly(new Impact.Counts(0, 1, 0), new Impact.Counts(0, 0, 1));
		assertThat(this.system.table("part").one(Part.class)).isEqualTo(new Part(1, "a", null));
	}

	@Test
	void dryRunsInsideOfATransactionShowWhatOthersSee() {
		this.system.table("part").insert(new Part(1, "a", "old"));
		List<Impact> impacts = new ArrayList<>();
		this.transaction.executeWithoutResult((status) -> {
			OrielTable part = this.system.table("part").where("a", "eq", 1);
			part.dryRun(impacts::add).update(Map.of("note", "new"));
			part.dryRun((impact) -> part.dryRun(impacts::add).delete()).update(Map.of("note", "new"));
			part.update(Map.of("note", "kept"));
			part.dryRun(impacts::add).delete();
		});
		assertThat(impacts.get(0).tables().get(0).sample()).singleElement().satisfies((change) -> {
			assertThat(change.before()).contains("\"old\"");
			assertThat(change.after()).contains("\"new\"");
		});
		// Marks of rows do not tell what was done before from what is tried.
		assertThat(impacts.get(1).tables().get(0).counts()).isEqualTo(new Impact.Counts(0, 0, 1));
		assertThat(impacts.get(1).tables().get(0).sample()).isNull();
		assertThat(impacts.get(2).tables().get(0).counts()).isEqualTo(new Impact.Counts(0, 0, 1));
		assertThat(impacts.get(2).tables().get(0).sample()).isNull();
	}

	@Test
	void joinsTheTransactionAroundIt() {
		assertThatIllegalStateException().isThrownBy(() -> this.transaction.executeWithoutResult((status) -> {
			this.system.table("part").insert(new Part(1, "a", null));
			assertThat(problem(() -> this.system.table("part").insert(new Part(1, "a", null))).code())
				.isEqualTo("23505");
			assertThat(this.system.call("write_many", Map.of("n", 2)).list(Integer.class)).containsExactly(1, 2);
			assertThat(this.jdbc.sql("SELECT count(*) FROM part").query(Integer.class).single()).isEqualTo(3);
			throw new IllegalStateException();
		}));
		assertThat(this.system.table("part").count()).isZero();
	}

	@Test
	void severalMergesInOneTransactionAreApart() {
		this.transaction.executeWithoutResult((status) -> {
			OrielTable part = this.system.table("part");
			assertThat(part.upsert(new Part(1, "a", "first")).size()).isOne();
			assertThat(part.upsert(new Part(1, "a", "second")).one(Part.class).note()).isEqualTo("second");
			assertThat(part.upsert(List.of(new Part(1, "a", "third"), new Part(2, "b", "new"))).size()).isEqualTo(2);
		});
		assertThat(this.system.table("part").get(1, "a").orElseThrow()).containsEntry("note", "third");
	}

}

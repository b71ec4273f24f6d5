package dev.oriel.admin.data;

import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import dev.oriel.admin.access.AccessPolicy;
import dev.oriel.admin.access.Operation;
import dev.oriel.admin.access.PrivilegeAccessPolicy;
import dev.oriel.admin.access.RelationAccess;
import dev.oriel.admin.query.Filter;
import dev.oriel.admin.query.Operator;
import dev.oriel.admin.sql.VersionMode;
import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a write would change is told for every table that the caller may read, and nothing
 * of it stays.
 */
class ImpactIntegrationTests {

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create("dev/oriel/admin/web/impact.sql");

	private Rig rig;

	private String before;

	@BeforeEach
	void start() {
		this.rig = Rig.of(database);
		this.before = content();
	}

	@AfterEach
	void nothingIsChanged() {
		assertThat(content()).isEqualTo(this.before);
	}

	@Test
	void cascadesAndTriggersAreCounted() {
		Impact impact = delete(this.rig, "customer", "id=eq.1");
		assertThat(counts(impact)).containsExactly("customer 0/0/1", "event 0/0/2", "hidden 0/0/1", "invoice 0/0/2",
				"line 0/0/30", "log 1/0/0", "owned 0/0/2", "visit 0/2/0");
	}

	@Test
	void samplesShowBeforeAndAfter() {
		Impact impact = delete(this.rig, "customer", "id=eq.1");
		assertThat(sample(impact, "customer")).containsExactly(new Impact.Change(Impact.Operation.DELETE,
				Map.of("id", "1"), "{\"id\":1,\"name\":\"Ann\",\"secret\":\"s1\"}", null));
		assertThat(sample(impact, "visit")).containsExactlyInAnyOrder(
				new Impact.Change(Impact.Operation.UPDATE, Map.of("id", "100"), "{\"id\":100,\"customer_id\":1}",
						"{\"id\":100,\"customer_id\":null}"),
				new Impact.Change(Impact.Operation.UPDATE, Map.of("id", "101"), "{\"id\":101,\"customer_id\":1}",
						"{\"id\":101,\"customer_id\":null}"));
		assertThat(sample(impact, "line")).hasSize(10)
			.allMatch((change) -> change.operation() == Impact.Operation.DELETE)
			.allMatch((change) -> change.before().contains("\"text\":\"x\"") && change.after() == null);
		assertThat(sample(impact, "event")).extracting((change) -> change.key().get("id"))
			.containsExactlyInAnyOrder("1", "2");
		assertThat(sample(impact, "log")).singleElement().satisfies((change) -> {
			assertThat(change.operation()).isEqualTo(Impact.Operation.INSERT);
			assertThat(change.key()).isEmpty();
			assertThat(change.after()).contains("\"what\":\"DELETE\"");
		});
	}

	@Test
	void insertsAndUpdatesAreTold() {
		Impact inserted = impact((options) -> this.rig.insert("invoice",
				"[{\"id\":70,\"customer_id\":3},{\"id\":71,\"customer_id\":null}]", options));
		assertThat(counts(inserted)).containsExactly("invoice 2/0/0");
		assertThat(sample(inserted, "invoice")).extracting(Impact.Change::after)
			.containsExactly("{\"id\":70,\"customer_id\":3,\"total\":0}",
					"{\"id\":71,\"customer_id\":null,\"total\":0}");
		Impact updated = impact((options) -> this.rig.update("customer", "id=lt.3", "{\"name\":\"Zoe\"}", options));
		assertThat(counts(updated)).containsExactly("customer 0/2/0", "log 2/0/0");
		assertThat(sample(updated, "customer").get(0).before()).contains("\"name\":\"Ann\"");
		assertThat(sample(updated, "customer").get(0).after()).contains("\"name\":\"Zoe\"");
	}

	@Test
	void changesBelowARowOfTheSameTableAreShown() {
		Impact removed = impact((options) -> this.rig.update("tree", "id=eq.2",
				"{\"tree!tree_parent_id_fkey\":[{\"id\":3,\"_delete\":true}]}", options));
		assertThat(counts(removed)).containsExactly("tree 0/0/1");
		assertThat(sample(removed, "tree")).singleElement().satisfies((change) -> {
			assertThat(change.operation()).isEqualTo(Impact.Operation.DELETE);
			assertThat(change.key()).containsEntry("id", "3");
		});
		Impact added = impact((options) -> this.rig.update("tree", "id=eq.2",
				"{\"tree!tree_parent_id_fkey\":[{\"id\":9,\"tree!tree_parent_id_fkey\":[]}]}", options));
		assertThat(counts(added)).containsExactly("tree 1/0/0");
		assertThat(sample(added, "tree")).singleElement()
			.satisfies((change) -> assertThat(change.key()).containsEntry("id", "9"));
	}

	@Test
	void aChangedKeyIsAChange() {
		Impact impact = impact((options) -> this.rig.update("invoice", "id=eq.20", "{\"id\":25}", options));
		assertThat(counts(impact)).containsExactly("invoice 0/1/0", "line 0/15/0");
		assertThat(sample(impact, "invoice")).singleElement().satisfies((change) -> {
			assertThat(change.operation()).isEqualTo(Impact.Operation.UPDATE);
			assertThat(change.key()).containsEntry("id", "20");
			assertThat(change.after()).contains("\"id\":25");
		});
	}

	@Test
	void duplicatesAreInsertedAndMerged() {
		Duplicates merge = new Duplicates(Duplicates.Resolution.MERGE, null);
		Payload payload = Payload.of("[{\"id\":2,\"name\":\"Bea\"},{\"id\":9,\"name\":\"New\"}]");
		Impact impact = impact((options) -> this.rig.writer()
			.insert(Rig.CALLER, Rig.name("customer"), payload, merge, Rig.query(""), options));
		assertThat(counts(impact)).containsExactly("customer 1/1/0", "log 2/0/0");
		assertThat(sample(impact, "customer")).extracting(Impact.Change::operation)
			.containsExactlyInAnyOrder(Impact.Operation.INSERT, Impact.Operation.UPDATE);
		Impact replaced = impact((options) -> this.rig.writer()
			.replace(Rig.CALLER, Rig.name("customer"), Payload.of("{\"id\":2,\"name\":\"Bea\"}"), Rig.query("id=eq.2"),
					options));
		assertThat(counts(replaced)).containsExactly("customer 0/1/0", "log 1/0/0");
	}

	@Test
	void whatIsWrittenThroughAViewIsToldOfItsTable() {
		Impact impact = delete(this.rig, "customer_view", "id=eq.2");
		assertThat(counts(impact)).contains("customer 0/0/1", "invoice 0/0/1", "line 0/0/15");
	}

	@Test
	void rowsThatAreOnlyLockedAreNotShown() {
		Impact impact = impact((options) -> this.rig.insert("tree",
				"[{\"id\":7,\"parent_id\":3},{\"id\":8,\"parent_id\":7}]", options));
		assertThat(counts(impact)).containsExactly("tree 2/0/0");
		assertThat(sample(impact, "tree")).extracting(Impact.Change::key)
			.containsExactly(Map.of("id", "7"), Map.of("id", "8"));
		Impact deleted = delete(this.rig, "tree", "id=eq.1");
		assertThat(counts(deleted)).containsExactly("tree 0/0/3");
		assertThat(sample(deleted, "tree")).hasSize(3);
	}

	@Test
	void whatIsCheckedAtTheEndFailsToo() {
		Problem refused = Rig.problem(() -> delete(this.rig, "customer", "id=eq.3"));
		assertThat(refused.code()).isEqualTo("23503");
		assertThat(refused.violation().referencing()).isNotNull();
	}

	@Test
	void hiddenTablesColumnsAndRowsAreNotTold() {
		Rig guest = Rig.of(database.dataSource(), hiding(), Rig.SETTINGS);
		Impact impact = delete(guest, "customer", "id=eq.1");
		assertThat(counts(impact)).contains("customer 0/0/1", "owned 0/0/1")
			.noneMatch((table) -> table.startsWith("hidden"));
		assertThat(impact.toString()).doesNotContain("s1", "you");
		database.execute("DELETE FROM owned WHERE owner = 'me'");
		try {
			// As if there were no rows at all.
			assertThat(counts(delete(guest, "customer", "id=eq.1"))).noneMatch((table) -> table.startsWith("owned"));
		}
		finally {
			database.execute("INSERT INTO owned VALUES (1, 1, 'me')");
		}
	}

	@Test
	void whatOthersDoMeanwhileIsNotTold() throws Exception {
		try (Connection other = database.dataSource().getConnection(); Statement statement = other.createStatement()) {
			other.setAutoCommit(false);
			statement.execute("INSERT INTO visit VALUES (900, 2); UPDATE visit SET customer_id = 2 WHERE id = 102");
			Impact impact = delete(this.rig, "customer", "id=eq.1");
			assertThat(counts(impact)).contains("visit 0/2/0");
			assertThat(sample(impact, "visit")).extracting((change) -> change.key().get("id"))
				.containsExactlyInAnyOrder("100", "101");
			other.rollback();
		}
	}

	@Test
	void nothingIsTwice() {
		List<String> first = counts(delete(this.rig, "customer", "id=eq.2"));
		assertThat(counts(delete(this.rig, "customer", "id=eq.2"))).isEqualTo(first);
		assertThat(delete(this.rig, "customer", "id=eq.77").tables()).isEmpty();
		assertThat(impact((options) -> this.rig.update("customer", "id=eq.1", "{}", options)).tables()).isEmpty();
	}

	@Test
	void withoutCountersNothingIsGuessed() {
		database.jdbc().sql("ALTER DATABASE " + database.name() + " SET track_counts = off").update();
		try {
			Rig fresh = Rig.of(database.dataSource(database.username(), database.password()),
					new PrivilegeAccessPolicy(false), Rig.SETTINGS);
			assertThat(Rig.problem(() -> delete(fresh, "customer", "id=eq.1")).details()).contains("track_counts");
		}
		finally {
			database.jdbc().sql("ALTER DATABASE " + database.name() + " RESET track_counts").update();
		}
	}

	private static AccessPolicy hiding() {
		return (caller, relation) -> {
			String name = relation.name().name();
			if (name.equals("hidden")) {
				return new RelationAccess(Set.of(), Set.of(), Set.of(), Set.of(), Filter.NONE);
			}
			Set<String> columns = new LinkedHashSet<>(relation.columnsByName().keySet());
			columns.remove("secret");
			Filter rows = name.equals("owned") ? Filter.Comparison.of("owner", Operator.EQ, "me") : Filter.NONE;
			return new RelationAccess(EnumSet.allOf(Operation.class), columns, columns, columns, rows);
		};
	}

	private static Impact delete(Rig rig, String relation, String query) {
		return impact((options) -> rig.delete(relation, query, options));
	}

	private static Impact impact(Consumer<WriteOptions> write) {
		List<Impact> told = new ArrayList<>();
		write.accept(new WriteOptions(VersionMode.NONE, null, null, false, true).withImpact(told::add));
		return told.isEmpty() ? new Impact(List.of()) : told.get(0);
	}

	private static List<String> counts(Impact impact) {
		return impact.tables()
			.stream()
			.map((table) -> "%s %d/%d/%d".formatted(table.relation().name(), table.counts().insert(),
					table.counts().update(), table.counts().delete()))
			.toList();
	}

	private static List<Impact.Change> sample(Impact impact, String relation) {
		List<Impact.Change> sample = impact.tables()
			.stream()
			.filter((table) -> table.relation().name().equals(relation))
			.findFirst()
			.orElseThrow()
			.sample();
		assertThat(sample).isNotNull();
		return sample;
	}

	/**
	 * Return everything that is in the database, which numbers that were drawn from
	 * sequences are no part of.
	 */
	private static String content() {
		return database.jdbc()
			.sql("""
					SELECT concat((SELECT json_agg(t ORDER BY t.id) FROM customer t), (SELECT json_agg(t ORDER BY t.id) FROM invoice t),
					  (SELECT json_agg(t ORDER BY t.invoice_id, t.nr) FROM line t), (SELECT json_agg(t ORDER BY t.id) FROM visit t),
					  (SELECT json_agg(t) FROM log t), (SELECT json_agg(t ORDER BY t.id) FROM hidden t),
					  (SELECT json_agg(t ORDER BY t.id) FROM owned t), (SELECT json_agg(t ORDER BY t.id) FROM late t),
					  (SELECT json_agg(t ORDER BY t.id) FROM tree t), (SELECT json_agg(t ORDER BY t.id) FROM event t))
					""")
			.query(String.class)
			.single();
	}

}

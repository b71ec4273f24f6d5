package dev.oriel.admin.data;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import dev.oriel.admin.access.Operation;
import dev.oriel.admin.access.RelationAccess;
import dev.oriel.admin.query.Filter;
import dev.oriel.admin.query.Operator;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.sql.VersionMode;
import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jspecify.annotations.Nullable;

import static dev.oriel.admin.data.Rig.problem;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Merging is updating: rows and columns that may not be updated are not reached by an
 * insert either.
 */
class UpsertAccessIntegrationTests {

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create();

	private static final Set<String> ALL = Set.of("id", "owner", "note");

	private static final Filter MINE = Filter.Comparison.of("owner", Operator.EQ, "me");

	@BeforeEach
	void fill() {
		database.execute("DROP TABLE IF EXISTS item; CREATE TABLE item (id int PRIMARY KEY, owner text, note text); "
				+ "INSERT INTO item VALUES (1, 'me', 'a'), (2, 'you', 'b')");
	}

	@Test
	void mergingNeedsTheRightToUpdate() {
		Rig rig = rig(
				new RelationAccess(EnumSet.of(Operation.SELECT, Operation.INSERT), ALL, ALL, Set.of(), Filter.NONE));
		assertThat(problem(() -> merge(rig, "{\"id\":1,\"note\":\"x\"}")).code()).isEqualTo("42501");
		assertThat(problem(() -> replace(rig, 1, "{\"id\":1,\"note\":\"x\"}")).code()).isEqualTo("42501");
		assertThat(ignore(rig, "{\"id\":1,\"note\":\"x\"}")).isEqualTo("[]");
		assertThat(notes()).containsExactly("a", "b");
	}

	@Test
	void mergingNeedsTheRightToUpdateEveryColumn() {
		Rig rig = rig(new RelationAccess(EnumSet.allOf(Operation.class), ALL, ALL, Set.of("note"), Filter.NONE));
		assertThat(merge(rig, "{\"id\":1,\"note\":\"x\"}")).contains("\"note\":\"x\"");
		assertThat(problem(() -> merge(rig, "{\"id\":1,\"owner\":\"x\"}")).column()).isEqualTo("owner");
		assertThat(problem(() -> replace(rig, 1, "{\"id\":1,\"owner\":\"x\"}")).column()).isEqualTo("owner");
		assertThat(problem(() -> merge(rig, "{\"id\":1}")).column()).isEqualTo("id");
	}

	@Test
	void hiddenRowsAreNotMerged() {
		Rig rig = rig(new RelationAccess(EnumSet.allOf(Operation.class), ALL, ALL, ALL, MINE));
		assertThat(merge(rig, "{\"id\":1,\"owner\":\"me\",\"note\":\"x\"}")).contains("\"note\":\"x\"");
		Problem refused = problem(() -> merge(rig,
				"[{\"id\":1,\"owner\":\"me\",\"note\":\"y\"},{\"id\":2,\"owner\":\"me\",\"note\":\"y\"}]"));
		assertThat(refused.status()).isEqualTo(403);
		assertThat(problem(() -> replace(rig, 2, "{\"id\":2,\"owner\":\"me\",\"note\":\"y\"}")).status())
			.isEqualTo(403);
		assertThat(notes()).containsExactly("x", "b");
	}

	@Test
	void rowsDoNotLeaveTheRules() {
		Rig rig = rig(new RelationAccess(EnumSet.allOf(Operation.class), ALL, ALL, ALL, MINE));
		assertThat(problem(() -> merge(rig, "{\"id\":1,\"owner\":\"you\"}")).status()).isEqualTo(403);
		assertThat(problem(() -> replace(rig, 1, "{\"id\":1,\"owner\":\"you\"}")).status()).isEqualTo(403);
		assertThat(problem(() -> merge(rig, "{\"id\":3,\"owner\":\"you\"}")).status()).isEqualTo(403);
		assertThat(notes()).containsExactly("a", "b");
	}

	@Test
	void hiddenColumnsNameNoDuplicates() {
		Rig rig = rig(
				new RelationAccess(EnumSet.allOf(Operation.class), Set.of("owner", "note"), ALL, ALL, Filter.NONE));
		Problem hidden = problem(
				() -> insert(rig, "{\"note\":\"x\"}", new Duplicates(Duplicates.Resolution.IGNORE, List.of("id"))));
		Problem unknown = problem(
				() -> insert(rig, "{\"note\":\"x\"}", new Duplicates(Duplicates.Resolution.IGNORE, List.of("ix"))));
		assertThat(hidden.message().replace("'id'", "'ix'")).isEqualTo(unknown.message());
		assertThat(hidden.code()).isEqualTo("PGRST204").isEqualTo(unknown.code());
		assertThat(problem(() -> merge(rig, "{\"id\":1,\"note\":\"x\"}")).code()).isEqualTo("23505");
	}

	@Test
	void manyRowsKeepTheirOrderWhateverTheyGive() {
		Rig rig = Rig.of(database);
		database.execute("ALTER TABLE item ALTER COLUMN note SET DEFAULT 'none'");
		StringBuilder body = new StringBuilder("[");
		for (int i = 10; i < 60; i++) {
			body.append((i > 10) ? " ,\n" : "").append("{\"id\": ").append(i);
			body.append((i % 3 == 0) ? ", \"note\": \"}],{[\\\"ä\\\"\"}" : "}");
		}
		String written = rig.writer()
			.insert(Rig.CALLER, Rig.name("item"), new Payload(body.append("]").toString(), List.of("id", "note"), true),
					null, Rig.query("select=id,note"), WriteOptions.DEFAULTS)
			.page()
			.json();
		assertThat(written)
			.startsWith("[{\"id\":10,\"note\":\"none\"},{\"id\":11,\"note\":\"none\"},"
					+ "{\"id\":12,\"note\":\"}],{[\\\"ä\\\"\"},{\"id\":13,")
			.endsWith("{\"id\":59,\"note\":\"none\"}]");
	}

	private static Rig rig(RelationAccess access) {
		return Rig.of(database.dataSource(), (caller, relation) -> access, Rig.SETTINGS);
	}

	private static String merge(Rig rig, String body) {
		return insert(rig, body, new Duplicates(Duplicates.Resolution.MERGE, null));
	}

	private static String ignore(Rig rig, String body) {
		return insert(rig, body, new Duplicates(Duplicates.Resolution.IGNORE, null));
	}

	private static String insert(Rig rig, String body, @Nullable Duplicates duplicates) {
		return rig.writer()
			.insert(Rig.CALLER, Rig.name("item"), Payload.of(body), duplicates, Query.ALL, WriteOptions.DEFAULTS)
			.page()
			.json();
	}

	private static String replace(Rig rig, int id, String body) {
		return rig.writer()
			.replace(Rig.CALLER, Rig.name("item"), Payload.of(body), Rig.query("id=eq." + id),
					new WriteOptions(VersionMode.NONE, null, null, false, false))
			.page()
			.json();
	}

	private static List<String> notes() {
		return database.jdbc().sql("SELECT note FROM item ORDER BY id").query(String.class).list();
	}

}

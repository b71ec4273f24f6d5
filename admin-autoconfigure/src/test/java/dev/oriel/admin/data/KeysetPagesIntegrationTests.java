package dev.oriel.admin.data;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import dev.oriel.admin.query.Anchor;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that pages by cursors are the list, cut into pieces: whatever it is ordered by.
 */
class KeysetPagesIntegrationTests {

	private static final int ORDERS = 12;

	private static final int ROWS = 40;

	private static final ReadOptions CURSORS = ReadOptions.DEFAULTS.withCursors(true);

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create();

	@BeforeAll
	static void createTypes() {
		database.execute(RandomTable.TYPES);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 4, 5 })
	void pagesAreTheListForwardsAndBackwards(int seed) {
		RandomTable table = new RandomTable(seed);
		table.create(database, ROWS);
		Rig rig = Rig.of(database);
		for (int i = 0; i < ORDERS; i++) {
			Query query = Rig.query("select=id,parent(label,rank)&order=" + table.order());
			String context = "seed %d, order %d: %s".formatted(seed, i, query.order());
			List<String> all = json(rig.reader().read(Rig.CALLER, Rig.name(table.name()), query, ReadOptions.DEFAULTS));
			assertThat(all).as(context).hasSize(ROWS);
			long limit = 1 + table.random().nextInt(12);
			List<RowPage> pages = walk(rig, table, query.withPage(limit, null), context);
			assertThat(pages.stream().flatMap((page) -> json(page).stream()).toList()).as(context).isEqualTo(all);
			assertThat(pages).as(context).hasSize((int) ((ROWS + limit - 1) / limit));
			for (int page = pages.size() - 1; page > 0; page--) {
				RowPage back = read(rig, table, query.withPage(limit, null).withAnchor(pages.get(page).previous()));
				assertThat(back).as("%s, back from page %d", context, page).isEqualTo(pages.get(page - 1));
			}
			List<String> backwards = backwards(rig, table, query.withPage(limit, null));
			assertThat(backwards).as(context).isEqualTo(all);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 11, 12 })
	void rowsThatStayAreNeitherMissedNorRepeated(int seed) {
		RandomTable table = new RandomTable(seed);
		table.create(database, ROWS);
		Rig rig = Rig.of(database);
		Random random = table.random();
		List<Integer> ids = new ArrayList<>();
		for (int id = 1; id <= ROWS; id++) {
			ids.add(id);
		}
		for (int i = 0; i < ORDERS; i++) {
			Query query = Rig.query("select=id,parent()&order=" + table.order())
				.withPage((long) (1 + random.nextInt(6)), null);
			String context = "seed %d, order %d: %s".formatted(seed, i, query.order());
			Set<Integer> stay = new HashSet<>(ids);
			List<Integer> seen = new ArrayList<>();
			boolean backwards = random.nextBoolean();
			Anchor anchor = backwards ? end(rig, table, query) : null;
			do {
				RowPage page = read(rig, table, query.withAnchor(anchor));
				List<Integer> shown = page.rows().stream().map(KeysetPagesIntegrationTests::id).toList();
				seen.addAll(shown);
				anchor = backwards ? page.previous() : page.next();
				// The rows next to the next page are the ones its cursor is made of.
				int gone = (!shown.isEmpty() && random.nextBoolean()) ? shown.get(backwards ? 0 : shown.size() - 1)
						: ids.get(random.nextInt(ids.size()));
				if (ids.remove((Integer) gone)) {
					stay.remove(gone);
					database.execute("DELETE FROM public.%s WHERE id = %d".formatted(table.name(), gone));
				}
				ids.add(table.insert(database));
			}
			while (anchor != null);
			assertThat(seen).as(context).doesNotHaveDuplicates().containsAll(stay);
		}
	}

	@Test
	void emptyPagesLeadToTheRowsThereAre() {
		database.execute("CREATE TABLE few (id int PRIMARY KEY); INSERT INTO few VALUES (1), (2), (3), (4);");
		Rig rig = Rig.of(database);
		Query query = Rig.query("order=id&limit=2");
		RowPage first = few(rig, query);
		assertThat(first.previous()).isNull();
		database.execute("DELETE FROM few WHERE id > 2");
		RowPage empty = few(rig, query.withAnchor(first.next()));
		assertThat(empty.rows()).isEmpty();
		assertThat(empty.next()).isNull();
		RowPage last = few(rig, query.withAnchor(empty.previous()));
		assertThat(last.json()).isEqualTo("[{\"id\":1},{\"id\":2}]");
		assertThat(last.previous()).isNull();
		assertThat(last.next()).isNull();
		Anchor before = few(rig, query.withPage(1L, null).withAnchor(first.next())).previous();
		database.execute("DELETE FROM few; INSERT INTO few VALUES (7), (8), (9)");
		RowPage none = few(rig, query.withAnchor(before));
		assertThat(none.json()).isEqualTo("[{\"id\":8},{\"id\":9}]");
	}

	@Test
	void forgedCursorsAreRefusedOrHarmless() {
		RandomTable table = new RandomTable(21);
		table.create(database, 5);
		Rig rig = Rig.of(database);
		List<String> hostile = Arrays.asList(null, "", "x", "1", "NaN", "'; DROP TABLE parent; --", "\u0000", "\uD800",
				"{", "[".repeat(500), "99999999999999999999", "1e999999", "\\x0", "(", "infinity", "{NULL}",
				"a".repeat(900));
		int answered = 0;
		for (int i = 0; i < 150; i++) {
			Query query = Rig.query("select=id,parent()&limit=2&order=" + table.order());
			JsonNode parts = parts(read(rig, table, query).next());
			List<Object> forged = new ArrayList<>();
			parts.forEach((part) -> forged.add((forged.size() < 2) ? part : part.stringValue(null)));
			forged.set(2 + table.random().nextInt(forged.size() - 2),
					hostile.get(table.random().nextInt(hostile.size())));
			Query anchored = query.withAnchor(cursor(Anchor.Side.values()[i % 2], forged));
			try {
				assertThat(read(rig, table, anchored).rows()).hasSizeLessThanOrEqualTo(2);
				answered++;
			}
			catch (ProblemException ex) {
				assertThat(ex.problem().status()).as("%s: %s", query.order(), forged).isEqualTo(400);
			}
		}
		assertThat(answered).isBetween(10, 140);
		Query query = Rig.query("order=id&limit=2");
		for (Object forged : List.of(List.of(), List.of(1), List.of(1, "x", "1"), List.of(2, "x", "1"), "x", 1,
				List.of(1, "x", List.of()), Map.of())) {
			Query anchored = query.withAnchor(cursor(Anchor.Side.AFTER, forged));
			assertThat(Rig.problem(() -> read(rig, table, anchored)).code()).isEqualTo("ORIEL410");
		}
	}

	@Test
	void groupsHavePagesToo() {
		database.execute(
				"""
						CREATE TABLE sale (id int PRIMARY KEY, shop text COLLATE public.caseless, year int, amount numeric);
						INSERT INTO sale SELECT n, (ARRAY['a', 'A', 'b', NULL])[1 + n % 4], (ARRAY[2024, 2025, NULL])[1 + n % 3], n
						FROM generate_series(1, 60) n;""");
		Rig rig = Rig.of(database);
		for (String order : List.of("shop,year", "year.desc,shop", "shop.desc.nullslast,year.nullsfirst")) {
			Query query = Rig.query("select=shop,year,count(),amount.sum()&order=" + order);
			List<String> all = groups(rig.reader().read(Rig.CALLER, Rig.name("sale"), query, ReadOptions.DEFAULTS));
			assertThat(all).hasSize(9);
			List<String> pages = new ArrayList<>();
			Anchor anchor = null;
			do {
				RowPage page = rig.reader()
					.read(Rig.CALLER, Rig.name("sale"), query.withPage(2L, null).withAnchor(anchor), CURSORS);
				pages.addAll(groups(page));
				anchor = page.next();
			}
			while (anchor != null);
			assertThat(pages).as(order).isEqualTo(all);
		}
	}

	private static List<RowPage> walk(Rig rig, RandomTable table, Query query, String context) {
		List<RowPage> pages = new ArrayList<>();
		Anchor anchor = null;
		do {
			RowPage page = read(rig, table, query.withAnchor(anchor));
			assertThat(page.previous() == null).as("%s, page %d", context, pages.size()).isEqualTo(pages.isEmpty());
			assertThat(page.rows()).as("%s, page %d", context, pages.size()).isNotEmpty();
			pages.add(page);
			anchor = page.next();
		}
		while (anchor != null && pages.size() <= ROWS);
		return pages;
	}

	private static List<String> backwards(Rig rig, RandomTable table, Query query) {
		List<String> rows = new ArrayList<>();
		Anchor anchor = end(rig, table, query);
		do {
			RowPage page = read(rig, table, query.withAnchor(anchor));
			rows.addAll(0, json(page));
			anchor = page.previous();
		}
		while (anchor != null && rows.size() <= ROWS);
		return rows;
	}

	/**
	 * Return what the last page ends at: a cursor of the order without any values.
	 */
	private static Anchor end(Rig rig, RandomTable table, Query query) {
		Anchor next = read(rig, table, query.withPage(1L, null)).next();
		assertThat(next).isNotNull();
		return cursor(Anchor.Side.BEFORE, List.of(parts(next).get(0), parts(next).get(1)));
	}

	private static JsonNode parts(Anchor anchor) {
		return MAPPER.readTree(Base64.getUrlDecoder().decode(anchor.cursor().substring(Anchor.MARK.length())));
	}

	private static Anchor cursor(Anchor.Side side, Object content) {
		byte[] json = MAPPER.writeValueAsString(content).getBytes(StandardCharsets.UTF_8);
		return new Anchor(side, Anchor.MARK + Base64.getUrlEncoder().withoutPadding().encodeToString(json));
	}

	private static RowPage read(Rig rig, RandomTable table, Query query) {
		return rig.reader().read(Rig.CALLER, Rig.name(table.name()), query, CURSORS);
	}

	private static RowPage few(Rig rig, Query query) {
		return rig.reader().read(Rig.CALLER, Rig.name("few"), query, CURSORS);
	}

	private static List<String> json(RowPage page) {
		return page.rows().stream().map(Row::json).toList();
	}

	/**
	 * Return groups of texts that are equal but not the same: PostgreSQL shows any one of
	 * them.
	 */
	private static List<String> groups(RowPage page) {
		return json(page).stream().map((json) -> json.toLowerCase(Locale.ROOT)).toList();
	}

	private static int id(Row row) {
		return Integer.parseInt(row.key().get(row.key().size() - 1));
	}

}

package dev.oriel.admin.live;

import java.time.Duration;
import java.util.Set;

import dev.oriel.admin.access.AccessPolicy;
import dev.oriel.admin.access.Caller;
import dev.oriel.admin.access.PrivilegeAccessPolicy;
import dev.oriel.admin.access.RelationAccess;
import dev.oriel.admin.change.ChangeEvent.Operation;
import dev.oriel.admin.data.CountMode;
import dev.oriel.admin.data.ProblemException;
import dev.oriel.admin.live.EngineRig.Shown;
import dev.oriel.admin.query.Filter;
import dev.oriel.admin.query.Operator;
import dev.oriel.admin.schema.Function;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests that a change has those windows read again that it concerns, by PostgreSQL's own
 * judgement, and no others.
 */
class EvaluationIntegrationTests {

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create();

	private static final String DDL = """
			DROP SCHEMA public CASCADE;
			CREATE SCHEMA public;
			CREATE EXTENSION citext;
			CREATE TYPE state AS ENUM ('new', 'paid', 'sent');
			CREATE TABLE owner (id int PRIMARY KEY, name text);
			CREATE TABLE item (id int PRIMARY KEY, name text COLLATE "und-x-icu", label citext, amount numeric(12,2),
			  at timestamptz, active boolean, tags text[], doc jsonb, owner_id int REFERENCES owner, state state,
			  uid uuid, weight float8, day date);
			CREATE TABLE pair (a int, b text, note text, PRIMARY KEY (a, b));
			CREATE TABLE odd (flag boolean, code char(4), note text, PRIMARY KEY (flag, code));
			CREATE TABLE part (id int, region text, note text, PRIMARY KEY (id, region)) PARTITION BY LIST (region);
			CREATE TABLE part_north PARTITION OF part FOR VALUES IN ('north');
			CREATE TABLE part_rest PARTITION OF part DEFAULT;
			CREATE TABLE keyless (note text);
			CREATE TABLE secret (id int PRIMARY KEY, owner text, note text);
			CREATE TABLE employee (id int PRIMARY KEY, name text, boss_id int REFERENCES employee);
			CREATE VIEW item_view AS SELECT id, name FROM item;
			CREATE FUNCTION doubled(item) RETURNS numeric LANGUAGE sql IMMUTABLE AS 'SELECT $1.amount * 2';
			CREATE FUNCTION fixed(item) RETURNS int LANGUAGE sql STABLE AS 'SELECT 1';
			CREATE FUNCTION slow(item) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
			  BEGIN PERFORM pg_sleep(CASE WHEN $1.id = 500 THEN 9 ELSE 0 END); RETURN true; END $$;
			INSERT INTO owner SELECT n, 'owner ' || n FROM generate_series(1, 5) AS n;
			INSERT INTO item SELECT n, 'name ' || n % 7, 'Label ' || n % 4, n * 10, '2024-01-01Z'::timestamptz + n * interval '1 day',
			  n % 2 = 0, ARRAY['t' || n % 3], jsonb_build_object('kind', 'k' || n % 3, 'n', n), n % 3 + 1,
			  (ARRAY['new', 'paid', 'sent']::state[])[n % 3 + 1], md5(n::text)::uuid, n / 3.0,
			  date '2024-01-01' + n FROM generate_series(1, 20) AS n;
			INSERT INTO pair SELECT n, 'b' || n, 'note' FROM generate_series(1, 9) AS n;
			INSERT INTO odd VALUES (true, 'ab', 'one'), (false, 'cd', 'two');
			INSERT INTO part SELECT n, CASE WHEN n % 2 = 0 THEN 'north' ELSE 'south' END, 'note' FROM generate_series(1, 9) AS n;
			INSERT INTO secret SELECT n, CASE WHEN n % 2 = 0 THEN 'alice' ELSE 'bob' END, 'note' FROM generate_series(1, 9) AS n;
			INSERT INTO employee VALUES (1, 'Ann', NULL), (2, 'Ben', 1), (3, 'Cid', 2);
			""";

	private EngineRig rig;

	@BeforeEach
	void start() {
		database.execute(DDL);
		this.rig = new EngineRig(database, policy());
	}

	@AfterEach
	void stop() {
		this.rig.close();
	}

	/**
	 * Everybody sees everything, except that of secrets only those of alice are seen.
	 */
	private static AccessPolicy policy() {
		PrivilegeAccessPolicy all = new PrivilegeAccessPolicy(false);
		return new AccessPolicy() {

			@Override
			public RelationAccess decide(Caller caller, Relation relation) {
				RelationAccess access = all.decide(caller, relation);
				return relation.name().name().equals("secret") ? new RelationAccess(access.operations(),
						Set.of("id", "note"), Set.of(), Set.of(), Filter.Comparison.of("owner", Operator.EQ, "alice"))
						: access;
			}

			@Override
			public boolean mayCall(Caller caller, Function function) {
				return all.mayCall(caller, function);
			}

		};
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			# Without a limit, a row concerns a window exactly if it meets the condition.
			amount=gt.100                     | amount => 99.99            | false
			amount=gt.100                     | amount => 100.01           | true
			amount=eq.5.50                    | amount => 5.5              | true
			amount=eq.5.5                     | amount => 5.51             | false
			name=eq.x                         | name => 'x'                | true
			name=eq.x                         | name => 'X'                | false
			name=ilike.*straße*               | name => 'Die STRAßE'       | true
			name=ilike.*straße*               | name => 'Die Strasse'      | false
			name=like(any).{x*,y*}            | name => 'yes'              | true
			name=like(any).{x*,y*}            | name => 'no'               | false
			name=match.^a.c$                  | name => 'abc'              | true
			name=match.^a.c$                  | name => 'abcd'             | false
			label=eq.HELLO                    | label => 'hello'           | true
			label=eq.HELLO                    | label => 'hallo'           | false
			at=gte.2025-01-01T00:00:00%2B02:00 | at => '2024-12-31T22:00Z' | true
			at=gte.2025-01-01T00:00:00%2B02:00 | at => '2024-12-31T21:59Z' | false
			day=within.today                  | day => 'tomorrow'          | false
			day=within.today                  | day => (now() AT TIME ZONE 'UTC')::date::text | true
			doc->>kind=eq.special             | doc => '{"kind":"special"}' | true
			doc->>kind=eq.special             | doc => '{"kind":"usual"}'  | false
			doc=cs.{"a":1}                    | doc => '{"b":2,"a":1.0}'   | true
			doc=cs.{"a":1}                    | doc => '{"a":2}'           | false
			tags=cs.{red}                     | tags => '{blue,red}'       | true
			tags=cs.{red}                     | tags => '{blue}'           | false
			tags=in.({red},{green})           | tags => '{green}'          | true
			tags=in.({red},{green})           | tags => '{red,green}'      | false
			id=in.(500,501)                   | name => 'x'                | true
			id=in.(501,502)                   | name => 'x'                | false
			id=eq.0500                        | name => 'x'                | true
			state=eq.sent&amount=lt.0         | state => 'sent', amount => -1 | true
			state=eq.sent&amount=lt.0         | state => 'sent', amount => 1 | false
			state=eq.sent&amount=lt.0         | state => 'new', amount => -1 | false
			uid=eq.AAAAAAAA-0000-0000-0000-000000000001 | uid => 'aaaaaaaa-0000-0000-0000-000000000001' | true
			uid=eq.AAAAAAAA-0000-0000-0000-000000000001 | uid => 'aaaaaaaa-0000-0000-0000-000000000002' | false
			active=is.null                    | name => 'x'                | true
			active=is.null                    | active => 'true'           | false
			active=eq.t&amount=gt.900         | active => 'true', amount => 901 | true
			or=(amount.gt.900,name.eq.x)      | name => 'x'                | true
			or=(amount.gt.900,name.eq.x)      | amount => 900              | false
			not.and=(amount.gte.0,name.not.is.null) | amount => 1, name => 'x' | false
			not.and=(amount.gte.0,name.not.is.null) | amount => 1          | true
			q=needle                          | name => 'a Needle here'    | true
			q=needle                          | name => 'hay'              | false
			name=fts.cat                      | name => 'cats and dogs'    | true
			name=fts.cat                      | name => 'dogs'             | false
			weight=gt.100.25                  | weight => 100.26           | true
			weight=gt.100.25                  | weight => 100.25           | false
			doubled=gt.5000                   | amount => 2500.01          | true
			doubled=gt.5000                   | amount => 2500             | false
			# With a full page, only if it does not come behind the last row.
			order=id&limit=5                  | name => 'x'                | false
			order=id.desc&limit=5             | name => 'x'                | true
			order=amount&limit=5              | amount => 50               | false
			order=amount&limit=5              | amount => 49.99            | true
			order=amount.desc&limit=5         | amount => 160              | true
			order=amount.desc&limit=5         | amount => 159.99           | false
			order=amount.desc.nullslast&limit=5 | name => 'x'              | false
			order=amount.desc&limit=5         | name => 'x'                | true
			order=amount.nullsfirst&limit=5   | name => 'x'                | true
			order=amount.nullsfirst&limit=5   | amount => 51               | false
			order=name&limit=4                | name => 'NAME 0'           | true
			order=name&limit=4                | name => 'näme 0'           | true
			order=name&limit=4                | name => 'näme 1'           | false
			order=name,amount.desc&limit=4    | name => 'name 1', amount => 200 | true
			order=name,amount.desc&limit=4    | name => 'name 1', amount => 1 | false
			order=label,id.desc&limit=3       | label => 'LABEL 0'         | true
			order=label&limit=3               | label => 'LABEL 0'         | false
			order=active,day.desc&limit=6     | active => 'false', day => '2023-01-01' | false
			order=active,day.desc&limit=6     | active => 'false', day => '2025-01-01' | true
			order=state.desc,id&limit=3       | state => 'sent'            | false
			order=state.desc,id.desc&limit=3  | state => 'sent'            | true
			order=doubled.desc&limit=3        | amount => 1000             | true
			order=weight.desc&limit=3         | weight => 1                | true
			order=id&limit=30                 | name => 'x'                | true
			# Where rows make up the answer together, only if it meets the condition.
			order=id&limit=5&offset=5&amount=gt.100 | amount => 99         | false
			order=id&limit=5&offset=5&amount=gt.100 | amount => 101        | true
			select=state,amount.sum()&amount=gt.100 | amount => 99         | false
			select=state,amount.sum()&amount=gt.100 | amount => 101, state => 'new' | true
			select=count()&owner_id=eq.5      | owner_id => 4              | false
			select=count()&owner_id=eq.5      | owner_id => 5              | true
			# What is shown beside the rows does not matter to new ones.
			select=id,owner(name)&amount=gt.500 | amount => 499            | false
			select=id,owner(name)&amount=gt.500 | amount => 501, owner_id => 1 | true
			select=id,owner!inner(name)&amount=gt.500 | amount => 501      | false
			select=id,owner!inner(name)&amount=gt.500 | amount => 501, owner_id => 1 | true
			select=id,owner!inner(name)&owner.name=eq.owner%202&amount=gt.500 | amount => 501, owner_id => 1 | false
			""")
	void newRowConcernsWhatItBelongsTo(String query, String values, boolean concerned) {
		Shown shown = this.rig.show("item", query);
		int before = shown.reads();
		assertThat(this.rig.change(insert(values), "item", Operation.INSERT, "500")).isEqualTo(concerned ? 1 : 0);
		shown.awaitTruth();
		shown.awaitReads(before + (concerned ? 1 : 0));
		shown.close();
		// As if it had been there before and became what it is.
		boolean joint = query.contains("offset") || query.contains("()");
		database.execute("DELETE FROM item WHERE id = 500");
		Shown again = this.rig.show("item", query);
		int reads = again.reads();
		int expected = (concerned || joint) ? 1 : 0;
		assertThat(this.rig.change(insert(values), "item", Operation.UPDATE, "500")).isEqualTo(expected);
		again.awaitTruth();
		again.awaitReads(reads + expected);
	}

	private static String insert(String values) {
		StringBuilder columns = new StringBuilder("id");
		StringBuilder content = new StringBuilder("500");
		for (String each : values.split(", (?=[a-z_]+ =>)")) {
			columns.append(", ").append(each.split(" => ")[0]);
			content.append(", ").append(each.split(" => ")[1]);
		}
		return "INSERT INTO item (%s) SELECT %s".formatted(columns,
				content.toString().replace("'tomorrow'", "(now() AT TIME ZONE 'UTC')::date + 1").replace("::text", ""));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			# Rows that are shown concern a window whatever happens to them, others if they come in.
			order=id&limit=5        | UPDATE item SET name = 'x' WHERE id = 3       | UPDATE | 3     | true
			order=id&limit=5        | UPDATE item SET name = 'x' WHERE id = 6       | UPDATE | 6     | false
			order=id&limit=5        | DELETE FROM item WHERE id = 3                 | DELETE | 3     | true
			order=id&limit=5        | DELETE FROM item WHERE id = 6                 | DELETE | 6     | false
			order=id&limit=5        | UPDATE item SET id = 0 WHERE id = 9           | UPDATE | 9;0   | true
			order=id&limit=5        | UPDATE item SET id = 90 WHERE id = 9          | UPDATE | 9;90  | false
			order=id&limit=5        | UPDATE item SET id = 90 WHERE id = 2          | UPDATE | 2;90  | true
			order=amount&limit=5    | UPDATE item SET amount = 5 WHERE id = 9       | UPDATE | 9     | true
			order=amount&limit=5    | UPDATE item SET amount = 500 WHERE id = 2     | UPDATE | 2     | true
			order=amount&limit=5    | UPDATE item SET amount = 500 WHERE id = 9     | UPDATE | 9     | false
			amount=lt.55            | UPDATE item SET amount = 500 WHERE id = 2     | UPDATE | 2     | true
			amount=lt.55            | UPDATE item SET amount = 500 WHERE id = 9     | UPDATE | 9     | false
			amount=lt.55            | UPDATE item SET amount = 5 WHERE id = 9       | UPDATE | 9     | true
			owner_id=eq.2           | UPDATE item SET owner_id = 2 WHERE id = 3     | UPDATE | 3     | true
			owner_id=eq.2           | UPDATE item SET owner_id = 3 WHERE id = 4     | UPDATE | 4     | true
			owner_id=eq.2           | UPDATE item SET owner_id = 3 WHERE id = 3     | UPDATE | 3     | false
			order=id&limit=5&offset=5 | UPDATE item SET name = 'x' WHERE id = 20    | UPDATE | 20    | true
			select=count()          | DELETE FROM item WHERE id = 20                | DELETE | 20    | true
			limit=0                 | UPDATE item SET name = 'x' WHERE id = 99      | UPDATE | 99    | false
			""")
	void changedRowConcernsWhatShowsItOrWillShowIt(String query, String sql, Operation operation, String keys,
			boolean concerned) {
		Shown shown = this.rig.show("item", query);
		int before = shown.reads();
		assertThat(this.rig.change(sql, "item", operation, keys.split(";"))).isEqualTo(concerned ? 1 : 0);
		shown.awaitTruth();
		shown.awaitReads(before + (concerned ? 1 : 0));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
											item     | select=id,owner(name)&order=id&limit=2      | UPDATE owner SET name = 'x' WHERE id = 2 | owner | 2 | true
							item     | select=id,owner(name)&order=id&limit=2      | UPDATE owner SET name = 'x' WHERE id = 1 | owner | 1 | false
							item     | select=id,...owner(name)&order=id&limit=2   | UPDATE owner SET name = 'x' WHERE id = 2 | owner | 2 | true
							item     | select=id,...owner(name)&order=id&limit=2   | UPDATE owner SET name = 'x' WHERE id = 5 | owner | 5 | false
							item     | select=id,owner(name)&owner.name=eq.x&limit=2 | UPDATE owner SET name = 'x' WHERE id = 2 | owner | 2 | true
							item     | select=id,owner!inner(name)&limit=2         | UPDATE owner SET name = 'x' WHERE id = 5 | owner | 5 | true
							item     | select=id,owner(name)&order=owner(name)&limit=2 | UPDATE owner SET name = 'x' WHERE id = 5 | owner | 5 | true
							item     | select=id,owner(name)&owner=is.null&limit=2 | UPDATE owner SET name = 'x' WHERE id = 5 | owner | 5 | true
							item     | select=...owner(name),count()               | UPDATE owner SET name = 'x' WHERE id = 1 | owner | 1 | true
							owner    | select=id,item(id)&order=id&limit=1         | UPDATE item SET owner_id = 1 WHERE id = 1 | item | 1 | true
							employee | select=id,boss:boss_id(name)&id=eq.3 | UPDATE employee SET name = 'x' WHERE id = 2 | employee | 2 | true
							employee | select=id,boss:boss_id(name)&id=eq.3 | UPDATE employee SET name = 'x' WHERE id = 1 | employee | 1 | false
							employee | select=id,boss:boss_id(name,boss:boss_id(name))&id=eq.3 | UPDATE employee SET name = 'x' WHERE id = 1 | employee | 1 | true
									pair     | a=gt.8                                      | INSERT INTO pair VALUES (10, '{x"\\', 'n') | pair | 10,{x"\\ | true
							pair     | a=gt.8                                      | INSERT INTO pair VALUES (7, 'z', 'n')   | pair | 7,z       | false
							pair     | a=gt.8                                      | UPDATE pair SET note = 'x' WHERE a = 9  | pair | 9,b9      | true
							odd      | order=code&limit=1                          | UPDATE odd SET note = 'x' WHERE code = 'ab' | odd | t,ab   | true
							odd      | order=code&limit=1                          | UPDATE odd SET note = 'x' WHERE code = 'cd' | odd | f,cd   | false
							part     | region=eq.north&limit=9                     | INSERT INTO part VALUES (20, 'north', 'x') | part | 20,north | true
							part     | region=eq.north&limit=9                     | INSERT INTO part VALUES (20, 'west', 'x') | part | 20,west | false
							part     | order=id&limit=2                            | UPDATE part SET region = 'north' WHERE id = 1 | part | 1,south;1,north | true
							part     | order=id&limit=2                            | UPDATE part SET region = 'north' WHERE id = 9 | part | 9,south;9,north | false
							secret   | order=id                                    | INSERT INTO secret VALUES (20, 'alice', 'x') | secret | 20     | true
							secret   | order=id                                    | INSERT INTO secret VALUES (21, 'bob', 'x') | secret | 21       | false
							secret   | order=id                                    | UPDATE secret SET owner = 'alice' WHERE id = 3 | secret | 3    | true
							secret   | order=id                                    | UPDATE secret SET owner = 'bob' WHERE id = 4 | secret | 4      | true
					employee | select=id,staff:employee!boss_id(name)&id=eq.3 | UPDATE employee SET name = 'x' WHERE id = 1 | employee | 1 | true
							""")
	void otherRelations(String relation, String query, String sql, String changed, String keys, boolean concerned) {
		Shown shown = this.rig.show(relation, query);
		int before = shown.reads();
		Operation operation = sql.startsWith("INSERT") ? Operation.INSERT : Operation.UPDATE;
		assertThat(this.rig.change(sql, changed, operation, keys.split(";"))).isEqualTo(concerned ? 1 : 0);
		shown.awaitTruth();
		shown.awaitReads(before + (concerned ? 1 : 0));
	}

	@ParameterizedTest
	@CsvSource({ "order=id, 11, true", "order=id, 9, false", "order=id, 16, false", "order=id, 15, true" })
	void pageBehindACursorIsConcernedByWhatComesIntoIt(String order, int id, boolean concerned) {
		Shown shown = this.rig.show("item", order + "&limit=5&after=" + this.rig.cursor("item", order + "&limit=10"));
		int before = shown.reads();
		this.rig.change("UPDATE item SET name = 'x' WHERE id = " + id, "item", Operation.UPDATE, "" + id);
		shown.awaitTruth();
		assertThat(shown.reads() > before).isEqualTo(concerned);
	}

	@Test
	void pageBeforeACursorIsConcernedByWhatComesIntoIt() {
		String cursor = this.rig.cursor("item", "order=amount&limit=10");
		Shown shown = this.rig.show("item", "order=amount&limit=5&before=" + cursor);
		assertThat(shown.json()).startsWith("[{\"id\":5,");
		int before = shown.reads();
		this.rig.change("UPDATE item SET amount = 45 WHERE id = 1", "item", Operation.UPDATE, "1");
		this.rig.change("UPDATE item SET amount = 105 WHERE id = 2", "item", Operation.UPDATE, "2");
		shown.awaitTruth();
		assertThat(shown.reads()).isEqualTo(before);
		this.rig.change("UPDATE item SET amount = 55 WHERE id = 3", "item", Operation.UPDATE, "3");
		shown.awaitTruth();
		assertThat(shown.reads()).isEqualTo(before + 1);
	}

	@Test
	void windowsWithoutKeysAreReadAgainAfterEachChange() {
		Shown keyless = this.rig.show("keyless", "note=eq.x");
		int before = keyless.reads();
		database.execute("INSERT INTO keyless VALUES ('x')");
		this.rig.storm("keyless");
		keyless.awaitTruth();
		assertThat(keyless.reads()).isGreaterThan(before);
	}

	@Test
	void functionThatMayReadOtherRowsMakesAnyChangeMatter() {
		this.rig.show("item", "select=id,fixed&id=eq.1");
		assertThat(this.rig.change("UPDATE item SET name = 'x' WHERE id = 9", "item", Operation.UPDATE, "9")).isOne();
	}

	@Test
	void dearConditionIsGivenUpInTime() {
		assertThat(this.rig.matches("item", "slow=is.true", "5", Duration.ofMinutes(1), () -> {
		})).hasSize(1);
		Duration limit = Duration.ofMillis(50);
		// Only the row that comes in is dear, and the page is read without it.
		assertThatExceptionOfType(ProblemException.class)
			.isThrownBy(() -> this.rig.matches("item", "slow=is.true", "500", limit,
					() -> database.execute("INSERT INTO item (id) VALUES (500)")))
			.satisfies((ex) -> assertThat(ex.problem().code()).isEqualTo("57014"));
	}

	@Test
	void boundFollowsTheLastRow() {
		Shown shown = this.rig.show("item", "order=amount&limit=3");
		this.rig.change("DELETE FROM item WHERE id = 2", "item", Operation.DELETE, "2");
		shown.awaitTruth();
		int before = shown.reads();
		// Was behind the last row, and is before the one that took its place.
		this.rig.change("UPDATE item SET amount = 35 WHERE id = 9", "item", Operation.UPDATE, "9");
		shown.awaitTruth();
		assertThat(shown.reads()).isEqualTo(before + 1);
	}

	@Test
	void countFollowsWithoutCountingWhereAllRowsAreShown() {
		Shown shown = this.rig.show("item", "owner_id=eq.2&limit=50", CountMode.EXACT);
		assertThat(shown.count()).contains("{\"value\":7,\"exact\":true}");
		this.rig.change("UPDATE item SET owner_id = 2 WHERE id = 3", "item", Operation.UPDATE, "3");
		await().until(() -> shown.count().contains("{\"value\":8,"));
		assertThat(shown.counts()).isZero();
	}

	@Test
	void countFollowsRowsThatNobodyShows() {
		Shown shown = this.rig.show("item", "amount=gt.100&order=id&limit=2", CountMode.EXACT);
		await().until(() -> shown.count().contains("{\"value\":10,"));
		int reads = shown.reads();
		this.rig.change("DELETE FROM item WHERE id = 20", "item", Operation.DELETE, "20");
		await().until(() -> shown.count().contains("{\"value\":9,"));
		this.rig.change("INSERT INTO item (id, amount) VALUES (30, 500)", "item", Operation.INSERT, "30");
		await().until(() -> shown.count().contains("{\"value\":10,"));
		int counts = shown.counts();
		this.rig.change("INSERT INTO item (id, amount) VALUES (31, 5)", "item", Operation.INSERT, "31");
		this.rig.change("INSERT INTO item (id, amount) VALUES (32, 500)", "item", Operation.INSERT, "32");
		await().until(() -> shown.count().contains("{\"value\":11,"));
		assertThat(shown.counts()).isEqualTo(counts + 1);
		assertThat(shown.reads()).isEqualTo(reads);
	}

	@Test
	void amongManyWindowsOnlyThoseConcernedAreRead() {
		Shown[] shown = new Shown[300];
		for (int i = 0; i < shown.length; i++) {
			shown[i] = this.rig.show("item", "owner_id=eq." + i + "&active=is.true&order=id&limit=10");
		}
		this.rig.change("UPDATE item SET owner_id = 2, active = true WHERE id = 9", "item", Operation.UPDATE, "9");
		for (int i = 0; i < shown.length; i++) {
			shown[i].awaitTruth();
			assertThat(shown[i].reads()).isEqualTo((i == 2) ? 2 : 1);
		}
	}

}

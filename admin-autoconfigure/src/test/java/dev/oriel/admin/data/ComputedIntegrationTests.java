package dev.oriel.admin.data;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import dev.oriel.admin.access.AccessPolicy;
import dev.oriel.admin.access.Caller;
import dev.oriel.admin.access.PrivilegeAccessPolicy;
import dev.oriel.admin.access.RelationAccess;
import dev.oriel.admin.query.Filter;
import dev.oriel.admin.query.Operator;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.schema.Function;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.sql.VersionMode;
import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for values and related rows that functions compute, and for what is embedded in
 * the rows of functions.
 */
class ComputedIntegrationTests {

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create("dev/oriel/admin/data/films.sql",
			"dev/oriel/admin/data/film_functions.sql");

	static Rig rig;

	@BeforeAll
	static void build() {
		rig = Rig.of(database);
	}

	@ParameterizedTest(name = "{0}?{1}")
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					directors | select=full_name,born&id=eq.1 | [{"full_name":"Alice Guy","born":1873}]
					directors | select=name:full_name::varchar&id=eq.1 | [{"name":"Alice Guy"}]
					directors | select=*&id=eq.1 | [{"id":1,"first_name":"Alice","last_name":"Guy","born":1873}]
					directors | select=id&full_name=like.*M* | [{"id":2}]
					directors | select=id&full_name=fts.guy | [{"id":1}]
					directors | select=id&or=(full_name.eq.Alice Guy,age_in.gt.38) | [{"id":1},{"id":2}]
					directors | select=id&order=age_in.desc | [{"id":2},{"id":3},{"id":1}]
					directors | select=age_in.max() | [{"max":39}]
					directors | select=id&age_in=not.in.(27,36) | [{"id":2}]
					films     | select=labels->cast&id=eq.2 | [{"cast":2}]
					films     | select=id&labels->>cast=eq.2 | [{"id":2},{"id":3}]
					films     | select=title&id=eq.4 | [{"title":"Orphan"}]
					films     | select=id,directors(full_name)&id=eq.1 | [{"id":1,"directors":{"full_name":"Louis Lumière"}}]
					films     | select=id,...directors(full_name)&directors.full_name=like.G*&id=lt.3 | [{"id":1,"full_name":null},{"id":2,"full_name":"Georges Méliès"}]
					films     | select=id,directors()&order=directors(age_in),id&limit=1 | [{"id":1}]
					film_titles | select=loud&id=eq.4 | [{"loud":"ORPHAN"}]
					we"ird; -- | select=shown,"re \\"lated"(c1)&t=eq.2 | [{"shown":"two!","re \\"lated":[{"c1":1}]}]
					films     | select=id,successor(id,successor(id))&id=gt.1 | [{"id":2,"successor":{"id":3,"successor":{"id":4}}},{"id":3,"successor":{"id":4,"successor":null}},{"id":4,"successor":null}]
					films     | select=id,role:first_role(character)&id=in.(1,2) | [{"id":1,"role":null},{"id":2,"role":{"character":"Beauty"}}]
					films     | select=id,first_role!inner(character) | [{"id":2,"first_role":{"character":"Beauty"}},{"id":3,"first_role":{"character":"Professor"}}]
					films     | select=id,...first_role(character)&id=in.(1,2) | [{"id":1,"character":null},{"id":2,"character":"Beauty"}]
					films     | select=id,first_role()&first_role=is.null | [{"id":1},{"id":4}]
					films     | select=id,successor()&order=successor(id).desc.nullslast&limit=2 | [{"id":3},{"id":2}]
					directors | select=id,latest_films(year)&id=eq.2 | [{"id":2,"latest_films":[{"year":1902}, {"year":1896}]}]
					directors | select=id,latest_films(year)&latest_films.order=year&id=eq.2 | [{"id":2,"latest_films":[{"year":1896}, {"year":1902}]}]
					directors | select=id,latest_films(title,roles(character))&latest_films.limit=1&id=eq.2 | [{"id":2,"latest_films":[{"title":"A Trip to the Moon","roles":[{"character":"Professor"}, {"character":"Lady in the Moon"}]}]}]
					directors | select=id,latest_films!inner(id)&latest_films.year=gt.1900 | [{"id":2,"latest_films":[{"id":3}]}]
					directors | select=id,latest_films(count())&id=lt.3 | [{"id":1,"latest_films":[{"count":0}]},{"id":2,"latest_films":[{"count":2}]}]
					directors | select=...latest_films(years:year)&id=eq.2 | [{"years":[1902, 1896]}]
					nominations | select=competitions(name)&competition_id=eq.1&film_id=eq.3 | [{"competitions":{"name":"PALM"}}]
					nominations | select=c:competitions!competition_id(name)&competition_id=eq.1&film_id=eq.3 | [{"c":{"name":"PALM"}}]
					nominations | select=competition_id(name)&competition_id=eq.1&film_id=eq.3 | [{"competition_id":{"name":"Palm"}}]
					""")
	void functionsOfARowAreFieldsAndRelationships(String relation, String query, String answer) {
		assertThat(rig.read(relation, query)).isEqualTo(answer);
	}

	@Test
	void countsKnowComputedRows() {
		assertThat(rig.count("films", "select=id,first_role!inner()", CountMode.EXACT).value()).isEqualTo(2);
		assertThat(rig.count("directors", "full_name=like.*M*", CountMode.EXACT).value()).isEqualTo(1);
	}

	@Test
	void writesComputeWhatTheyReturn() {
		WriteOptions undone = new WriteOptions(VersionMode.NONE, null, null, false, true);
		assertThat(rig.update("directors", "select=full_name,latest_films(id)&full_name=like.*M*",
				"{\"first_name\":\"George\"}", undone))
			.isEqualTo("[{\"full_name\":\"George Méliès\",\"latest_films\":[{\"id\":3}, {\"id\":2}]}]");
		assertThat(rig.delete("nominations", "select=rank,competitions!inner(name)&film_id=eq.3", undone))
			.isEqualTo("[{\"rank\":1,\"competitions\":{\"name\":\"PALM\"}}]");
	}

	@ParameterizedTest(name = "{0}?{1}")
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					old_films | select=id,directors(last_name) | [{"id":2,"directors":{"last_name":"Méliès"}},{"id":1,"directors":{"last_name":"Lumière"}}]
					old_films | select=id,actors(first_name),technical_specs(camera)&actors.limit=1 | [{"id":2,"actors":[{"first_name":"Jehanne"}],"technical_specs":null},{"id":1,"actors":[],"technical_specs":{"camera":"Cinématographe"}}]
					old_films | select=id,directors!inner()&directors.born=gt.1862 | [{"id":1}]
					old_films | select=id,...directors(full_name)&order=directors(born) | [{"id":2,"full_name":"Georges Méliès"},{"id":1,"full_name":"Louis Lumière"}]
					old_films | select=id,labels->cast,successor(id)&limit=1 | [{"id":2,"cast":2,"successor":{"id":3}}]
					old_films | select=id,actors()&actors=is.null | [{"id":1}]
					new_films | select=id,directors(id)&id=eq.3 | [{"id":3,"directors":{"id":2}}]
					""")
	void rowsOfFunctionsEmbed(String function, String query, String answer) {
		assertThat(call(rig, function, query)).isEqualTo(answer);
	}

	@Test
	void onlyRowOfAFunctionEmbeds() {
		CallBody body = CallBody.ofJson("{\"id\": 3}");
		assertThat(caller(rig, new PrivilegeAccessPolicy(false))
			.call(Rig.CALLER, "public", "film", body, Rig.query("select=title,directors(last_name)"), options())
			.page()
			.json()).isEqualTo("[{\"title\":\"A Trip to the Moon\",\"directors\":{\"last_name\":\"Méliès\"}}]");
	}

	@Test
	void rowsOfFunctionsEmbedOnlyWhatMayBeRead() {
		AccessPolicy policy = policy("directors",
				(access) -> new RelationAccess(Set.of(), Set.of(), Set.of(), Set.of(), Filter.NONE), (name) -> true);
		Rig hiding = Rig.of(database.dataSource(), policy, Rig.SETTINGS);
		FunctionCaller caller = new FunctionCaller(database.dataSource(), hiding.source(), policy, Rig.SETTINGS);
		assertThat(Rig
			.problem(() -> caller.call(Rig.CALLER, "public", "old_films", CallBody.ofTexts(Map.of()),
					Rig.query("select=id,directors(*)"), options()))
			.code()).isEqualTo("PGRST200");
	}

	@ParameterizedTest
	@ValueSource(strings = { "select=full_name", "select=id&full_name=eq.x", "select=id&order=full_name",
			"select=full_name.max()" })
	void functionThatMayNotBeCalledIsNoField(String query) {
		Rig refusing = Rig.of(database.dataSource(),
				policy("directors", UnaryOperator.identity(), (name) -> !name.equals("full_name")), Rig.SETTINGS);
		Problem refused = Rig.problem(() -> refusing.read("directors", query));
		Problem missing = Rig.problem(() -> refusing.read("directors", query.replace("full_name", "zzzzzzzzz")));
		assertThat(refused.code()).isEqualTo("42703");
		assertThat(refused.message()).isEqualTo(missing.message().replace("zzzzzzzzz", "full_name"));
		assertThat(refused.hint()).isEqualTo(missing.hint());
	}

	@Test
	void functionSeesTheWholeRowSoItNeedsAllColumns() {
		Rig hiding = Rig.of(database.dataSource(), policy("directors", (access) -> {
			Set<String> readable = new HashSet<>(access.readable());
			readable.remove("first_name");
			return new RelationAccess(access.operations(), readable, access.insertable(), access.updatable(),
					Filter.NONE);
		}, (name) -> true), Rig.SETTINGS);
		assertThat(Rig.problem(() -> hiding.read("directors", "select=full_name")).code()).isEqualTo("42703");
		assertThat(Rig.problem(() -> hiding.read("directors", "select=id,latest_films(id)")).code())
			.isEqualTo("PGRST200");
		assertThat(Rig.problem(() -> hiding.read("films", "select=directors(full_name)")).code()).isEqualTo("42703");
	}

	@Test
	void computedRowsMeetTheRulesOfTheirRelation() {
		Rig ruled = Rig.of(database.dataSource(),
				policy("films",
						(access) -> new RelationAccess(access.operations(), access.readable(), access.insertable(),
								access.updatable(), Filter.Comparison.of("year", Operator.LT, "1900")),
						(name) -> true),
				Rig.SETTINGS);
		assertThat(ruled.read("directors", "select=latest_films(id)&id=eq.2"))
			.isEqualTo("[{\"latest_films\":[{\"id\":2}]}]");
		Rig hiding = Rig.of(database.dataSource(), policy("roles",
				(access) -> new RelationAccess(Set.of(), Set.of(), Set.of(), Set.of(), Filter.NONE), (name) -> true),
				Rig.SETTINGS);
		assertThat(Rig.problem(() -> hiding.read("films", "select=first_role(character)")).code())
			.isEqualTo("PGRST200");
	}

	@Test
	void functionThatMayNotBeCalledLeadsNowhere() {
		Rig refusing = Rig.of(database.dataSource(), policy("films", UnaryOperator.identity(), (name) -> false),
				Rig.SETTINGS);
		assertThat(Rig.problem(() -> refusing.read("films", "select=successor(id)")).code()).isEqualTo("PGRST200");
		assertThat(refusing.read("nominations", "select=competitions(name)&competition_id=eq.1&film_id=eq.3"))
			.isEqualTo("[{\"competitions\":{\"name\":\"Palm\"}}]");
	}

	@Test
	void pagesGoOnAfterComputedValues() {
		ReadOptions keyset = ReadOptions.DEFAULTS.withCursors(true);
		Query query = Rig.query("select=full_name&order=full_name.desc&limit=2");
		RowPage first = rig.reader().read(Rig.CALLER, Rig.name("directors"), query, keyset);
		assertThat(first.json()).isEqualTo("[{\"full_name\":\"Louis Lumière\"},{\"full_name\":\"Georges Méliès\"}]");
		RowPage second = rig.reader().read(Rig.CALLER, Rig.name("directors"), query.withAnchor(first.next()), keyset);
		assertThat(second.json()).isEqualTo("[{\"full_name\":\"Alice Guy\"}]");
	}

	@Test
	void nearestNameMayBeThatOfAFunction() {
		assertThat(Rig.problem(() -> rig.read("directors", "select=ful_name")).hint()).contains("full_name");
		assertThat(Rig.problem(() -> rig.read("films", "select=sucessor(id)")).hint())
			.isEqualTo("Perhaps you meant 'successor' instead of 'sucessor'.");
	}

	private static String call(Rig rig, String function, String query) {
		return caller(rig, new PrivilegeAccessPolicy(false))
			.call(Rig.CALLER, "public", function, CallBody.ofTexts(Map.of()), Rig.query(query), options())
			.page()
			.json();
	}

	private static FunctionCaller caller(Rig rig, AccessPolicy policy) {
		return new FunctionCaller(database.dataSource(), rig.source(), policy, Rig.SETTINGS);
	}

	private static CallOptions options() {
		return new CallOptions(false, CountMode.NONE, null, false, false);
	}

	private static AccessPolicy policy(String name, UnaryOperator<RelationAccess> change, Predicate<String> callable) {
		PrivilegeAccessPolicy all = new PrivilegeAccessPolicy(false);
		return new AccessPolicy() {

			@Override
			public RelationAccess decide(Caller caller, Relation relation) {
				RelationAccess access = all.decide(caller, relation);
				return relation.name().name().equals(name) ? change.apply(access) : access;
			}

			@Override
			public boolean mayCall(Caller caller, Function function) {
				return callable.test(function.name());
			}

		};
	}

}

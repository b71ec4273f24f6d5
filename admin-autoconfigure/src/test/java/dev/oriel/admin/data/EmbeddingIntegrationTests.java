package dev.oriel.admin.data;

import dev.oriel.admin.access.PrivilegeAccessPolicy;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.sql.VersionMode;
import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for what embedded relations answer.
 */
class EmbeddingIntegrationTests {

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create("dev/oriel/admin/data/films.sql");

	static Rig rig;

	@BeforeAll
	static void build() {
		rig = Rig.of(database);
	}

	@ParameterizedTest(name = "{0}?{1}")
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					films   | select=title,directors(last_name)&id=lt.3 | [{"title":"Workers Leaving The Factory","directors":{"last_name":"Lumière"}},{"title":"The Haunted Castle","directors":{"last_name":"Méliès"}}]
					films   | select=id,directors(last_name)&id=eq.4 | [{"id":4,"directors":null}]
					films   | select=id,director:director_id(last_name)&id=eq.1 | [{"id":1,"director":{"last_name":"Lumière"}}]
					films   | select=id,d:directors!director_id(last_name)&id=eq.1 | [{"id":1,"d":{"last_name":"Lumière"}}]
					films   | select=id,d:directors!films_director_id_fkey(last_name)&id=eq.1 | [{"id":1,"d":{"last_name":"Lumière"}}]
					films   | select=id,d:films_director_id_fkey(last_name)&id=eq.1 | [{"id":1,"d":{"last_name":"Lumière"}}]
					films   | select=id,directors(*)&id=eq.1 | [{"id":1,"directors":{"id":3,"first_name":"Louis","last_name":"Lumière","born":1864}}]
					directors | select=last_name,films(title,year) | [{"last_name":"Guy","films":[]},{"last_name":"Méliès","films":[{"title":"The Haunted Castle","year":1896}, {"title":"A Trip to the Moon","year":1902}]},{"last_name":"Lumière","films":[{"title":"Workers Leaving The Factory","year":1895}]}]
					films   | select=id,technical_specs(camera)&id=lt.3 | [{"id":1,"technical_specs":{"camera":"Cinématographe"}},{"id":2,"technical_specs":null}]
					technical_specs | select=camera,films(id) | [{"camera":"Cinématographe","films":{"id":1}},{"camera":"Kinetograph","films":{"id":3}}]
					actors  | select=first_name,films(title) | [{"first_name":"Jehanne","films":[{"title":"The Haunted Castle"}]},{"first_name":"Georges","films":[{"title":"The Haunted Castle"}, {"title":"A Trip to the Moon"}]},{"first_name":"Bleuette","films":[{"title":"A Trip to the Moon"}]}]
					films   | select=id,actors!roles(first_name)&id=eq.2 | [{"id":2,"actors":[{"first_name":"Jehanne"}, {"first_name":"Georges"}]}]
					actors  | select=roles(character,films(title,year))&id=eq.1 | [{"roles":[{"character":"Beauty","films":{"title":"The Haunted Castle","year":1896}}]}]
					films   | select=id,actors(*)&actors.order=first_name.desc,last_name&id=eq.2 | [{"id":2,"actors":[{"id":1,"first_name":"Jehanne","last_name":"d'Alcy"}, {"id":2,"first_name":"Georges","last_name":"Méliès"}]}]
					films   | select=id,roles(character)&roles.character=in.(Devil,Professor)&id=gt.1 | [{"id":2,"roles":[{"character":"Devil"}]},{"id":3,"roles":[{"character":"Professor"}]},{"id":4,"roles":[]}]
					films   | select=id,roles(character)&roles.or=(character.eq.Devil,character.eq.Beauty)&id=in.(2,3) | [{"id":2,"roles":[{"character":"Beauty"}, {"character":"Devil"}]},{"id":3,"roles":[]}]
					films   | select=id,actors(id)&actors.limit=1&actors.offset=1&id=in.(2,4) | [{"id":2,"actors":[{"id":2}]},{"id":4,"actors":[]}]
					films   | select=id,a:competitions(name),b:competitions(name)&a.year=eq.1990&b.year=eq.1991&id=eq.4 | [{"id":4,"a":[{"name":"Palm"}],"b":[{"name":"Bear"}]}]
					films   | select=id,roles(character,actors(last_name))&roles.actors.first_name=like.*eor*&id=eq.2 | [{"id":2,"roles":[{"character":"Beauty","actors":null}, {"character":"Devil","actors":{"last_name":"Méliès"}}]}]
					films   | select=title,actors!inner(first_name)&actors.first_name=eq.Jehanne | [{"title":"The Haunted Castle","actors":[{"first_name":"Jehanne"}]}]
					films   | select=id,directors!inner(id) | [{"id":1,"directors":{"id":3}},{"id":2,"directors":{"id":2}},{"id":3,"directors":{"id":2}}]
					directors | select=id,films!inner(id,technical_specs!inner(camera)) | [{"id":2,"films":[{"id":3,"technical_specs":{"camera":"Kinetograph"}}]},{"id":3,"films":[{"id":1,"technical_specs":{"camera":"Cinématographe"}}]}]
					films   | select=id,actors!left(id)&id=eq.4 | [{"id":4,"actors":[]}]
					films   | select=title,actors(first_name)&actors=not.is.null&actors.first_name=eq.Jehanne | [{"title":"The Haunted Castle","actors":[{"first_name":"Jehanne"}]}]
					films   | select=id,nominations()&nominations=is.null | [{"id":1},{"id":2}]
					films   | select=id,actors(),directors()&or=(actors.is.null,directors.is.null) | [{"id":1},{"id":4}]
					films   | select=id,actors(),directors()&directors.first_name=eq.Louis&actors.first_name=eq.Jehanne&or=(directors.not.is.null,actors.not.is.null) | [{"id":1},{"id":2}]
					films   | select=id,act:actors(),actors(first_name)&act.first_name=eq.Jehanne&act=not.is.null | [{"id":2,"actors":[{"first_name":"Jehanne"}, {"first_name":"Georges"}]}]
					films   | select=actors()&actors=is.null | [{},{}]
					films   | select=id,directors(last_name)&order=directors(last_name).desc,id | [{"id":4,"directors":null},{"id":2,"directors":{"last_name":"Méliès"}},{"id":3,"directors":{"last_name":"Méliès"}},{"id":1,"directors":{"last_name":"Lumière"}}]
					films   | select=id,directors()&order=directors(born).nullslast,id.desc&limit=2&offset=1 | [{"id":2},{"id":1}]
					films   | select=title,...directors(director:last_name)&id=in.(1,4) | [{"title":"Workers Leaving The Factory","director":"Lumière"},{"title":"Orphan","director":null}]
					films   | select=id,actors:roles(character,...actors(first_name,last_name))&id=eq.2 | [{"id":2,"actors":[{"character":"Beauty","first_name":"Jehanne","last_name":"d'Alcy"}, {"character":"Devil","first_name":"Georges","last_name":"Méliès"}]}]
					roles   | select=character,...films(title,...directors(director:last_name))&film_id=eq.3 | [{"character":"Professor","title":"A Trip to the Moon","director":"Méliès"},{"character":"Lady in the Moon","title":"A Trip to the Moon","director":"Méliès"}]
					directors | select=id,...films(titles:title,years:year)&films.order=year.desc | [{"id":1,"titles":[],"years":[]},{"id":2,"titles":["A Trip to the Moon", "The Haunted Castle"],"years":[1902, 1896]},{"id":3,"titles":["Workers Leaving The Factory"],"years":[1895]}]
					directors | select=id,...films(f:id,...roles(character))&id=gt.1 | [{"id":2,"f":[2, 3],"character":[["Beauty", "Devil"], ["Professor", "Lady in the Moon"]]},{"id":3,"f":[1],"character":[[]]}]
					directors | select=id,...films(f:id,...technical_specs(camera))&id=gt.1 | [{"id":2,"f":[2, 3],"camera":[null, "Kinetograph"]},{"id":3,"f":[1],"camera":["Cinématographe"]}]
					directors | select=id,...films(f:id,technical_specs(camera))&id=eq.2 | [{"id":2,"f":[2, 3],"technical_specs":[null, {"camera":"Kinetograph"}]}]
					directors | select=id,...films!inner(f:id)&films.year=gt.1900 | [{"id":2,"f":[3]}]
					films   | select=id,...actors(first_name)&id=eq.3 | [{"id":3,"first_name":["Georges", "Bleuette"]}]
					directors | select=id,films(count(),year.max()) | [{"id":1,"films":[{"count":0,"max":null}]},{"id":2,"films":[{"count":2,"max":1902}]},{"id":3,"films":[{"count":1,"max":1895}]}]
					competitions | select=id,films(language,count()) | [{"id":1,"films":[{"language":"en","count":1}, {"language":"none","count":1}]},{"id":2,"films":[{"language":"en","count":1}]}]
					films   | select=id,roles(character,films(id,directors(id,films(id))))&id=eq.2&roles.limit=1 | [{"id":2,"roles":[{"character":"Beauty","films":{"id":2,"directors":{"id":2,"films":[{"id":2}, {"id":3}]}}}]}]
					films   | select=id,directors(id,films())&directors.films.year=gt.1900&directors.films=is.null&directors=not.is.null | [{"id":1,"directors":{"id":3}}]
					films   | select=id,budget->min,directors(last_name)&id=eq.1 | [{"id":1,"min":10,"directors":{"last_name":"Lumière"}}]
					films   | select=*,notes(note)&id=eq.1 | [{"id":1,"director_id":3,"title":"Workers Leaving The Factory","year":1895,"language":"none","budget":{"min": 10},"notes":[{"note":"first ever"}]}]
					""")
	void answersAsDocumented(String relation, String query, String answer) {
		assertThat(rig.read(relation, query)).isEqualTo(answer);
	}

	@ParameterizedTest(name = "{0}?{1}")
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					orders   | select=id,billing(city),shipping(city)&id=eq.1 | [{"id":1,"billing":{"city":"Ulm"},"shipping":{"city":"Bonn"}}]
					orders   | select=id,b:addresses!billing_id(city),s:addresses!shipping(city)&id=eq.1 | [{"id":1,"b":{"city":"Ulm"},"s":{"city":"Bonn"}}]
					addresses | select=city,orders!billing(id) | [{"city":"Ulm","orders":[{"id":1}, {"id":2}]},{"city":"Bonn","orders":[]}]
					addresses | select=city,orders!shipping_id(id) | [{"city":"Ulm","orders":[{"id":2}]},{"city":"Bonn","orders":[{"id":1}, {"id":3}]}]
					orders   | select=total:amount.sum(),billing(city)&billing_id=not.is.null | [{"total":30.50,"billing":{"city": "Ulm"}}]
					orders   | select=total:amount.sum(),...billing(city)&billing_id=eq.1 | [{"total":30.50,"city":"Ulm"}]
					orders   | select=shipping_id,...billing(city.max(),n:count())&shipping_id=eq.2 | [{"shipping_id":2,"max":"Ulm","n":1}]
					tree     | select=name,tree(name) | [{"name":"root","tree":[{"name":"twig"}]},{"name":"twig","tree":[{"name":"leaf"}]},{"name":"leaf","tree":[]}]
					tree     | select=name,parent_id(name,parent_id(name))&id=gt.1 | [{"name":"twig","parent_id":{"name":"root","parent_id":null}},{"name":"leaf","parent_id":{"name":"twig","parent_id":{"name":"root"}}}]
					tree     | select=name,parent:tree_parent(name)&id=eq.2 | [{"name":"twig","parent":{"name":"root"}}]
					tree     | select=name,twigs:tree!parent_id(name)&id=eq.1 | [{"name":"root","twigs":[{"name":"twig"}]}]
					people   | select=name,team:people!boss_id(name),boss_id(name)&id=in.(1,2) | [{"name":"Ada","team":[{"name":"Bob"}, {"name":"Cy"}],"boss_id":null},{"name":"Bob","team":[{"name":"Di"}],"boss_id":{"name":"Ada"}}]
					people   | select=name,spouse_id(name),of:people!people_spouse(name)&id=in.(2,3) | [{"name":"Bob","spouse_id":null,"of":{"name":"Cy"}},{"name":"Cy","spouse_id":{"name":"Bob"},"of":null}]
					people   | select=name,followers:follows!followed_id(...follower_id(name))&id=eq.3 | [{"name":"Cy","followers":[{"name":"Ada"}, {"name":"Bob"}]}]
					people   | select=name,followed:people!follows_followed(name),followers:people!follower_id(name)&id=eq.2 | [{"name":"Bob","followed":[{"name":"Cy"}],"followers":[{"name":"Ada"}]}]
					machines | select=id,plants(name) | [{"id":1,"plants":{"name":"Graz"}},{"id":2,"plants":{"name":"Reno"}},{"id":3,"plants":null},{"id":4,"plants":{"name":"Graz"}}]
					machines | select=id,machine_plant(name)&id=eq.2 | [{"id":2,"machine_plant":{"name":"Reno"}}]
					plants   | select=name,machines(id) | [{"name":"Graz","machines":[{"id":1}, {"id":4}]},{"name":"Linz","machines":[]},{"name":"Reno","machines":[{"id":2}]}]
					plants   | select=name,machines!machine_plant!inner()&order=name.desc | [{"name":"Reno"},{"name":"Graz"}]
					""")
	void findsTheRelationshipMeant(String relation, String query, String answer) {
		assertThat(rig.read(relation, query)).isEqualTo(answer);
	}

	@ParameterizedTest(name = "{0}?{1}")
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			films   | select=title,nothing(*)                    | PGRST200
			films   | select=title,loner(*)                      | PGRST200
			films   | select=title,directors!nothing(*)          | PGRST200
			orders  | select=id,addresses(*)                     | PGRST201
			people  | select=id,people(*)                        | PGRST201
			people  | select=id,people!follows(*)                | PGRST201
			films   | select=id,actors(id)&order=actors(id)      | PGRST118
			directors | select=id,...films(count())              | PGRST127
			directors | select=id,...films(...technical_specs(camera.max())) | PGRST127
			films   | select=id,directors(nothing)               | 42703
			films   | select=id,directors(id)&directors.nothing=eq.1 | 42703
			films   | select=id,directors(id)&order=directors(nothing) | 42703
			""")
	void mistakesAreTold(String relation, String query, String code) {
		assertThat(Rig.problem(() -> rig.read(relation, query)).code()).isEqualTo(code);
	}

	@Test
	void ambiguityIsToldWithItsCandidates() {
		Problem problem = Rig.problem(() -> rig.read("orders", "select=id,addresses(*)"));
		assertThat(problem.status()).isEqualTo(300);
		assertThat(problem.message())
			.isEqualTo("Could not embed because more than one relationship was found for 'orders' and 'addresses'");
		assertThat(problem.hint()).isEqualTo("Try changing 'addresses' to one of the following: 'addresses!billing', "
				+ "'addresses!shipping'. Find the desired relationship in the 'details' key.");
		assertThat(problem.candidates()).containsExactly(
				new Problem.Candidate("many-to-one", "orders with addresses",
						"billing using orders(billing_id) and addresses(id)"),
				new Problem.Candidate("many-to-one", "orders with addresses",
						"shipping using orders(shipping_id) and addresses(id)"));
	}

	@Test
	void missingRelationshipIsToldWithTheNearest() {
		Problem problem = Rig.problem(() -> rig.read("films", "select=id,director(*)"));
		assertThat(problem.status()).isEqualTo(400);
		assertThat(problem.message())
			.isEqualTo("Could not find a relationship between 'films' and 'director' in the schema cache");
		assertThat(problem.details()).isEqualTo("Searched for a foreign key relationship between 'films' and "
				+ "'director' in the schema 'public', but no matches were found.");
		assertThat(problem.hint()).isEqualTo("Perhaps you meant 'directors' instead of 'director'.");
	}

	@Test
	void countsKnowWhatMustBeThere() {
		assertThat(rig.count("films", "select=id,actors!inner()", CountMode.EXACT).value()).isEqualTo(2);
		assertThat(rig.count("films", "select=id,actors()&actors=is.null&limit=1", CountMode.EXACT).value())
			.isEqualTo(2);
		assertThat(rig.count("films", "select=id,actors(id)", CountMode.EXACT).value()).isEqualTo(4);
		assertThat(rig.count("films", "select=id,actors!inner()", CountMode.PLANNED).exact()).isFalse();
	}

	@Test
	void namesStayNames() {
		assertThat(rig.read("e1", "select=*,r:\"we\\\"ird; --\"(*)&order=r(o)"))
			.isEqualTo("[{\"c1\":1,\"j1\":2,\"row_to_json\":\"r\",\"k1\":5,\"r\":{\"t\":2,\"p\":\"two\",\"o\":\"y\"}},"
					+ "{\"c1\":2,\"j1\":null,\"row_to_json\":\"s\",\"k1\":6,\"r\":null}]");
		assertThat(rig.read("we\"ird; --", "select=p,\"o\\\"1\":e1!\"fk \\\" ' ?\"(c1)&t=eq.2"))
			.isEqualTo("[{\"p\":\"two\",\"o\\\"1\":[{\"c1\":1}]}]");
		assertThat(rig.read("e1", "select=...j1(p,o)&c1=eq.1")).isEqualTo("[{\"p\":\"two\",\"o\":\"y\"}]");
	}

	@Test
	void rowsOfOtherSchemasAreReached() {
		assertThat(rig.reader()
			.read(Rig.CALLER, new RelationName("other", "notes"), Rig.query("select=note,films(title)"),
					ReadOptions.DEFAULTS)
			.json()).isEqualTo("[{\"note\":\"first ever\",\"films\":{\"title\":\"Workers Leaving The Factory\"}}]");
	}

	@Test
	void embeddedListsAreCapped() {
		Rig small = Rig.of(database.dataSource(), new PrivilegeAccessPolicy(false),
				new DataSettings(1, Rig.SETTINGS.statementTimeout(), Rig.SETTINGS.lockTimeout(), false));
		assertThat(small.read("directors", "select=id,films(id)&id=eq.2"))
			.isEqualTo("[{\"id\":2,\"films\":[{\"id\":2}]}]");
	}

	@Test
	void writesShowWhatTheyEmbed() {
		WriteOptions undone = new WriteOptions(VersionMode.NONE, null, null, false, true);
		Query query = Rig.query("select=title,director:directors(last_name)");
		assertThat(rig.writer()
			.insert(Rig.CALLER, Rig.name("films"), "{\"id\":100,\"director_id\":1,\"title\":\"Cabbage\"}", query,
					undone)
			.json()).isEqualTo("[{\"title\":\"Cabbage\",\"director\":{\"last_name\":\"Guy\"}}]");
		assertThat(rig.update("films", "select=id,directors(id),actors(id)&id=eq.3", "{\"director_id\":1}", undone))
			.isEqualTo("[{\"id\":3,\"directors\":{\"id\":1},\"actors\":[{\"id\":2}, {\"id\":3}]}]");
		assertThat(rig.delete("nominations", "select=rank,...films(title)&film_id=eq.3", undone))
			.isEqualTo("[{\"rank\":1,\"title\":\"A Trip to the Moon\"}]");
	}

	@Test
	void innerEmbedsOfAWriteHideRowsButDoNotSpareThem() {
		WriteOptions undone = new WriteOptions(VersionMode.NONE, null, 2L, false, true);
		assertThat(rig.update("films", "select=id,actors!inner(id)&actors.id=eq.1&id=in.(2,4)", "{\"year\":1}", undone))
			.isEqualTo("[{\"id\":2,\"actors\":[{\"id\":1}]}]");
		WriteOptions one = new WriteOptions(VersionMode.NONE, null, 1L, false, true);
		assertThat(Rig.problem(() -> rig.update("films", "select=id,actors!inner(id)&id=in.(2,4)", "{\"year\":1}", one))
			.code()).isEqualTo("PGRST124");
	}

	@Test
	void writesCanBeFilteredByWhatIsThere() {
		WriteOptions undone = new WriteOptions(VersionMode.NONE, null, null, false, true);
		assertThat(rig.update("films", "select=id,actors()&actors=is.null", "{\"year\":1}", undone))
			.isIn("[{\"id\":1},{\"id\":4}]", "[{\"id\":4},{\"id\":1}]");
		StaleRowException stale = catchThrowableOfType(StaleRowException.class, () -> rig.update("films",
				"select=id,actors!inner()&actors=not.is.null&id=eq.2", "{\"year\":1}", Rig.expecting("1")));
		assertThat(stale.current()).isNotNull();
		assertThat(stale.current().json()).contains("\"title\":\"The Haunted Castle\"").doesNotContain("actors");
	}

	@Test
	void conditionsThatMultiplyAreRefused() {
		String tests = "tree.is.null,".repeat(40);
		StringBuilder query = new StringBuilder("select=").append("tree(".repeat(4)).append(")".repeat(4));
		StringBuilder path = new StringBuilder();
		for (int i = 0; i < 4; i++) {
			query.append('&').append(path).append("or=(").append(tests, 0, tests.length() - 1).append(')');
			path.append("tree.");
		}
		assertThat(Rig.problem(() -> rig.read("tree", query.toString())).code()).isEqualTo("PGRST100");
	}

}

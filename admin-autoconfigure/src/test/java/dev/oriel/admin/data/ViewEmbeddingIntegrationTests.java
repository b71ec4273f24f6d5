package dev.oriel.admin.data;

import java.util.List;

import dev.oriel.admin.access.PrivilegeAccessPolicy;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.schema.postgres.PostgresSchemaSource;
import dev.oriel.admin.schema.postgres.ReflectionSettings;
import dev.oriel.admin.sql.VersionMode;
import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for relationships that views take over from the tables below them.
 */
class ViewEmbeddingIntegrationTests {

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create("dev/oriel/admin/data/films.sql",
			"dev/oriel/admin/data/film_views.sql");

	static Rig rig;

	@BeforeAll
	static void build() {
		ReflectionSettings shown = new ReflectionSettings(List.of("public"), List.of(), List.of());
		PostgresSchemaSource source = new PostgresSchemaSource(database.dataSource(), shown);
		PrivilegeAccessPolicy policy = new PrivilegeAccessPolicy(false);
		rig = new Rig(source, new RelationReader(database.dataSource(), source, policy, Rig.SETTINGS),
				new RelationWriter(database.dataSource(), source, policy, Rig.SETTINGS));
	}

	@ParameterizedTest(name = "{0}?{1}")
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					films_view | select=id,directors(last_name)&id=eq.1 | [{"id":1,"directors":{"last_name":"Lumière"}}]
					films_view | select=id,director_id(last_name)&id=eq.1 | [{"id":1,"director_id":{"last_name":"Lumière"}}]
					films_view | select=id,films_director_id_fkey(last_name)&id=eq.1 | [{"id":1,"films_director_id_fkey":{"last_name":"Lumière"}}]
					films_view | select=id,directors()&order=directors(born),id&limit=1 | [{"id":2}]
					directors  | select=id,films_view(title)&id=eq.3 | [{"id":3,"films_view":[{"title":"Workers Leaving The Factory"}]}]
					films      | select=id,directors_view(last_name)&id=eq.1 | [{"id":1,"directors_view":{"last_name":"Lumière"}}]
					films_view | select=id,directors_view(last_name)&id=eq.1 | [{"id":1,"directors_view":{"last_name":"Lumière"}}]
					films_view | select=id,d:directors_view!director_id(last_name)&id=eq.1 | [{"id":1,"d":{"last_name":"Lumière"}}]
					directors_view | select=director,films_view!inner(id)&films_view.year=gt.1900 | [{"director":2,"films_view":[{"id":3}]}]
					chained_view | select=film,directors_view(last_name),roles(character)&film=eq.3 | [{"film":3,"directors_view":{"last_name":"Méliès"},"roles":[{"character":"Professor"}, {"character":"Lady in the Moon"}]}]
					directors  | select=id,chained_view(film)&id=eq.2 | [{"id":2,"chained_view":[{"film":2}, {"film":3}]}]
					films      | select=id,specs_view(camera)&id=lt.3 | [{"id":1,"specs_view":{"camera":"Cinématographe"}},{"id":2,"specs_view":null}]
					specs_view | select=camera,films(id),films_view(id)&film_id=eq.1 | [{"camera":"Cinématographe","films":{"id":1},"films_view":{"id":1}}]
					films      | select=id,actors!roles_view(first_name)&id=eq.3 | [{"id":3,"actors":[{"first_name":"Georges"}, {"first_name":"Bleuette"}]}]
					films_view | select=id,actors(first_name)&id=eq.3 | [{"id":3,"actors":[{"first_name":"Georges"}, {"first_name":"Bleuette"}]}]
					actors     | select=id,films_view(id)&id=eq.2 | [{"id":2,"films_view":[{"id":2}, {"id":3}]}]
					nominations_view | select=film_title,films(language),roles(character),actors(first_name)&rank=eq.1&film_id=eq.3 | [{"film_title":"A Trip to the Moon","films":{"language":"none"},"roles":[{"character":"Professor"}, {"character":"Lady in the Moon"}],"actors":[{"first_name":"Georges"}, {"first_name":"Bleuette"}]}]
					roles      | select=character,nominations_view(rank)&film_id=eq.3&actor_id=eq.2 | [{"character":"Professor","nominations_view":[{"rank":1}]}]
					films_stored | select=id,directors(last_name)&id=eq.1 | [{"id":1,"directors":{"last_name":"Lumière"}}]
					directors  | select=id,films_stored(id)&films_stored.order=id&id=eq.2 | [{"id":2,"films_stored":[{"id":2}, {"id":3}]}]
					roles      | select=character,films_credited(title,last_name,roles)&film_id=eq.3&actor_id=eq.2 | [{"character":"Professor","films_credited":{"title":"A Trip to the Moon","last_name":"Méliès","roles":2}}]
					technical_specs | select=film_id,films_cast(character)&films_cast.order=character.desc&film_id=eq.3 | [{"film_id":3,"films_cast":[{"character":"Professor"}, {"character":"Lady in the Moon"}]}]
					technical_specs | select=film_id,films_unnested(part)&films_unnested.order=part&film_id=eq.3 | [{"film_id":3,"films_unnested":[{"part":1}, {"part":2}]}]
					films_with | select=id,directors(last_name)&order=id | [{"id":1,"directors":{"last_name":"Lumière"}},{"id":2,"directors":{"last_name":"Méliès"}}]
					films_grouped | select=films,directors(last_name)&director_id=eq.2 | [{"films":2,"directors":{"last_name":"Méliès"}}]
					directors  | select=id,films_grouped(films)&id=eq.2 | [{"id":2,"films_grouped":[{"films":2}]}]
					machines_view | select=machine,plants(name),plants_view(name)&machine=eq.2 | [{"machine":2,"plants":{"name":"Reno"},"plants_view":{"name":"Reno"}}]
					plants     | select=name,machines_view(machine)&name=eq.Graz | [{"name":"Graz","machines_view":[{"machine":1}, {"machine":4}]}]
					tree_view  | select=name,parent_id(name),tree_view(name)&id=eq.2 | [{"name":"twig","parent_id":{"name":"root"},"tree_view":[{"name":"leaf"}]}]
					tree       | select=name,parent_id(name),tree(name)&id=eq.2 | [{"name":"twig","parent_id":{"name":"root"},"tree":[{"name":"leaf"}]}]
					orders_twice | select=id,addresses!two(city)&id=eq.1 | [{"id":1,"addresses":{"city":"Ulm"}}]
					projects   | select=id,clients(name)&id=eq.10 | [{"id":10,"clients":{"name":"Acme"}}]
					clients    | select=name,projects(id) | [{"name":"Acme","projects":[{"id":10}, {"id":11}]},{"name":"Bolt","projects":[]}]
					e1         | select=c1,"{v} (\\")"(":resno")&c1=eq.1 | [{"c1":1,"{v} (\\")":{":resno":2}}]
					""")
	void viewsAreJoinedAsTheirTablesAre(String relation, String query, String answer) {
		assertThat(rig.read(relation, query)).isEqualTo(answer);
	}

	@ParameterizedTest(name = "{0}?{1}")
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			films_united | select=id,directors(*)  | PGRST200
			films_crossed | select=id,directors(*) | PGRST200
			plants_mixed | select=name,machines(*) | PGRST200
			orders_twice | select=id,addresses(*)  | PGRST201
			projects     | select=id,client(name)  | PGRST200
			tree_view    | select=id,tree(*)       | PGRST201
			""")
	void whatCannotBeTracedOrToldApartIsSaid(String relation, String query, String code) {
		assertThat(Rig.problem(() -> rig.read(relation, query)).code()).isEqualTo(code);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			films_view         | id
			chained_view       | film
			roles_view         | film_id,actor_id
			films_credited     | id
			films_with         | id
			plants_view        | region,number
			projects           | id
			films_cast         |
			nominations_view   |
			films_unnested     |
			films_crossed      |
			films_misled       |
			films_united       |
			films_grouped      |
			films_sets         |
			directors_optional |
			plants_mixed       |
			films_stored       |
			""")
	void viewHasAKeyOnlyWhereItsRowsAreKnownToDiffer(String view, String key) {
		Relation relation = rig.source().snapshot().relation(Rig.name(view));
		assertThat(relation).isNotNull();
		assertThat(String.join(",", relation.key())).isEqualTo((key != null) ? key : "");
	}

	@Test
	void changeOfAViewThatIsNotShownIsNoticed() {
		database.execute("""
				CREATE VIEW hidden.lower AS SELECT id, client_id FROM hidden.projects;
				CREATE VIEW upper AS SELECT id, client_id FROM hidden.lower;
				""");
		assertThat(rig.source().refreshIfChanged()).isTrue();
		assertThat(rig.read("upper", "select=clients(name)&id=eq.10")).isEqualTo("[{\"clients\":{\"name\":\"Acme\"}}]");
		database.execute(
				"CREATE OR REPLACE VIEW hidden.lower AS SELECT id, client_id + 0 AS client_id FROM hidden.projects");
		assertThat(rig.source().refreshIfChanged()).isTrue();
		assertThat(Rig.problem(() -> rig.read("upper", "select=clients(name)")).code()).isEqualTo("PGRST200");
		database.execute("DROP VIEW upper");
	}

	@Test
	void rowsWrittenThroughAViewEmbed() {
		WriteOptions undone = new WriteOptions(VersionMode.NONE, null, null, false, true);
		assertThat(rig.update("films_view", "select=id,directors(last_name),directors_view(last_name)&id=eq.1",
				"{\"director_id\":1}", undone))
			.isEqualTo("[{\"id\":1,\"directors\":{\"last_name\":\"Guy\"},\"directors_view\":{\"last_name\":\"Guy\"}}]");
	}

	@Test
	void newViewOfAJunctionMakesNothingAmbiguous() {
		assertThat(rig.read("actors", "select=id,films(id)&id=eq.1")).isEqualTo("[{\"id\":1,\"films\":[{\"id\":2}]}]");
	}

}

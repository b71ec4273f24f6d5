package dev.oriel.admin.data;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import dev.oriel.admin.access.PrivilegeAccessPolicy;
import dev.oriel.admin.query.Query;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for rows that are written with their relatives, as a request prefers it: as the
 * whole set, by version, as an upsert.
 */
class FamilyPreferencesIntegrationTests extends FamilyWritesFixture {

	@Test
	void listIsTheWholeSetIfAskedFor() {
		Payload payload = new Payload(
				"""
						{"team": [{"id": 2}, {"name": "new"}], "tag": [{"id": 2}, {"name": "q"}], "finance": [{"id": 2}, {"year": 2001}]}
						""",
				null, false, true);
		this.rig.writer().update(Rig.CALLER, Rig.name("company"), payload, Rig.query("id=eq.1"), WriteOptions.DEFAULTS);
		assertThat(column("SELECT id || '-' || coalesce(company_id, 0) FROM team ORDER BY id"))
			.isEqualTo("1-0,2-1,3-2,4-1");
		assertThat(column("SELECT company_id || '-' || tag_id FROM company_tag ORDER BY 1")).isEqualTo("1-2,1-4,2-2");
		assertThat(column("SELECT id || '-' || company_id FROM finance ORDER BY 1")).isEqualTo("2-1,3-2,4-1");
	}

	@Test
	void listOfTooManyRowsIsNotReplaced() {
		Rig small = Rig.of(database.dataSource(), new PrivilegeAccessPolicy(false),
				new DataSettings(3, Duration.ofSeconds(10), Duration.ofSeconds(2), false));
		database.execute("INSERT INTO team (company_id, name) VALUES (1, 'c')");
		Payload payload = new Payload("{\"team\":[]}", null, false, true);
		small.writer().update(Rig.CALLER, Rig.name("company"), payload, Rig.query("id=eq.1"), WriteOptions.DEFAULTS);
		database.execute("UPDATE team SET company_id = 1");
		assertThat(column("SELECT count(*) FROM team WHERE company_id = 1")).isEqualTo("4");
		Problem problem = Rig.problem(() -> small.writer()
			.update(Rig.CALLER, Rig.name("company"), payload, Rig.query("id=eq.1"), WriteOptions.DEFAULTS));
		assertThat(problem.status()).isEqualTo(400);
		assertThat(problem.column()).isEqualTo("team");
		assertThat(column("SELECT count(*) FROM team WHERE company_id = 1")).isEqualTo("4");
	}

	@Test
	void rowThatMovesWithinTheBodyIsNotRemoved() {
		Payload payload = new Payload("""
				[{"id": 1, "name": "One", "finance": []}, {"id": 2, "name": "Two", "finance": [{"id": 2}, {"id": 3}]}]
				""", null, false, true);
		this.rig.writer()
			.insert(Rig.CALLER, Rig.name("company"), payload, new Duplicates(Duplicates.Resolution.MERGE, null),
					Query.ALL, WriteOptions.DEFAULTS);
		assertThat(column("SELECT id || '-' || company_id FROM finance ORDER BY 1")).isEqualTo("2-2,3-2");
	}

	@Test
	void versionsAreCheckedAtEachLevel() {
		String version = this.rig.version("company", "id=eq.1");
		String team = this.rig.version("team", "id=eq.1");
		String body = "{\"name\":\"n1\",\"team\":[{\"id\":1,\"name\":\"t\",\"_version\":\"%s\"}]}".formatted(team);
		this.rig.update("company", "id=eq.1", body, Rig.expecting(version));
		StaleRowException stale = catchThrowableOfType(StaleRowException.class,
				() -> this.rig.update("company", "id=eq.1", "{\"name\":\"n2\",\"team\":[]}", Rig.expecting(version)));
		assertThat(stale.current().json()).contains("\"name\":\"n1\"", "\"_version\"");
		StaleRowException child = catchThrowableOfType(StaleRowException.class,
				() -> this.rig.update("company", "id=eq.1", body));
		assertThat(child.problem().column()).isEqualTo("team[0]");
		assertThat(child.current().json()).contains("\"name\":\"t\"");
		StaleRowException gone = catchThrowableOfType(StaleRowException.class,
				() -> this.rig.update("company", "id=eq.1", body.replace("\"id\":1", "\"id\":77")));
		assertThat(gone.current()).isNull();
	}

	@Test
	void rowMayHaveAnyVersionOrOneOfSeveral() {
		String body = "{\"name\":\"n1\",\"team\":[]}";
		String version = this.rig.version("company", "id=eq.1");
		WriteOptions any = Rig.expecting(WriteOptions.ANY_VERSION);
		this.rig.update("company", "id=eq.2", "{\"team\":[]}", any);
		assertThat(Rig.problem(() -> this.rig.update("company", "id=eq.9", body, any)).status()).isEqualTo(412);
		assertThat(Rig.problem(
				() -> this.rig.update("company", "id=eq.1", body, WriteOptions.DEFAULTS.withVersions("0", Set.of("1"))))
			.status()).isEqualTo(412);
		this.rig.update("company", "id=eq.1", body, WriteOptions.DEFAULTS.withVersions("0", Set.of(version)));
		String both = "{\"name\":\"n2\",\"_version\":\"%s\",\"team\":[]}"
			.formatted(this.rig.version("company", "id=eq.1"));
		assertThat(Rig.problem(() -> this.rig.update("company", "id=eq.1", both, Rig.expecting("0"))).status())
			.isEqualTo(412);
		this.rig.update("company", "id=eq.1", both, any);
		Payload put = Payload.of("{\"id\":9,\"name\":\"Nine\",\"team\":[]}");
		assertThat(Rig
			.problem(() -> this.rig.writer().replace(Rig.CALLER, Rig.name("company"), put, Rig.query("id=eq.9"), any))
			.status()).isEqualTo(412);
	}

	@Test
	void upsertAppliesToTheRoots() {
		Written written = upsert(
				"[{\"id\":1,\"name\":\"Uno\",\"team\":[{\"name\":\"t\"}]},{\"id\":7,\"name\":\"Seven\"}]",
				Duplicates.Resolution.MERGE, null);
		assertThat(written.created()).isTrue();
		assertThat(written.page().rows()).extracting((row) -> row.key().get(0)).containsExactly("1", "7");
		assertThat(upsert("{\"name\":\"Uno\",\"team\":[],\"turnover\":1}", Duplicates.Resolution.MERGE, List.of("name"))
			.created()).isFalse();
		upsert("[{\"name\":\"Uno\",\"turnover\":2,\"team\":[{\"name\":\"no\"}]},{\"name\":\"Uni\",\"team\":[{\"name\":\"yes\"}]}]",
				Duplicates.Resolution.IGNORE, List.of("name"));
		assertThat(column("SELECT name || coalesce(turnover, 0) FROM company ORDER BY id"))
			.isEqualTo("Uno1,Two0,Uni0,Seven0");
		assertThat(column("SELECT name FROM team WHERE id > 3")).isEqualTo("t,yes");
		assertThat(Rig
			.problem(() -> upsert("{\"name\":\"Uno\",\"sector_code\":\"it\",\"team\":[]}", Duplicates.Resolution.MERGE,
					List.of("sector_code")))
			.code()).isEqualTo("42P10");
	}

	@Test
	void replacementHasChildren() {
		Written written = this.rig.writer()
			.replace(Rig.CALLER, Rig.name("company"),
					Payload.of("{\"id\":9,\"name\":\"Nine\",\"team\":[{\"name\":\"t\"}]}"), Rig.query("id=eq.9"),
					WriteOptions.DEFAULTS);
		assertThat(written.created()).isTrue();
		assertThat(Rig
			.problem(() -> this.rig.writer()
				.replace(Rig.CALLER, Rig.name("company"), Payload.of("{\"id\":9,\"name\":\"Nine\",\"team\":[]}"),
						Rig.query("id=eq.8"), WriteOptions.DEFAULTS))
			.code()).isEqualTo("PGRST115");
	}

	@Test
	void selectSaysWhatIsReturned() {
		assertThat(this.rig.writer()
			.insert(Rig.CALLER, Rig.name("company"), "{\"name\":\"New\",\"finance\":[{\"year\":2020},{\"year\":2021}]}",
					Rig.query("select=name,finance(year)&finance.year=gt.2020"), WriteOptions.DEFAULTS)
			.json()).isEqualTo("[{\"name\":\"New\",\"finance\":[{\"year\":2021}]}]");
	}

	@Test
	void columnsSayWhatIsWritten() {
		Payload payload = new Payload("{\"name\":\"New\",\"turnover\":1,\"finance\":[{\"year\":2020}],\"team\":[{}]}",
				List.of("name", "finance"), false);
		assertThat(this.rig.writer()
			.insert(Rig.CALLER, Rig.name("company"), payload, null, Query.ALL, WriteOptions.DEFAULTS)
			.page()
			.json()).contains("\"turnover\":null", "\"year\":2020").doesNotContain("team");
	}

	private Written upsert(String body, Duplicates.Resolution resolution, List<String> key) {
		return this.rig.writer()
			.insert(Rig.CALLER, Rig.name("company"), Payload.of(body), new Duplicates(resolution, key), Query.ALL,
					WriteOptions.DEFAULTS);
	}

}

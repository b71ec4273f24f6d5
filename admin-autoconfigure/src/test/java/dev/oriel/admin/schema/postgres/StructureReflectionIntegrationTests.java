package dev.oriel.admin.schema.postgres;

import java.util.List;
import java.util.Map;

import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.Constraint;
import dev.oriel.admin.schema.DataType;
import dev.oriel.admin.schema.Enforcement;
import dev.oriel.admin.schema.ForeignKey;
import dev.oriel.admin.schema.ForeignKey.Action;
import dev.oriel.admin.schema.Index;
import dev.oriel.admin.schema.Partitioning;
import dev.oriel.admin.schema.Privileges;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.RowSecurity;
import dev.oriel.admin.schema.Structure;
import dev.oriel.admin.schema.UniqueKey;
import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Tests for the reflection of what relations have besides columns and keys, on a database
 * with every construct that PostgreSQL has.
 */
class StructureReflectionIntegrationTests {

	private static final String WEIRD = "we\"ird; DROP TABLE x;--";

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create("dev/oriel/admin/schema/torture.sql");

	private static Reflection reflection;

	@BeforeAll
	static void reflect() {
		reflection = Reflection.of(database);
	}

	@Test
	void inheritanceIsToldFromBothSides() {
		assertThat(structure("kinds", "truck").parents()).containsExactly(kinds("vehicle"), kinds("insured"));
		assertThat(structure("kinds", "fire_truck").parents()).containsExactly(kinds("truck"));
		assertThat(structure("kinds", "vehicle").parents()).isEmpty();
		assertThat(reflection.snapshot().children(kinds("vehicle"))).containsExactly(kinds("truck"));
		assertThat(reflection.snapshot().children(kinds("truck"))).containsExactly(kinds("fire_truck"));
		assertThat(reflection.snapshot().children(kinds("plain"))).isEmpty();
	}

	@Test
	void partitionsAreToldWithTheirBounds() {
		assertThat(structure("kinds", "measurement").partitioning()).isEqualTo(new Partitioning("RANGE (day)", null));
		assertThat(structure("kinds", "measurement_2026").partitioning())
			.isEqualTo(new Partitioning("LIST (city)", "FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')"));
		assertThat(structure("kinds", "measurement_default").partitioning())
			.isEqualTo(new Partitioning(null, "DEFAULT"));
		assertThat(structure("kinds", "unparted").partitioning().key()).isEqualTo("LIST (lower(name))");
		assertThat(structure("kinds", "measurement_2026").parents()).isEmpty();
		assertThat(reflection.snapshot().children(kinds("measurement"))).containsExactly(kinds("measurement_2025"),
				kinds("measurement_2026"), kinds("measurement_default"));
	}

	@Test
	void persistenceRowSecurityAndContentAreRead() {
		assertThat(structure("kinds", "unlogged").unlogged()).isTrue();
		assertThat(structure("kinds", "plain").unlogged()).isFalse();
		assertThat(structure("public", "guarded").rowSecurity()).isEqualTo(new RowSecurity(true, true));
		assertThat(structure("public", "tagged").rowSecurity()).isEqualTo(RowSecurity.NONE);
		assertThat(structure("kinds", "stored_view").content()).isEqualTo(Structure.Content.PRESENT);
		assertThat(structure("kinds", "unpopulated_view").content()).isEqualTo(Structure.Content.UNPOPULATED);
		assertThat(structure("kinds", "unreachable").content()).isEqualTo(Structure.Content.UNREACHABLE);
	}

	@Test
	void whatIsSupportedIsToldApartFromWhatIsAllowed() {
		assertThat(structure("kinds", "plain").supported()).isEqualTo(Privileges.ALL);
		assertThat(structure("kinds", "simple_view").supported()).isEqualTo(Privileges.ALL);
		assertThat(structure("kinds", "grouped_view").supported()).isEqualTo(new Privileges(true, false, false, false));
		assertThat(structure("kinds", "trigger_view").supported()).isEqualTo(new Privileges(true, true, false, true));
		assertThat(structure("kinds", "rule_view").supported()).isEqualTo(new Privileges(true, true, false, false));
	}

	@Test
	void commentsAreTakenApart() {
		assertThat(reflection.relation("tagged").comment())
			.isEqualTo("Things with tags.\nA second line, for support@example.org.");
		assertThat(structure("public", "tagged").tags()).isEqualTo(Map.of("label", "Tagged things"));
		assertThat(reflection.column("tagged", "price").comment()).isEqualTo("Without tax.");
		assertThat(reflection.column("tagged", "price").tags())
			.isEqualTo(Map.of("label", "Price in euros", "format", "currency"));
		assertThat(reflection.column("tagged", "internal").comment()).isNull();
		assertThat(reflection.column("tagged", "plain").comment()).isEqualTo("No tags, only @ signs");
	}

	@Test
	void checksAndExclusionsKnowTheirColumns() {
		assertThat(constraints("keys", "booking")).containsExactly(
				new Constraint("always_true", Constraint.Kind.CHECK, "CHECK (true) NO INHERIT", List.of(),
						Enforcement.IMMEDIATE),
				new Constraint("bounds; \"really\"", Constraint.Kind.CHECK,
						"CHECK (((NOT isempty(during)) OR cancelled))", List.of("during", "cancelled"),
						Enforcement.IMMEDIATE),
				new Constraint("no_overlap", Constraint.Kind.EXCLUSION,
						"EXCLUDE USING gist (box(point((room)::double precision, (room)::double precision), "
								+ "point((room)::double precision, (room)::double precision)) WITH &&, "
								+ "during WITH &&) WHERE ((NOT cancelled)) DEFERRABLE",
						List.of("room", "during", "cancelled"), new Enforcement(true, true, true, false)),
				new Constraint("recent", Constraint.Kind.CHECK,
						"CHECK ((lower(during) > '2000-01-01 00:00:00'::timestamp without time zone)) NOT VALID",
						List.of("during"), new Enforcement(true, false, false, false)),
				new Constraint("room_positive", Constraint.Kind.CHECK, "CHECK ((room > 0))", List.of("room"),
						Enforcement.IMMEDIATE));
	}

	@Test
	void checkOfTheWholeRowIsAboutAllColumns() {
		database.execute("""
				CREATE SCHEMA whole;
				CREATE TABLE whole.row_check (a integer, b integer);
				ALTER TABLE whole.row_check ADD CHECK (row_check IS NOT NULL);
				CREATE INDEX ON whole.row_check ((row_check IS NULL))
				""");
		Reflection whole = Reflection.of(database.dataSource(),
				new ReflectionSettings(List.of("whole"), List.of(), List.of()));
		Structure structure = whole.relation("whole", "row_check").structure();
		assertThat(structure.constraints()).extracting(Constraint::columns).containsExactly(List.of("a", "b"));
		assertThat(structure.indexes()).extracting(Index::columns).containsExactly(List.of("a", "b"));
		database.execute("DROP SCHEMA whole CASCADE");
	}

	@Test
	void indexesKnowTheirPartsAndColumns() {
		assertThat(index("keys", "company", "company_mixed")).isEqualTo(new Index("company_mixed", "btree", false,
				false, true, List.of(new Index.Part("region", false), new Index.Part("lower(code)", true)), List.of(),
				null, List.of("region", "code")));
		assertThat(index("keys", "company", "company_partial").predicate()).isEqualTo("(number > 0)");
		assertThat(index("keys", "company", "company_partial").columns()).containsExactly("number", "later");
		assertThat(index("keys", "company", "company_covering").included()).containsExactly("code");
		assertThat(index("keys", "company", "company_pkey").primary()).isTrue();
		assertThat(index("keys", "booking", "booking_room_hash").method()).isEqualTo("hash");
		assertThat(index("kinds", "stored_view", "stored_view_id_idx").unique()).isTrue();
		assertThat(index("kinds", "measurement", "measurement_pkey").parts()).extracting(Index.Part::text)
			.containsExactly("city", "day");
	}

	@Test
	void onlyWhatNamesRowsAtAnyMomentIsAKey() {
		assertThat(reflection.relation("keys", "company").primaryKey()).containsExactly("region", "number");
		assertThat(reflection.relation("keys", "company").uniqueKeys()).containsExactly(
				new UniqueKey("company_code_key", List.of("code")),
				new UniqueKey("company_covering", List.of("number", "region")));
		assertThat(reflection.relation("keys", "by_unique").key()).containsExactly("code");
		assertThat(reflection.relation("keys", "keyless").key()).isEmpty();
	}

	@Test
	void foreignKeysTellTheirActionsAndWhenTheyAreChecked() {
		assertThat(foreignKey("keys", "company", "company_parent")).returns(Action.SET_NULL, ForeignKey::onDelete)
			.returns(Action.CASCADE, ForeignKey::onUpdate)
			.returns(Enforcement.IMMEDIATE, ForeignKey::enforcement);
		assertThat(foreignKey("keys", "game", "game_home").enforcement())
			.isEqualTo(new Enforcement(true, true, true, true));
		assertThat(foreignKey("keys", "game", "game_guest").enforcement())
			.isEqualTo(new Enforcement(true, false, false, false));
		assertThat(foreignKey("keys", "game", "game_guest").onUpdate()).isEqualTo(Action.RESTRICT);
		assertThat(foreignKey("keys", "team", "team_first_game_id_fkey").enforcement())
			.isEqualTo(new Enforcement(true, true, true, false));
		assertThat(foreignKey("keys", "game", "game_vehicle_id_fkey").target()).isEqualTo(kinds("vehicle"));
		assertThat(reflection.snapshot().referencing(new RelationName("keys", "team"))).extracting(ForeignKey::name)
			.contains("game_home", "game_guest", "team_captain_id_fkey");
	}

	@Test
	void constraintsMayBeLeftUnenforced() {
		assumeTrue(serverVersion() >= 18, "PostgreSQL has constraints that are not enforced since 18");
		Enforcement unenforced = new Enforcement(false, false, false, false);
		assertThat(foreignKey("keys", "unenforced", "unenforced_team").enforcement()).isEqualTo(unenforced);
		assertThat(constraints("keys", "unenforced")).extracting(Constraint::enforcement).containsExactly(unenforced);
	}

	@Test
	void keysOverPeriodsPointAtSeveralRowsAndSoAreConstraints() {
		assumeTrue(serverVersion() >= 18, "PostgreSQL has keys over periods since 18");
		assertThat(reflection.relation("keys", "temporal_part").foreignKeys()).isEmpty();
		assertThat(constraints("keys", "temporal_part")).singleElement()
			.returns(Constraint.Kind.PERIOD_FOREIGN_KEY, Constraint::kind)
			.returns(List.of("of", "valid_at"), Constraint::columns);
		assertThat(reflection.relation("keys", "temporal").key()).containsExactly("id", "valid_at");
	}

	@Test
	void compositesHaveFields() {
		DataType.Composite person = (DataType.Composite) column("types", "made", "person").type();
		assertThat(person.fields()).extracting(DataType.Field::name).containsExactly("name", "home", "moods");
		DataType.Composite home = (DataType.Composite) person.fields().get(1).type();
		assertThat(home.fields()).extracting(DataType.Field::name).containsExactly("street", "number", "odd \"field");
		assertThat(home.fields().get(2).type()).isInstanceOf(DataType.Enumeration.class);
		assertThat(column("types", "rows_in_rows", "one").type()).isInstanceOf(DataType.Composite.class);
	}

	@Test
	void typesThatNobodyKnowsAreToldApart() {
		assertThat(column("types", "made", "opaque").type().isKnown()).isFalse();
		assertThat(column("types", "made", "opaques").type().isKnown()).isFalse();
		assertThat(reflection.relation("types", "base").columns()).allMatch((column) -> column.type().isKnown());
		assertThat(column("types", "made", "good_mood").type().isKnown()).isTrue();
	}

	@Test
	void columnsAreComputedWhenWrittenOrRead() {
		assertThat(column("keys", "computed", "gross").generation()).isEqualTo(Column.Generation.STORED);
		assertThat(column("keys", "computed", "net").generation()).isEqualTo(Column.Generation.NONE);
		assumeTrue(serverVersion() >= 18, "PostgreSQL has virtual columns since 18");
		assertThat(column("keys", "computed", "tax").generation()).isEqualTo(Column.Generation.VIRTUAL);
	}

	@Test
	void hostileNamesOfEverythingComeAsTheyAre() {
		assertThat(constraints(WEIRD, WEIRD)).extracting(Constraint::name).containsExactly("c\"heck; --");
		assertThat(reflection.relation(WEIRD, WEIRD).structure().indexes()).extracting(Index::name)
			.containsExactlyInAnyOrder("%s", "in\"dex; --", "p\"k; --");
		assertThat(reflection.relation(WEIRD, WEIRD).foreignKeys()).extracting(ForeignKey::name)
			.containsExactly("f\"key; --");
		assertThat(column(WEIRD, WEIRD, "\uD83E\uDD8B").type()).isInstanceOfSatisfying(DataType.Enumeration.class,
				(type) -> assertThat(type.labels()).containsExactly("label'; DROP", "a\"b", "%s", "\uD83E\uDD8B"));
		assertThat(column(WEIRD, WEIRD, " ").type()).isInstanceOfSatisfying(DataType.Domain.class,
				(type) -> assertThat(type.checks()).containsExactly("CHECK ((VALUE <> 'it''s'::text))"));
	}

	private static Structure structure(String schema, String relation) {
		return reflection.relation(schema, relation).structure();
	}

	private static List<Constraint> constraints(String schema, String relation) {
		return structure(schema, relation).constraints();
	}

	private static Index index(String schema, String relation, String name) {
		return structure(schema, relation).indexes()
			.stream()
			.filter((index) -> index.name().equals(name))
			.findFirst()
			.orElseThrow();
	}

	private static ForeignKey foreignKey(String schema, String relation, String name) {
		return reflection.relation(schema, relation)
			.foreignKeys()
			.stream()
			.filter((key) -> key.name().equals(name))
			.findFirst()
			.orElseThrow();
	}

	private static Column column(String schema, String relation, String name) {
		Column column = reflection.relation(schema, relation).column(name);
		assertThat(column).as(name).isNotNull();
		return column;
	}

	private static RelationName kinds(String name) {
		return new RelationName("kinds", name);
	}

	private static int serverVersion() {
		return database.jdbc()
			.sql("SELECT current_setting('server_version_num')::integer / 10000")
			.query(Integer.class)
			.single();
	}

}

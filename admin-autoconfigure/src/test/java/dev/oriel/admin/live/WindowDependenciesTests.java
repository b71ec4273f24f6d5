package dev.oriel.admin.live;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.oriel.admin.access.RelationAccess;
import dev.oriel.admin.data.CountMode;
import dev.oriel.admin.access.AccessPolicy;
import dev.oriel.admin.access.Caller;
import dev.oriel.admin.access.Operation;
import dev.oriel.admin.query.Filter;
import dev.oriel.admin.query.QueryParser;
import dev.oriel.admin.schema.DataType;
import dev.oriel.admin.schema.ForeignKey;
import dev.oriel.admin.schema.Function;
import dev.oriel.admin.schema.InheritedKey;
import dev.oriel.admin.schema.InheritedKey.End;
import dev.oriel.admin.schema.Privileges;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.schema.RelationKind;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.SchemaSnapshot;
import dev.oriel.admin.testing.GivenSchema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WindowDependencies}.
 */
class WindowDependenciesTests {

	private final Function age = function("age", "person", null, Function.Volatility.IMMUTABLE);

	private final Function idols = function("idols", "person", "person", Function.Volatility.STABLE);

	private final ForeignKey owner = key("owner", "pet", "owner_id", "person");

	private final SchemaSnapshot snapshot = new SchemaSnapshot("1", "test", List.of("public"),
			List.of(relation("person", RelationKind.TABLE), relation("pet", RelationKind.TABLE, this.owner),
					relation("like", RelationKind.TABLE, key("who", "like", "who_id", "person"),
							key("what", "like", "what_id", "pet")),
					relation("people", RelationKind.VIEW)),
			List.of(this.age, this.idols),
			List.of(new InheritedKey("owner", ForeignKey.Action.NO_ACTION,
					List.of(new End(name("pet"), List.of("owner_id"), false, false, false)),
					List.of(new End(name("person"), List.of("id"), false, true, true),
							new End(name("people"), List.of("id"), true, true, true)))));

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			pet    | select=*                                  | pet                | -
			pet    | select=id,person(*)                       | pet,person,like    | -
			pet    | select=id,owner_id(age)                   | pet,person,people  | age
			pet    | select=id,people(id)                      | pet,people         | -
			people | select=id,pet(id,person(id))&pet.age=eq.1 | people,pet,person,like | -
			person | select=age                                | person             | age
			person | age=gt.3                                  | person             | age
			person | or=(id.eq.1,not.and(age.gt.3,id.eq.2))    | person             | age
			person | order=age                                 | person             | age
			pet    | select=owner_id()&order=owner_id(age)     | pet,person,people  | age
			person | select=idols(age)                         | person             | age,idols
			person | select=idols(idols(id))                   | person             | idols
			""")
	void everythingThatAnAnswerIsMadeOfCounts(String relation, String query, String relations,
			@Nullable String functions) {
		WindowDependencies dependencies = WindowDependencies.of(this.snapshot, name(relation),
				new QueryParser().parse(query));
		assertThat(dependencies.relations()).extracting(RelationName::name)
			.containsExactlyInAnyOrderElementsOf(Arrays.asList(relations.split(",")));
		assertThat(dependencies.functions()).extracting(Function::name)
			.containsExactlyInAnyOrderElementsOf((functions != null) ? Arrays.asList(functions.split(",")) : List.of());
	}

	@Test
	void rulesOnRowsAreComputedByFunctionsWhoeverMayCallThem() {
		Filter rule = new QueryParser().parse("or=(id.eq.1,idols.is.null)").filter();
		AccessPolicy policy = (caller, relation) -> new RelationAccess(Set.of(Operation.SELECT), Set.of("id"), Set.of(),
				Set.of(), rule);
		CallerRights rights = new CallerRights(new GivenSchema(this.snapshot), policy);
		Caller caller = new Caller("alice", Set.of());
		assertThat(rights.of(caller, name("person"), new QueryParser().parse("select=id")).functions())
			.containsExactly(this.idols);
	}

	@Test
	void whatNothingTellsOfIsReadAgain() {
		assertThat(PeriodClock.interval(key(this.age))).isNull();
		assertThat(PeriodClock.interval(key(this.age, this.idols))).isEqualTo(PeriodClock.COMPUTED);
	}

	private WindowKey key(Function... functions) {
		RelationAccess access = new RelationAccess(Set.of(), Set.of(), Set.of(), Set.of(), Filter.NONE);
		return new WindowKey(name("person"), new QueryParser().parse(""), new WindowOptions(false, CountMode.NONE),
				new WindowKey.Rights(Map.of(name("person"), access), Set.of(functions)));
	}

	private static RelationName name(String name) {
		return new RelationName("public", name);
	}

	private static ForeignKey key(String name, String source, String column, String target) {
		return new ForeignKey(name, name(source), List.of(column), name(target), List.of("id"),
				ForeignKey.Action.NO_ACTION, false);
	}

	private static Relation relation(String name, RelationKind kind, ForeignKey... keys) {
		return new Relation(1, name(name), kind, null, List.of(), List.of("who_id", "what_id"), List.of(),
				List.of(keys), null, null, Privileges.ALL);
	}

	private static Function function(String name, String relation, @Nullable String target,
			Function.Volatility volatility) {
		DataType type = new DataType.Base(23, "integer", "int4", 'N');
		Function.Result result = new Function.Result(type, (target != null) ? Function.Shape.ROW : Function.Shape.VALUE,
				target != null, List.of(), (target != null) ? name(target) : null);
		return new Function(name.length(), "public", name, List.of(), result, volatility, null, true,
				new Function.Computed(name(relation), false));
	}

}

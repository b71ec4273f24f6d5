package dev.oriel.admin.data;

import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.oriel.admin.access.AccessPolicy;
import dev.oriel.admin.access.Caller;
import dev.oriel.admin.access.PrivilegeAccessPolicy;
import dev.oriel.admin.access.RelationAccess;
import dev.oriel.admin.query.Filter;
import dev.oriel.admin.query.Operator;
import dev.oriel.admin.schema.Function;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.schema.postgres.PostgresSchemaSource;
import dev.oriel.admin.schema.postgres.ReflectionSettings;
import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what {@link FunctionCaller} lets a caller do.
 */
class FunctionCallerIntegrationTests {

	private static final CallOptions OPTIONS = new CallOptions(false, CountMode.NONE, null, false, false);

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create("dev/oriel/admin/data/functions.sql");

	@Test
	void readOnlyLeavesFunctionsThatChangeNothing() {
		FunctionCaller caller = caller(new PrivilegeAccessPolicy(true));
		assertThat(call(caller, "titles", "limit=1")).isEqualTo("[\"Okja\"]");
		assertThat(Rig.problem(() -> call(caller, "refuse", "")).code()).isEqualTo("PGRST202");
	}

	@Test
	void policyThatSaysNothingOfFunctionsAllowsNone() {
		AccessPolicy policy = new PrivilegeAccessPolicy(false)::decide;
		assertThat(Rig.problem(() -> call(caller(policy), "titles", "")).code()).isEqualTo("PGRST202");
	}

	@Test
	void forbiddenFunctionIsAsIfItWereNotThere() {
		FunctionCaller caller = caller(new Narrow());
		Problem forbidden = Rig.problem(() -> call(caller, "titles", ""));
		Problem missing = Rig.problem(() -> call(caller, "zzzzzz", ""));
		assertThat(forbidden.message()).isEqualTo(missing.message().replace("zzzzzz", "titles"));
		assertThat(forbidden.details()).isEqualTo(String.valueOf(missing.details()).replace("zzzzzz", "titles"));
		assertThat(forbidden.status()).isEqualTo(missing.status());
		assertThat(forbidden.hint()).isNull();
		assertThat(Rig.problem(() -> call(caller, "title", "")).hint()).isNull();
	}

	@Test
	void rowsOfARelationKeepItsRules() {
		FunctionCaller caller = caller(new Narrow());
		assertThat(call(caller, "best_films", "")).isEqualTo("[{\"id\":1,\"title\":\"Okja\"}]");
		assertThat(Rig.problem(() -> call(caller, "best_films", "secret=eq.s")).code()).isEqualTo("42703");
	}

	private static FunctionCaller caller(AccessPolicy policy) {
		return new FunctionCaller(database.dataSource(),
				new PostgresSchemaSource(database.dataSource(), ReflectionSettings.ALL), policy, Rig.SETTINGS);
	}

	private static String call(FunctionCaller caller, String function, String query) {
		return caller
			.call(Rig.CALLER, "public", function, CallBody.ofTexts(Map.<String, List<String>>of()), Rig.query(query),
					OPTIONS)
			.json();
	}

	/**
	 * Hides a function, and columns and rows of a relation.
	 */
	private static final class Narrow implements AccessPolicy {

		private final AccessPolicy all = new PrivilegeAccessPolicy(false);

		@Override
		public RelationAccess decide(Caller caller, Relation relation) {
			RelationAccess access = this.all.decide(caller, relation);
			return new RelationAccess(access.operations(), Set.of("id", "title"), Set.of(), Set.of(),
					Filter.Comparison.of("rating", Operator.LT, "8"));
		}

		@Override
		public boolean mayCall(Caller caller, Function function) {
			return !function.name().equals("titles");
		}

	}

}

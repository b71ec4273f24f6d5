package dev.oriel.admin.schema.postgres;

import java.util.List;

import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.Function;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the reflection of functions.
 */
class FunctionReflectionIntegrationTests {

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create("dev/oriel/admin/data/functions.sql");

	@Test
	void argumentsHaveModesAndDefaults() {
		Function ratings = function("ratings");
		assertThat(ratings.inputs()).extracting(Function.Argument::name).containsExactly("lowest");
		assertThat(ratings.inputs().get(0).optional()).isTrue();
		assertThat(ratings.arguments()).extracting(Function.Argument::mode)
			.containsExactly(Function.Mode.IN, Function.Mode.TABLE, Function.Mode.TABLE);
		assertThat(function("plus_two").inputs()).extracting(Function.Argument::mode)
			.containsExactly(Function.Mode.VARIADIC);
		assertThat(function("both_ways").inputs()).extracting(Function.Argument::mode)
			.containsExactly(Function.Mode.INOUT);
		assertThat(function("mult_them").inputs()).extracting(Function.Argument::name).containsExactly("");
		assertThat(function("add_them").comment()).isEqualTo("Adds");
		assertThat(function("add_them").volatility()).isEqualTo(Function.Volatility.IMMUTABLE);
		assertThat(function("write_log").isVolatile()).isTrue();
	}

	@Test
	void resultsHaveShapesAndColumns() {
		Function.Result rows = function("best_films").result();
		assertThat(rows.relation()).isEqualTo(new RelationName("public", "films"));
		assertThat(rows.set()).isTrue();
		assertThat(rows.columns()).extracting(Column::name).containsExactly("id", "title", "rating", "secret");
		assertThat(function("film").result().set()).isFalse();
		assertThat(function("write_log").result().shape()).isEqualTo(Function.Shape.VOID);
		assertThat(function("titles").result().shape()).isEqualTo(Function.Shape.VALUE);
		assertThat(function("untyped").result().shape()).isEqualTo(Function.Shape.VALUE);
		assertThat(function("halves").result().columns()).extracting(Column::name).containsExactly("half");
	}

	@Test
	void whatCannotBeCalledIsLeftOut() {
		assertThat(functions()).extracting(Function::name)
			.doesNotContain("touch", "any_of")
			.contains("rental_duration");
		assertThat(functions()).filteredOn((function) -> function.name().equals("rental_duration")).hasSize(2);
	}

	@Test
	void changesAreNoticed() {
		try (PostgresSchemaSource source = new PostgresSchemaSource(database.dataSource(), ReflectionSettings.ALL)) {
			String before = source.snapshot().version();
			CatalogReader reader = new CatalogReader(database.dataSource(), ReflectionSettings.ALL);
			for (String ddl : List.of("CREATE FUNCTION late() RETURNS int LANGUAGE sql AS 'SELECT 1'",
					"ALTER FUNCTION late() STABLE", "COMMENT ON FUNCTION late() IS 'new'",
					"CREATE OR REPLACE FUNCTION late() RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 2'",
					"DROP FUNCTION late()")) {
				String fingerprint = fingerprint(reader);
				database.execute(ddl);
				assertThat(fingerprint(reader)).as(ddl).isNotEqualTo(fingerprint);
				String after = source.refresh().version();
				assertThat(after).as(ddl).isNotEqualTo(before);
				before = after;
			}
		}
	}

	@Test
	void privilegesAreTheRolesOwn() {
		database.execute("""
				CREATE ROLE function_reader LOGIN PASSWORD 'function_reader';
				REVOKE EXECUTE ON FUNCTION add_them(int, int) FROM PUBLIC;
				GRANT SELECT ON films TO function_reader;
				""");
		Reflection reflection = Reflection.of(database.dataSource("function_reader", "function_reader"),
				ReflectionSettings.ALL);
		assertThat(reflection.snapshot().functions())
			.filteredOn((function) -> List.of("add_them", "titles").contains(function.name()))
			.extracting(Function::executable)
			.containsExactly(false, true);
	}

	private static String fingerprint(CatalogReader reader) {
		try {
			return reader.fingerprint();
		}
		catch (java.sql.SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static List<Function> functions() {
		return Reflection.of(database).snapshot().functions();
	}

	private static Function function(String name) {
		return functions().stream().filter((function) -> function.name().equals(name)).findFirst().orElseThrow();
	}

}

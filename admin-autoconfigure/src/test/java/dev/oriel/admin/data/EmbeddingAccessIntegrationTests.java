package dev.oriel.admin.data;

import java.util.HashSet;
import java.util.Set;
import java.util.function.UnaryOperator;

import dev.oriel.admin.access.Operation;
import dev.oriel.admin.access.PrivilegeAccessPolicy;
import dev.oriel.admin.access.RelationAccess;
import dev.oriel.admin.query.Filter;
import dev.oriel.admin.query.Operator;
import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that what is embedded tells no more than the relations themselves would.
 */
class EmbeddingAccessIntegrationTests {

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create("dev/oriel/admin/data/films.sql");

	@Test
	void relationThatMayNotBeReadIsNotThere() {
		Rig rig = hiding("directors");
		Problem hidden = Rig.problem(() -> rig.read("films", "select=id,directors(*)"));
		Problem missing = Rig.problem(() -> rig.read("films", "select=id,zzzzzzzzz(*)"));
		assertThat(hidden.code()).isEqualTo("PGRST200");
		assertThat(hidden.message()).isEqualTo(missing.message().replace("zzzzzzzzz", "directors"));
		assertThat(hidden.details()).isEqualTo(String.valueOf(missing.details()).replace("zzzzzzzzz", "directors"));
		assertThat(hidden.hint()).isNull();
		assertThat(Rig.problem(() -> rig.read("films", "select=id,director(*)")).hint()).isNull();
		assertThat(Rig.problem(() -> rig.read("films", "select=id,director_id(*)")).code()).isEqualTo("PGRST200");
	}

	@Test
	void relationThatMayOnlyBeWrittenIsNotEmbedded() {
		Rig rig = with("directors", (access) -> new RelationAccess(Set.of(Operation.INSERT), access.readable(),
				access.insertable(), access.updatable(), Filter.NONE));
		assertThat(Rig.problem(() -> rig.read("films", "select=id,directors(*)")).code()).isEqualTo("PGRST200");
	}

	@Test
	void junctionThatMayNotBeReadLeadsNowhere() {
		Rig rig = hiding("roles");
		assertThat(Rig.problem(() -> rig.read("films", "select=id,actors(*)")).code()).isEqualTo("PGRST200");
		assertThat(Rig.problem(() -> rig.read("films", "select=id,roles(*)")).code()).isEqualTo("PGRST200");
	}

	@Test
	void hiddenCandidatesAreNotTold() {
		Rig rig = without("orders", "shipping_id");
		assertThat(rig.read("orders", "select=id,addresses(city)&id=eq.1"))
			.isEqualTo("[{\"id\":1,\"addresses\":{\"city\":\"Ulm\"}}]");
	}

	@Test
	void keyThatMayNotBeReadLeadsNowhere() {
		assertThat(Rig.problem(() -> without("films", "director_id").read("films", "select=id,directors(*)")).code())
			.isEqualTo("PGRST200");
		assertThat(Rig.problem(() -> without("films", "director_id").read("directors", "select=id,films(id)")).code())
			.isEqualTo("PGRST200");
		assertThat(Rig.problem(() -> without("roles", "actor_id").read("films", "select=id,actors(id)")).code())
			.isEqualTo("PGRST200");
	}

	@ParameterizedTest
	@ValueSource(strings = { "select=id,directors(last_name)", "select=id,...directors(last_name)",
			"select=id,directors(id)&directors.last_name=eq.x", "select=id,directors()&order=directors(last_name)",
			"select=id,directors(id)&directors.order=last_name", "select=id,directors(last_name.max())",
			"select=id,directors!inner()&directors.last_name=not.is.null" })
	void hiddenColumnsOfEmbedsAreNotThere(String query) {
		Rig rig = without("directors", "last_name");
		Problem hidden = Rig.problem(() -> rig.read("films", query));
		Problem missing = Rig.problem(() -> rig.read("films", query.replace("last_name", "missing")));
		assertThat(hidden.code()).isEqualTo("42703");
		assertThat(hidden.message()).isEqualTo(missing.message().replace("missing", "last_name"));
		assertThat(String.valueOf(hidden.hint())).doesNotContain("last_name");
		assertThat(rig.read("films", "select=id,directors(*)&id=eq.1"))
			.isEqualTo("[{\"id\":1,\"directors\":{\"id\":3,\"first_name\":\"Louis\",\"born\":1864}}]");
	}

	@Test
	void rulesOnRowsHoldOnEveryHop() {
		Rig films = ruled("films", Filter.Comparison.of("year", Operator.LT, "1900"));
		assertThat(films.read("directors", "select=id,films(id)&id=eq.2"))
			.isEqualTo("[{\"id\":2,\"films\":[{\"id\":2}]}]");
		assertThat(films.read("directors", "select=id,films!inner()&films.id=eq.3")).isEqualTo("[]");
		assertThat(films.read("directors", "select=id,...films(id)&id=eq.2")).isEqualTo("[{\"id\":2,\"id\":[2]}]");
		assertThat(films.read("actors", "select=id,films(id)&id=eq.2"))
			.isEqualTo("[{\"id\":2,\"films\":[{\"id\":2}]}]");
		assertThat(films.read("directors", "select=id,films(n:count())&id=eq.2"))
			.isEqualTo("[{\"id\":2,\"films\":[{\"n\":1}]}]");
		Rig roles = ruled("roles", Filter.Comparison.of("character", Operator.NEQ, "Devil"));
		assertThat(roles.read("films", "select=id,actors(id)&id=eq.2"))
			.isEqualTo("[{\"id\":2,\"actors\":[{\"id\":1}]}]");
		Rig directors = ruled("directors", Filter.Comparison.of("born", Operator.GT, "1862"));
		assertThat(directors.read("films", "select=id,directors(id)&id=in.(1,2)&order=directors(born)"))
			.isEqualTo("[{\"id\":1,\"directors\":{\"id\":3}},{\"id\":2,\"directors\":null}]");
		assertThat(directors.count("films", "select=id,directors!inner()", CountMode.EXACT).value()).isEqualTo(1);
	}

	private static Rig hiding(String relation) {
		return with(relation, (access) -> new RelationAccess(Set.of(), Set.of(), Set.of(), Set.of(), Filter.NONE));
	}

	private static Rig without(String relation, String column) {
		return with(relation, (access) -> {
			Set<String> readable = new HashSet<>(access.readable());
			readable.remove(column);
			return new RelationAccess(access.operations(), readable, access.insertable(), access.updatable(),
					Filter.NONE);
		});
	}

	private static Rig ruled(String relation, Filter rule) {
		return with(relation, (access) -> new RelationAccess(access.operations(), access.readable(),
				access.insertable(), access.updatable(), rule));
	}

	private static Rig with(String name, UnaryOperator<RelationAccess> change) {
		return Rig.of(database.dataSource(), (caller, relation) -> {
			RelationAccess all = new PrivilegeAccessPolicy(false).decide(caller, relation);
			return relation.name().name().equals(name) ? change.apply(all) : all;
		}, Rig.SETTINGS);
	}

}

package dev.oriel.admin.data;

import java.util.Set;

import dev.oriel.admin.access.AccessPolicy;
import dev.oriel.admin.access.PrivilegeAccessPolicy;
import dev.oriel.admin.access.RelationAccess;
import dev.oriel.admin.extension.VetoException;
import dev.oriel.admin.query.Filter;
import dev.oriel.admin.testing.RecordingHook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for hooks around writes: what they refuse.
 */
class WriteHookVetoesIntegrationTests extends WriteHooksFixture {

	@Test
	void everythingThatIsRefusedIsTold() {
		this.hook.before = (write) -> {
			write.rows().get(0).reject("name", "Choose a longer name");
			write.rows().get(2).reject("credit", "Too much");
			write.rows().get(2).reject("Not this one");
		};
		VetoedException ex = catchThrowableOfType(VetoedException.class,
				() -> this.rig.insert("customer", "[{\"name\":\"d\"},{\"name\":\"e\"},{\"name\":\"f\"}]"));
		assertThat(ex.problem().status()).isEqualTo(422);
		assertThat(ex.problem().code()).isEqualTo("ORIEL422");
		assertThat(ex.problem().message()).isEqualTo("Choose a longer name");
		assertThat(ex.problem().column()).isEqualTo("name");
		assertThat(ex.problem().violation().path()).isEqualTo("[0].name");
		assertThat(ex.errors()).containsExactly(new FieldError("[0].name", "name", "Choose a longer name"),
				new FieldError("[2].credit", "credit", "Too much"), new FieldError("[2]", null, "Not this one"));
		assertThat(names()).isEqualTo("a/new,b/new,c/new");
		assertThat(this.hook.calls).containsExactly("before INSERT 3");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void exceptionRefusesEverything(boolean before) {
		VetoException veto = new VetoException("name", "Not on Saturdays");
		if (before) {
			this.hook.before = (write) -> {
				throw veto;
			};
		}
		else {
			this.hook.after = (write) -> {
				throw veto;
			};
		}
		Problem problem = Rig.problem(() -> this.rig.update("customer", "id=gt.0", "{\"name\":\"x\"}"));
		assertThat(problem.status()).isEqualTo(422);
		assertThat(problem.message()).isEqualTo("Not on Saturdays");
		assertThat(problem.column()).isEqualTo("name");
		assertThat(problem.violation().path()).isNull();
		assertThat(names()).isEqualTo("a/new,b/new,c/new");
		assertThat(this.hook.commits).isEmpty();
	}

	@Test
	void equalRefusalsOfRowsOfAFilterAreTold() {
		this.hook.before = (write) -> write.rows().forEach((row) -> row.reject("status", "No"));
		VetoedException ex = catchThrowableOfType(VetoedException.class,
				() -> this.rig.update("customer", "id=gt.0", "{\"status\":\"x\"}"));
		assertThat(ex.errors()).containsExactly(new FieldError(null, "status", "No"));
	}

	@Test
	void columnThatTheCallerDoesNotKnowIsNotNamed() {
		AccessPolicy policy = (caller, relation) -> {
			RelationAccess all = new PrivilegeAccessPolicy(false).decide(caller, relation);
			return new RelationAccess(all.operations(), Set.of("id", "name"), Set.of("name"), Set.of("name"),
					Filter.NONE);
		};
		RecordingHook hook = new RecordingHook();
		hook.before = (write) -> write.rows().get(0).reject("secret", "No");
		Problem problem = Rig.problem(() -> rig(policy, hook).insert("customer", "[{\"name\":\"d\"}]"));
		assertThat(problem.column()).isNull();
		assertThat(problem.violation()).isNull();
	}

	@Test
	void hooksBehindARefusalAreNotCalled() {
		RecordingHook second = new RecordingHook();
		this.hook.before = (write) -> write.rows().get(0).reject("No");
		Rig rig = rig(new PrivilegeAccessPolicy(false), this.hook, second);
		assertThat(Rig.problem(() -> rig.insert("customer", "{\"name\":\"d\"}")).message()).isEqualTo("No");
		assertThat(second.calls).isEmpty();
	}

	@Test
	void failureOfAHookTellsNothing(CapturedOutput output) {
		this.hook.after = (write) -> {
			throw new IllegalStateException("SELECT secrets");
		};
		Problem problem = Rig.problem(() -> this.rig.delete("customer", "id=eq.1", WriteOptions.DEFAULTS));
		assertThat(problem.status()).isEqualTo(500);
		assertThat(problem.code()).isEqualTo("ORIEL500");
		assertThat(problem.toString()).doesNotContain("secrets");
		assertThat(output).contains(RecordingHook.class.getName(), "SELECT secrets");
		assertThat(names()).isEqualTo("a/new,b/new,c/new");
	}

}

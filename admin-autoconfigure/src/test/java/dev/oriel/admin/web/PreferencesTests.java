package dev.oriel.admin.web;

import java.util.List;

import dev.oriel.admin.data.CountMode;
import dev.oriel.admin.data.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for {@link Preferences}.
 */
class PreferencesTests {

	@Test
	void preferencesComeInOneHeaderOrSeveral() {
		Preferences preferences = parse("count=exact,    tx=rollback   ,return=representation ", "max-affected=5");
		assertThat(preferences.count()).isEqualTo(CountMode.EXACT);
		assertThat(preferences.rollback()).isTrue();
		assertThat(preferences.representation()).isTrue();
		assertThat(preferences.maxAffected()).isEqualTo(5);
	}

	@Test
	void theFirstOfOneNameHolds() {
		assertThat(parse("tx=commit, tx=rollback").rollback()).isFalse();
		assertThat(parse("count=none, count=planned", "count=exact").count()).isEqualTo(CountMode.PLANNED);
	}

	@Test
	void appliedOnesAreToldInPostgrestsOrder() {
		Preferences preferences = parse(
				"row-version, max-affected=2, timezone=Asia/Tokyo, handling=strict, tx=commit, count=exact",
				"return=minimal");
		assertThat(preferences.applied(Preference.OF_INSERTS))
			.isEqualTo("return=minimal, count=exact, tx=commit, handling=strict, timezone=Asia/Tokyo, row-version");
		assertThat(preferences.applied(Preference.OF_READS))
			.isEqualTo("count=exact, tx=commit, handling=strict, timezone=Asia/Tokyo, row-version");
		assertThat(preferences.applied(Preference.OF_DELETES)).contains("max-affected=2").doesNotContain("missing");
		assertThat(parse("foo").applied(Preference.OF_READS)).isEmpty();
	}

	@Test
	void strictHandlingRefusesWhatIsNotUnderstood() {
		ProblemException refused = catchThrowableOfType(ProblemException.class,
				() -> parse("handling=strict, foo, count=all", "timezone=Jupiter/Red_Spot"));
		assertThat(refused.problem().status()).isEqualTo(400);
		assertThat(refused.problem().code()).isEqualTo("PGRST122");
		assertThat(refused.problem().details())
			.isEqualTo("Invalid preferences: foo, count=all, timezone=Jupiter/Red_Spot");
		assertThat(parse("foo, count=all", "timezone=Jupiter/Red_Spot").timeZone()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ",", "=", "return", "return=", "=exact", "max-affected=-1", "max-affected=1e3",
			"max-affected=999999999999999999999", "timezone=", "row-version=1" })
	void oddOnesAreIgnored(String header) {
		Preferences preferences = parse(header);
		assertThat(preferences.maxAffected()).isNull();
		assertThat(preferences.applied(Preference.OF_UPDATES)).isEmpty();
	}

	private static Preferences parse(String... headers) {
		return Preferences.parse(List.of(headers), "Asia/Tokyo"::equals);
	}

}

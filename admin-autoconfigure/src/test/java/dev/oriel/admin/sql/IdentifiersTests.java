package dev.oriel.admin.sql;

import java.util.Random;

import dev.oriel.admin.schema.RelationName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Identifiers}.
 */
class IdentifiersTests {

	private static final String[] FRAGMENTS = { "\"", "\"\"", ";", "--", "/*", "*/", "'", "$$", "\\", "?", "%", "\n",
			"\r", " ", "a", "Z", "\u00DF", "\uD83E\uDD8B", "\u202E", "\uFF02", "U&\"", "drop table t" };

	@ParameterizedTest
	@ValueSource(strings = { "plain", "we\"ird; drop table t;--", "\"", "\"\"", "a?b", "%", "__proto__", "SELECT",
			"back\\slash", "new\nline", "\uD83E\uDD8B" })
	void quotedNameIsOneTokenThatMeansTheName(String name) {
		assertThat(unquote(Identifiers.quote(name))).isEqualTo(name);
	}

	@Test
	void randomNamesNeverBreakOut() {
		Random random = new Random(42);
		for (int i = 0; i < 20_000; i++) {
			String name = randomName(random);
			assertThat(unquote(Identifiers.quote(name))).isEqualTo(name);
		}
	}

	@Test
	void relationsAreQualified() {
		assertThat(Identifiers.quote(new RelationName("a\"b", "c.d"))).isEqualTo("\"a\"\"b\".\"c.d\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "\0", "a\0b" })
	void namesThatPostgresCannotHoldAreRefused(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> Identifiers.quote(name));
	}

	private static String randomName(Random random) {
		StringBuilder name = new StringBuilder();
		do {
			if (random.nextBoolean()) {
				name.append(FRAGMENTS[random.nextInt(FRAGMENTS.length)]);
			}
			else {
				name.appendCodePoint(1 + random.nextInt(Character.MAX_CODE_POINT));
			}
		}
		while (random.nextInt(6) != 0);
		return name.toString();
	}

	/**
	 * Read a quoted identifier as PostgreSQL's lexer does, and insist that nothing
	 * follows it.
	 */
	private static String unquote(String sql) {
		assertThat(sql.charAt(0)).isEqualTo('"');
		StringBuilder name = new StringBuilder();
		int i = 1;
		while (true) {
			char c = sql.charAt(i++);
			if (c != '"') {
				name.append(c);
			}
			else if (i < sql.length() && sql.charAt(i) == '"') {
				name.append('"');
				i++;
			}
			else {
				break;
			}
		}
		assertThat(i).as("end of %s", sql).isEqualTo(sql.length());
		return name.toString();
	}

}

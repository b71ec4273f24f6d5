package dev.oriel.admin.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import dev.oriel.admin.access.PrivilegeAccessPolicy;
import dev.oriel.admin.access.RelationAccess;
import dev.oriel.admin.query.Filter;
import dev.oriel.admin.query.Operator;
import dev.oriel.admin.sql.VersionMode;
import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link RowStreams}.
 */
class RowStreamsIntegrationTests {

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create("dev/oriel/admin/data/shop.sql");

	static RowStreams streams;

	@BeforeAll
	static void build() {
		database.execute("""
				CREATE TABLE odd ("100% ? %L" int PRIMARY KEY, "a "" b" text, at timestamptz, tags text[], doc jsonb);
				INSERT INTO odd VALUES
					(1, NULL, '2026-01-02 03:04:05.000006+00', '{a,NULL,"b c"}', '{"a": "x, y"}'),
					(2, '', NULL, '{}', NULL),
					(3, E'it''s \\\\ %s $1 "quoted"\\n, next', 'infinity', NULL, 'null');
				CREATE TABLE entry (id int PRIMARY KEY, odd int REFERENCES odd);
				INSERT INTO entry VALUES (7, 3);
				CREATE VIEW late AS SELECT g AS id, 100000 / (90000 - g) AS n FROM generate_series(1, 100000) g;
				CREATE VIEW slow AS SELECT g AS id, pg_sleep(0.01)::text AS s FROM generate_series(1, 100000) g;
				""");
		streams = streams(new PrivilegeAccessPolicy(false), Duration.ofMinutes(1), 1);
	}

	@Test
	void valuesAreTheTextsOfPostgres() {
		assertThat(csv("odd", "")).isEqualTo("""
				100% ? %L,"a "" b",at,tags,doc
				1,,2026-01-02 03:04:05.000006+00,"{a,NULL,""b c""}","{""a"": ""x, y""}"
				2,"",,{},
				3,"it's \\ %s $1 ""quoted""
				, next",infinity,,null""");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
			odd~select=k:"100% ? %L"&"a \\" b"=like.*%s*~k|3
			odd~select=k:"100% ? %L"&"a \\" b"=eq.x'); DROP TABLE entry; --~k
			odd~select=k:"100% ? %L"&"a \\" b"=in.("%s","%1$L","\\\\")~k
			odd~select=k:"100% ? %L"&"a \\" b"=is.null~k|1
			odd~select=k:"100% ? %L",x:doc->>a&order="100% ? %L".desc&limit=2&offset=1~k,x|2,|1,"x, y"
			odd~select=count(),tags&order=tags.nullsfirst~count,tags|1,|1,{}|1,"{a,NULL,""b c""}"
			entry~select=id,odd(k:"100% ? %L")~id,odd|7,"{""k"":3}"
			entry~select=id,...odd(k:"100% ? %L")&odd."100% ? %L"=eq.3~id,k|7,3
			many~select=count()~count|12000
			""")
	void speaksTheWholeLanguage(String relation, String query, String lines) {
		String raw = query.replace("%", "%25").replace(";", "%3B").replace("\\\\", "\\");
		assertThat(csv(relation, raw)).isEqualTo(lines.replace('|', '\n'));
	}

	@Test
	void headerStandsAlone() {
		assertThat(csv("odd", "select=at,tags&limit=0")).isEqualTo("at,tags");
	}

	@Test
	void isNotCapped() {
		assertThat(csv("many", "").lines()).hasSize(12_001);
		assertThat(csv("many", "limit=11000").lines()).hasSize(11_001);
	}

	@Test
	void tellsVersionsAndTimesAsAskedFor() {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		streams.csv(Rig.CALLER, Rig.name("odd"), Rig.query("select=at&limit=1"),
				ReadOptions.DEFAULTS.withVersion(VersionMode.IN_ROW).withTimeZone("Asia/Tokyo"), out);
		assertThat(text(out)).matches("at,_version\n2026-01-02 12:04:05.000006\\+09,\\d+");
	}

	@Test
	void holdsToTheRightsOfTheCaller() {
		RowStreams limited = streams(
				(caller, relation) -> new RelationAccess(Set.of(dev.oriel.admin.access.Operation.SELECT), Set.of("id"),
						Set.of(), Set.of(), Filter.Comparison.of("id", Operator.LT, "3")),
				Duration.ofMinutes(1), 1);
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		limited.csv(Rig.CALLER, Rig.name("item"), Rig.query("order=id"), ReadOptions.DEFAULTS, out);
		assertThat(text(out)).isEqualTo("id\n1\n2");
		assertThat(Rig.problem(() -> limited.csv(Rig.CALLER, Rig.name("item"), Rig.query("name=eq.a"),
				ReadOptions.DEFAULTS, new ByteArrayOutputStream()))
			.code()).isEqualTo("42703");
	}

	@Test
	void problemComesBeforeTheFirstByteIfThereIsOneByThen() {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		Problem problem = Rig
			.problem(() -> streams.csv(Rig.CALLER, Rig.name("odd"), Rig.query("at=like.x"), ReadOptions.DEFAULTS, out));
		assertThat(problem.code()).isEqualTo("42883");
		assertThat(out.size()).isZero();
	}

	@Test
	void problemInTheMiddleIsToldAsWell() {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		Problem problem = Rig
			.problem(() -> streams.csv(Rig.CALLER, Rig.name("late"), Rig.query(""), ReadOptions.DEFAULTS, out));
		assertThat(problem.code()).isEqualTo("22012");
		assertThat(out.size()).isPositive();
	}

	@Test
	void nothingIsLeftOfAStreamThatBrokeOff() {
		OutputStream gone = new OutputStream() {

			@Override
			public void write(int b) throws IOException {
				throw new IOException("gone");
			}

		};
		for (int i = 0; i < 10; i++) {
			assertThatExceptionOfType(UncheckedIOException.class)
				.isThrownBy(() -> streams.csv(Rig.CALLER, Rig.name("many"), Rig.query(""), ReadOptions.DEFAULTS, gone));
			assertThat(csv("odd", "select=tags&limit=1")).isEqualTo("tags\n\"{a,NULL,\"\"b c\"\"}\"");
			Rig.problem(() -> csv("late", ""));
			assertThat(csv("odd", "select=at,tags&limit=0")).isEqualTo("at,tags");
		}
		await().until(() -> database.copies() == 0);
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void connectionOfAStreamThatBrokeOffIsGoodForTheNext(CapturedOutput log) throws SQLException {
		try (HikariDataSource pool = new HikariDataSource()) {
			pool.setDataSource(database.dataSource());
			pool.setMaximumPoolSize(1);
			RowStreams pooled = streams(pool, new PrivilegeAccessPolicy(false), Duration.ofMinutes(1), 1);
			String before = session(pool);
			for (int i = 0; i < 10; i++) {
				OutputStream gone = new GoneAfter(6_000 * i);
				assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(
						() -> pooled.csv(Rig.CALLER, Rig.name("many"), Rig.query(""), ReadOptions.DEFAULTS, gone));
				Rig.problem(() -> pooled.csv(Rig.CALLER, Rig.name("late"), Rig.query(""), ReadOptions.DEFAULTS,
						new ByteArrayOutputStream()));
				ByteArrayOutputStream whole = new ByteArrayOutputStream();
				pooled.csv(Rig.CALLER, Rig.name("odd"), Rig.query("select=tags&limit=1"), ReadOptions.DEFAULTS, whole);
				assertThat(text(whole)).isEqualTo("tags\n\"{a,NULL,\"\"b c\"\"}\"");
			}
			assertThat(session(pool)).isEqualTo(before);
		}
		assertThat(log).doesNotContain("marked as broken");
	}

	private static String session(DataSource source) throws SQLException {
		try (Connection connection = source.getConnection(); Statement statement = connection.createStatement()) {
			ResultSet row = statement.executeQuery("SELECT pg_backend_pid()");
			row.next();
			return row.getString(1);
		}
	}

	@Test
	void takesNoLongerThanAllowed() {
		RowStreams hurried = streams(new PrivilegeAccessPolicy(false), Duration.ofMillis(200), 1);
		Problem problem = Rig.problem(() -> hurried.csv(Rig.CALLER, Rig.name("slow"), Rig.query(""),
				ReadOptions.DEFAULTS, new ByteArrayOutputStream()));
		assertThat(problem.status()).isEqualTo(504);
	}

	private static RowStreams streams(dev.oriel.admin.access.AccessPolicy policy, Duration timeout, int atOnce) {
		return streams(database.dataSource(), policy, timeout, atOnce);
	}

	private static RowStreams streams(DataSource source, dev.oriel.admin.access.AccessPolicy policy, Duration timeout,
			int atOnce) {
		Rig rig = Rig.of(database);
		return new RowStreams(source, rig.source(), policy, Rig.SETTINGS, timeout, atOnce);
	}

	private static String csv(String relation, String query) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		streams.csv(Rig.CALLER, Rig.name(relation), Rig.query(query), ReadOptions.DEFAULTS, out);
		return text(out);
	}

	private static String text(ByteArrayOutputStream out) {
		return out.toString(StandardCharsets.UTF_8);
	}

	/**
	 * Fails after some bytes.
	 */
	private static final class GoneAfter extends OutputStream {

		private int left;

		private GoneAfter(int bytes) {
			this.left = bytes;
		}

		@Override
		public void write(int b) throws IOException {
			if (this.left-- <= 0) {
				throw new IOException("gone");
			}
		}

	}

}

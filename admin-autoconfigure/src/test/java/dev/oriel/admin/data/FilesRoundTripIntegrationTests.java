package dev.oriel.admin.data;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.oriel.admin.access.PrivilegeAccessPolicy;
import dev.oriel.admin.extension.WriteHook;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.schema.postgres.PostgresSchemaSource;
import dev.oriel.admin.schema.postgres.ReflectionSettings;
import dev.oriel.admin.testing.PostgresDatabase;
import dev.oriel.admin.transfer.Export;
import dev.oriel.admin.transfer.ExportFormat;
import dev.oriel.admin.transfer.Exporter;
import dev.oriel.admin.transfer.ImportOutcome;
import dev.oriel.admin.transfer.ImportParameters;
import dev.oriel.admin.transfer.Imports;
import dev.oriel.admin.transfer.Jobs;
import dev.oriel.admin.transfer.TransferSettings;
import dev.oriel.admin.transfer.format.FileFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

/**
 * Exports rows into files of each format and imports them again: all that there is of
 * each type, and tables of everything at once. PostgreSQL says whether they are the same.
 */
class FilesRoundTripIntegrationTests {

	private static final int TABLES = 6;

	private static final int ROWS = 60;

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create("dev/oriel/admin/data/alltypes.sql");

	@RegisterExtension
	static final PostgresDatabase mixed = PostgresDatabase.create();

	@TempDir
	static Path directory;

	private static Files ofTypes;

	private static Files ofTables;

	private static List<StorableType> types;

	@BeforeAll
	static void createTables() {
		JdbcClient jdbc = database.jdbc();
		InterestingValues values = new InterestingValues(jdbc);
		types = StorableType.all(jdbc).stream().filter((type) -> !values.of(type).isEmpty()).toList();
		for (StorableType type : types) {
			StringBuilder sql = new StringBuilder();
			for (String table : List.of("original_" + type.oid(), "copied_" + type.oid())) {
				sql.append("CREATE TABLE %s (id int PRIMARY KEY, v %s);".formatted(table, type.name()));
			}
			sql.append("INSERT INTO original_%d VALUES (0, NULL);".formatted(type.oid()));
			List<String> all = values.of(type);
			for (int i = 0; i < all.size(); i++) {
				sql.append("INSERT INTO original_%d VALUES (%d, %s);".formatted(type.oid(), i + 1,
						InterestingValues.literal(all.get(i), type)));
			}
			database.execute(sql.toString());
		}
		mixed.execute(RandomTable.TYPES);
		for (int seed = 1; seed <= TABLES; seed++) {
			RandomTable table = new RandomTable(seed);
			table.create(mixed, ROWS);
			mixed.execute("CREATE TABLE copied_%d (LIKE %s INCLUDING ALL)".formatted(seed, table.name()));
		}
		ofTypes = Files.of(database);
		ofTables = Files.of(mixed);
	}

	@AfterAll
	static void close() {
		ofTypes.close();
		ofTables.close();
	}

	@TestFactory
	Stream<DynamicTest> valuesOfEachTypeComeBack() {
		assertThat(types).hasSizeGreaterThan(140);
		return types.stream()
			.map((type) -> dynamicTest(type.name() + " " + type.oid(),
					() -> Stream.of(Way.values())
						.forEach((way) -> assertThat(
								ofTypes.lost("original_" + type.oid(), "copied_" + type.oid(), notInJson(type), way))
							.as("%s through %s", type, way)
							.isEmpty())));
	}

	@TestFactory
	Stream<DynamicTest> tablesOfEverythingComeBack() {
		return IntStream.rangeClosed(1, TABLES)
			.mapToObj((seed) -> dynamicTest("seed " + seed, () -> Stream.of(Way.values())
				.forEach((way) -> assertThat(
						ofTables.lost(new RandomTable(seed).name(), "copied_" + seed, "c30::text = 'null'", way))
					.as("seed %d through %s", seed, way)
					.isEmpty())));
	}

	/**
	 * Return what JSON does not hold: it has one null only, and no word for where the
	 * dimensions of an array end and its elements begin, if these are arrays themselves.
	 */
	private static String notInJson(StorableType type) {
		return Set.of("json[]", "jsonb[]").contains(type.name()) ? "array_ndims(v) > 1" : "v::text = 'null'";
	}

	/**
	 * A way out and in again. Those through JSON, which hooks are shown too, come last.
	 */
	private enum Way {

		CSV(ExportFormat.CSV, FileFormat.CSV, false, false), GUARDED(ExportFormat.CSV, FileFormat.CSV, true, false),
		XLSX(ExportFormat.XLSX, FileFormat.XLSX, false, false),
		CSV_WITH_HOOKS(ExportFormat.CSV, FileFormat.CSV, false, true),
		NDJSON(ExportFormat.NDJSON, FileFormat.NDJSON, false, false),
		JSON(ExportFormat.JSON, FileFormat.JSON, false, false),
		JSON_WITH_HOOKS(ExportFormat.JSON, FileFormat.JSON, false, true);

		private final ExportFormat out;

		private final FileFormat in;

		private final boolean guarded;

		private final boolean hooked;

		Way(ExportFormat out, FileFormat in, boolean guarded, boolean hooked) {
			this.out = out;
			this.in = in;
			this.guarded = guarded;
			this.hooked = hooked;
		}

	}

	/**
	 * Exports and imports, put together as an application does.
	 */
	private record Files(PostgresDatabase database, Exporter exporter, Imports imports, Imports hooked, Jobs jobs) {

		static Files of(PostgresDatabase database) {
			PostgresSchemaSource source = new PostgresSchemaSource(database.dataSource(), ReflectionSettings.ALL);
			PrivilegeAccessPolicy policy = new PrivilegeAccessPolicy(false);
			Jobs jobs = new Jobs(
					new TransferSettings(1L << 30, Duration.ofMinutes(5), 4, 2, Duration.ofHours(1), directory));
			Exporter exporter = new Exporter(
					new RowStreams(database.dataSource(), source, policy, Rig.SETTINGS, Duration.ofMinutes(1), 1),
					new RelationReader(database.dataSource(), source, policy, Rig.SETTINGS), jobs);
			WriteHook hook = new WriteHook() {
			};
			return new Files(database, exporter, imports(database, source, WriteHooks.NONE, jobs),
					imports(database, source, new WriteHooks(() -> List.of(hook)), jobs), jobs);
		}

		private static Imports imports(PostgresDatabase database, PostgresSchemaSource source, WriteHooks hooks,
				Jobs jobs) {
			return new Imports(
					new BulkTransactions(database.dataSource()::getConnection, Transactions.of(database.dataSource()),
							source, new PrivilegeAccessPolicy(false), hooks, Rig.SETTINGS, Duration.ofMinutes(1)),
					jobs);
		}

		/**
		 * Copy a table through a file, and return what is not the same afterwards.
		 * @param notInJson which of its rows JSON does not hold
		 */
		List<String> lost(String original, String copied, String notInJson, Way way) {
			if (way.compareTo(Way.CSV_WITH_HOOKS) >= 0) {
				this.database.execute("DELETE FROM %s WHERE %s".formatted(original, notInJson));
			}
			this.database.execute("TRUNCATE " + copied);
			ByteArrayOutputStream file = new ByteArrayOutputStream();
			this.exporter.write(Rig.CALLER,
					Export.raw(Rig.name(original), Query.ALL, ReadOptions.DEFAULTS, way.out, way.guarded), (rows) -> {
					}, file);
			Map<String, List<String>> parameters = way.guarded ? Map.of("formulas", List.of("guarded")) : Map.of();
			ImportOutcome outcome = (way.hooked ? this.hooked : this.imports).alone(Rig.CALLER,
					ImportParameters.of(parameters).request(Rig.name(copied), way.in, -1),
					new ByteArrayInputStream(file.toByteArray()));
			assertThat(outcome.problems())
				.as(() -> "%s through %s: %s".formatted(original, way, file.toString(StandardCharsets.UTF_8)))
				.isEmpty();
			return this.database.jdbc()
				.sql("SELECT coalesce(o::text, 'nothing') || ' became ' || coalesce(c::text, 'nothing') FROM "
						+ original + " o FULL JOIN " + copied + " c USING (id) WHERE o::text IS DISTINCT FROM c::text")
				.query(String.class)
				.list();
		}

		void close() {
			this.jobs.close();
		}

	}

}

package dev.oriel.admin.transfer;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import dev.oriel.admin.access.AccessPolicy;
import dev.oriel.admin.access.Caller;
import dev.oriel.admin.access.PrivilegeAccessPolicy;
import dev.oriel.admin.data.BulkTransactions;
import dev.oriel.admin.data.DataSettings;
import dev.oriel.admin.data.Problem;
import dev.oriel.admin.data.ProblemException;
import dev.oriel.admin.data.ReadSessions;
import dev.oriel.admin.data.Transactions;
import dev.oriel.admin.data.WriteHooks;
import dev.oriel.admin.extension.WriteHook;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.postgres.PostgresSchemaSource;
import dev.oriel.admin.schema.postgres.ReflectionSettings;
import dev.oriel.admin.testing.PostgresDatabase;
import dev.oriel.admin.transfer.StagedWriter.Counts;
import dev.oriel.admin.transfer.format.FileFormat;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Imports into a database, put together as an application does.
 */
record ImportRig(Imports imports, Jobs jobs, Path directory) {

	static final Caller CALLER = new Caller("admin", Set.of("ROLE_ADMIN"));

	static final DataSettings DATA = new DataSettings(10_000, Duration.ofSeconds(10), Duration.ofSeconds(2), false);

	static ImportRig of(PostgresDatabase database, Path directory) {
		return of(database, directory, new PrivilegeAccessPolicy(false), true);
	}

	static ImportRig of(PostgresDatabase database, Path directory, AccessPolicy policy, boolean softErrors) {
		return of(database, directory, policy, WriteHooks.NONE, softErrors);
	}

	static ImportRig of(PostgresDatabase database, Path directory, WriteHook... hooks) {
		return of(database, directory, new PrivilegeAccessPolicy(false), new WriteHooks(() -> List.of(hooks)), true);
	}

	private static ImportRig of(PostgresDatabase database, Path directory, AccessPolicy policy, WriteHooks hooks,
			boolean softErrors) {
		PostgresSchemaSource source = new PostgresSchemaSource(database.dataSource(), ReflectionSettings.ALL);
		Jobs jobs = new Jobs(
				new TransferSettings(1L << 32, Duration.ofMinutes(5), 4, 2, Duration.ofHours(1), directory));
		BulkTransactions transactions = new BulkTransactions(database.dataSource()::getConnection,
				Transactions.of(database.dataSource(), ReadSessions.NONE, database.dataSource()), source, policy, hooks,
				DATA, Duration.ofMinutes(5));
		return new ImportRig(new Imports(transactions, jobs, softErrors), jobs, directory);
	}

	Outcome csv(String relation, String parameters, String file) {
		return run(FileFormat.CSV, relation, parameters, bytes(file));
	}

	Outcome ndjson(String relation, String parameters, String file) {
		return run(FileFormat.NDJSON, relation, parameters, bytes(file));
	}

	Outcome run(FileFormat format, String relation, String parameters, InputStream file) {
		ImportRequest request = ImportParameters.parse(parameters)
			.request(new RelationName("public", relation), format, -1);
		return new Outcome(this.imports.run(CALLER, request, file));
	}

	Problem refused(String relation, String parameters, String file) {
		ProblemException exception = catchThrowableOfType(ProblemException.class,
				() -> csv(relation, parameters, file));
		if (exception == null) {
			throw new AssertionError("The file was imported");
		}
		return exception.problem();
	}

	static InputStream bytes(String text) {
		return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * What became of an import.
	 */
	record Outcome(Job job) {

		String state() {
			return this.job.state().name().toLowerCase(java.util.Locale.ROOT);
		}

		/**
		 * Return the counts of rows read, inserted, updated, unchanged and rejected.
		 */
		String counts() {
			Counts counts = (Counts) Objects.requireNonNull(this.job.details().get("counts"));
			return "%d %d %d %d %d".formatted(counts.read(), counts.inserted(), counts.updated(), counts.unchanged(),
					counts.rejected());
		}

		String rejected() {
			try {
				return Files.readString(Objects.requireNonNull(this.job.file()));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}

package dev.oriel.admin.transfer;

import java.io.InputStream;
import java.util.UUID;

import dev.oriel.admin.access.Caller;
import dev.oriel.admin.access.Operation;
import dev.oriel.admin.data.BulkTarget;
import dev.oriel.admin.data.BulkTransactions;
import dev.oriel.admin.data.ProblemException;

import org.jspecify.annotations.Nullable;

/**
 * Imports files into relations on behalf of callers.
 *
 * @since 0.1.0
 */
public final class Imports {

	private final BulkTransactions transactions;

	private final Jobs jobs;

	private final boolean softErrors;

	/**
	 * Create the imports.
	 * @param transactions write the rows
	 * @param jobs knows who imports what
	 */
	public Imports(BulkTransactions transactions, Jobs jobs) {
		this(transactions, jobs, true);
	}

	/**
	 * @param softErrors whether PostgreSQL may be asked if a text is a value, where it
	 * can be
	 */
	Imports(BulkTransactions transactions, Jobs jobs, boolean softErrors) {
		this.transactions = transactions;
		this.jobs = jobs;
		this.softErrors = softErrors;
	}

	/**
	 * Begin an import.
	 * @param caller who asks
	 * @param request what is to be imported, and how
	 * @param id an id for the job that nobody else guesses, or {@code null} for one of
	 * ours
	 * @throws ProblemException when the caller may not do it, or not now
	 */
	public ImportRun begin(Caller caller, ImportRequest request, @Nullable UUID id) {
		Operation operation = (request.mode() == ImportRequest.Mode.UPDATE) ? Operation.UPDATE : Operation.INSERT;
		BulkTarget target = this.transactions.target(caller, request.relation(), operation);
		if (request.mode() == ImportRequest.Mode.UPSERT) {
			target.require(Operation.UPDATE);
		}
		ImportKey.of(request, target);
		FileColumns.requireKnown(request.columns(), target);
		Upload.require(request.size(), this.jobs.settings().maxFileSize());
		Job job = this.jobs.start(caller, "import", request.relation(), id);
		return new ImportRun(this.transactions, target, request, this.jobs, job, this.softErrors);
	}

	/**
	 * Import a file and wait for it.
	 * @param caller who asks
	 * @param request what is to be imported, and how
	 * @param file the file; not closed
	 * @return the job, which has ended
	 * @throws ProblemException when the file cannot be imported at all; rejected rows are
	 * no such reason
	 */
	public Job run(Caller caller, ImportRequest request, InputStream file) {
		try (ImportRun run = begin(caller, request, null)) {
			run.read(file);
			run.write();
			return run.job();
		}
	}

	/**
	 * Import a file for code of the host, and wait for it.
	 * @param caller who asks
	 * @param request what is to be imported, and how
	 * @param file the file; not closed
	 * @return what became of it
	 * @throws ProblemException when the file cannot be imported at all; also when the
	 * host has begun a transaction around the call, which an import has no part in
	 */
	public ImportOutcome alone(Caller caller, ImportRequest request, InputStream file) {
		this.transactions.requireNoneAround();
		return ImportOutcome.of(run(caller, request, file));
	}

}

package dev.oriel.admin.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

import dev.oriel.admin.access.Operation;
import dev.oriel.admin.data.BulkTarget;
import dev.oriel.admin.data.BulkTransactions;
import dev.oriel.admin.data.HookedWriter;
import dev.oriel.admin.data.Problem;
import dev.oriel.admin.data.ProblemException;
import dev.oriel.admin.transfer.StagedWriter.Counts;
import dev.oriel.admin.transfer.format.FileFormatException;
import dev.oriel.admin.transfer.format.InputRecord;
import dev.oriel.admin.transfer.format.RecordReader;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * One import: first the file is read, as fast as it comes, then its rows are written.
 * Whoever reads it can go away in between, and leave the rest to another thread.
 *
 * @since 0.1.0
 */
public final class ImportRun implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(ImportRun.class);

	private static final int PROGRESS = 1_000;

	private final BulkTransactions transactions;

	private final BulkTarget target;

	private final ImportRequest request;

	private final Jobs jobs;

	private final Job job;

	private final boolean softErrors;

	private Counts counts = Counts.NONE;

	private @Nullable ImportBatch batch;

	private @Nullable RejectedRows rejected;

	private Map<String, String> detected = Map.of();

	private boolean stopped;

	ImportRun(BulkTransactions transactions, BulkTarget target, ImportRequest request, Jobs jobs, Job job,
			boolean softErrors) {
		this.transactions = transactions;
		this.target = target;
		this.request = request;
		this.jobs = jobs;
		this.job = job;
		this.softErrors = softErrors;
	}

	/**
	 * Return what can be looked at meanwhile.
	 */
	public Job job() {
		return this.job;
	}

	/**
	 * Read the file. With batches, all but the last are written as well.
	 * @param file the file; not closed
	 * @throws ProblemException when it cannot be read or imported at all; then the job
	 * has failed
	 */
	public void read(InputStream file) {
		attempt(() -> {
			this.job.totalBytes(this.request.size());
			this.job.phase("reading");
			Upload upload = new Upload(file, this.job, this.jobs.settings().maxFileSize());
			try (ImportFile opened = ImportFile.open(upload, this.request, this.jobs.files())) {
				read(opened.reader());
			}
		});
	}

	private void read(RecordReader reader) throws IOException {
		List<String> header = reader.header();
		this.detected = reader.detected();
		ImportKey.of(this.request, this.target);
		Stager stager = Stager.of(this.request, this.target, header);
		long read = 0;
		Integer size = this.request.keeping().dryRun() ? null : this.request.keeping().batch();
		for (InputRecord row = reader.next(); row != null && !this.stopped; row = reader.next()) {
			if (this.batch == null) {
				this.batch = new ImportBatch(this.transactions, this.target, stager);
			}
			this.batch.add(row);
			if (++read % PROGRESS == 0) {
				this.job.check();
				this.job.read(read);
			}
			if (size != null && this.batch.rows() == size) {
				this.job.read(read);
				settle(this.batch);
				this.batch = null;
				stager = Stager.of(this.request, this.target, header);
				this.job.phase("reading");
			}
		}
		this.job.read(read);
		this.job.detail("columns", stager.mapping());
		this.job.detail("file", this.detected);
		if (this.batch != null) {
			this.batch.endCopy();
		}
	}

	/**
	 * Write what was read.
	 * @throws ProblemException when that cannot be done; then the job has failed
	 */
	public void write() {
		attempt(() -> {
			if (this.batch != null) {
				ImportBatch last = this.batch;
				this.batch = null;
				settle(last);
			}
			this.job.check();
			end();
		});
	}

	/**
	 * Write what was read in another thread, and end. Then this run is to be neither used
	 * nor closed by the caller.
	 */
	public void writeLater() {
		this.jobs.execute(() -> {
			try (this) {
				write();
			}
			catch (RuntimeException ex) {
				logger.debug("The job tells why it has failed", ex);
			}
		});
	}

	private void end() throws IOException {
		if (this.rejected != null) {
			this.rejected.close();
			this.job.file(this.rejected.file(), this.rejected.type());
			this.job.detail("problems", this.rejected.shown());
		}
		this.job.detail("counts", this.counts);
		this.job.detail("dryRun", this.request.keeping().dryRun());
		boolean bad = this.counts.rejected() > 0 && !this.request.keeping().skip();
		this.jobs.ended(this.job, bad ? Job.State.REJECTED : Job.State.DONE, null);
	}

	private void settle(ImportBatch settled) throws IOException {
		try (HookedWriter hooks = hooks(settled)) {
			if (settle(settled, hooks) && hooks != null) {
				hooks.followUp();
			}
		}
	}

	/**
	 * Return what writes rows with hooks around them, or {@code null} if there are no
	 * hooks.
	 */
	private @Nullable HookedWriter hooks(ImportBatch settled) {
		Operation[] operations = switch (this.request.mode()) {
			case INSERT -> new Operation[] { Operation.INSERT };
			case UPDATE -> new Operation[] { Operation.UPDATE };
			case UPSERT -> new Operation[] { Operation.INSERT, Operation.UPDATE };
		};
		return this.transactions.isHooked(this.target, operations)
				? this.transactions.hooked(settled.transaction(), this.target, this.job.owner(),
						ImportKey.of(this.request, this.target), this.request.mode() != ImportRequest.Mode.UPDATE,
						this.request.keeping().dryRun(), this.jobs.files()::create)
				: null;
	}

	/**
	 * Write the rows of a batch.
	 * @return whether they are kept
	 */
	private boolean settle(ImportBatch settled, @Nullable HookedWriter hooks) throws IOException {
		try (settled) {
			settled.endCopy();
			StagedWriter writer = new StagedWriter(settled.transaction(), this.target, this.request, settled.stager(),
					progress(), this.softErrors, hooks);
			Counts outcome = writer.write(settled.rows());
			if (outcome.rejected() > 0) {
				tell(settled);
			}
			this.job.check();
			boolean keep = (outcome.rejected() == 0 || this.request.keeping().skip())
					&& !this.request.keeping().dryRun();
			if (keep) {
				settled.transaction().commit();
			}
			boolean refused = outcome.rejected() > 0 && !this.request.keeping().skip();
			this.counts = this.counts.plus(refused ? new Counts(outcome.read(), 0, 0, 0, outcome.rejected()) : outcome);
			this.stopped = refused;
			return keep;
		}
	}

	/**
	 * Tell the job how far a batch is, which comes after others.
	 */
	private StagedWriter.Progress progress() {
		Job told = this.job;
		long before = this.counts.read();
		return new StagedWriter.Progress() {

			@Override
			public void phase(String name) {
				told.phase(name);
			}

			@Override
			public void written(long rows) {
				told.written(before + rows);
			}

			@Override
			public void check() {
				told.check();
			}

		};
	}

	private void tell(ImportBatch told) throws IOException {
		RejectedRows rows = this.rejected;
		if (rows == null) {
			rows = new RejectedRows(this.jobs.files().create(), this.target, this.request, told.stager().header(),
					this.detected);
			this.rejected = rows;
		}
		told.transaction().write(told.stager().staging().analyzeRejected());
		told.transaction().rows(told.stager().staging().rejected(), rows::add);
		rows.endRow();
	}

	/**
	 * Do a part of the work, and end the job if that fails.
	 */
	private void attempt(Step step) {
		try {
			this.job.cancellation().during(() -> {
				run(step);
				return this;
			});
		}
		catch (RuntimeException | Error ex) {
			Problem problem = (ex instanceof ProblemException known) ? known.problem() : null;
			release();
			boolean cancelled = this.job.isCancelled();
			this.jobs.ended(this.job, cancelled ? Job.State.CANCELLED : Job.State.FAILED,
					cancelled ? null : ((problem != null) ? problem : internal()));
			if (problem == null && !(ex instanceof UncheckedIOException)) {
				logger.error("An import has failed", ex);
			}
			throw ex;
		}
	}

	private void run(Step step) {
		try {
			step.run();
		}
		catch (FileFormatException ex) {
			throw new ProblemException(new Problem(400, Mistake.BAD_FILE, String.valueOf(ex.getMessage()),
					(ex.line() > 0) ? "Line %d".formatted(ex.line()) : null, ex.hint()), ex);
		}
		catch (IOException ex) {
			throw new ProblemException(new Problem(400, "ORIEL400", "The file could not be read to its end", null,
					"Send it again; nothing was changed."), ex);
		}
	}

	private static Problem internal() {
		return new Problem(500, "ORIEL500", "The import could not be carried out", null,
				"The server's log says why. Nothing was changed.");
	}

	/**
	 * Undo what was not kept. Does nothing after the end.
	 */
	@Override
	public void close() {
		release();
		this.jobs.ended(this.job, Job.State.FAILED, internal());
	}

	private void release() {
		if (this.batch != null) {
			this.batch.close();
			this.batch = null;
		}
		if (this.rejected != null && this.job.file() == null) {
			try {
				this.rejected.close();
			}
			catch (IOException ex) {
				logger.debug("The disk is full, perhaps", ex);
			}
			PrivateFiles.delete(this.rejected.file());
		}
	}

	/**
	 * A part of the work.
	 */
	@FunctionalInterface
	private interface Step {

		void run() throws IOException;

	}

}

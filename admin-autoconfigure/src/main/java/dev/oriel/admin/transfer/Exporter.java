package dev.oriel.admin.transfer;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.LongConsumer;

import dev.oriel.admin.access.Caller;
import dev.oriel.admin.data.Count;
import dev.oriel.admin.data.CountMode;
import dev.oriel.admin.data.Problem;
import dev.oriel.admin.data.ProblemException;
import dev.oriel.admin.data.RelationReader;
import dev.oriel.admin.data.RowField;
import dev.oriel.admin.data.RowSink;
import dev.oriel.admin.data.RowStreams;
import dev.oriel.admin.schema.Column;
import dev.oriel.admin.sql.CopyStatements;
import dev.oriel.admin.transfer.format.CsvWriter;
import dev.oriel.admin.transfer.format.JsonWriter;
import dev.oriel.admin.transfer.format.RowWriter;
import dev.oriel.admin.transfer.format.SqlWriter;
import dev.oriel.admin.transfer.format.XlsxWriter;

import org.jspecify.annotations.Nullable;

/**
 * Writes rows into files while they leave the database, through the same checks as every
 * other read. None of them is kept, however many there are.
 *
 * @since 0.1.0
 */
public final class Exporter {

	/** How many rows there are between two reports. */
	private static final int REPORT = 1000;

	private final RowStreams streams;

	private final RelationReader reader;

	private final Jobs jobs;

	/**
	 * Create an exporter.
	 * @param streams where rows come from
	 * @param reader counts them
	 * @param jobs where exports are known whose progress is to be looked at
	 */
	public Exporter(RowStreams streams, RelationReader reader, Jobs jobs) {
		this.streams = streams;
		this.reader = reader;
		this.jobs = jobs;
	}

	/**
	 * Write a file as a job, whose progress can be looked at and which can be cancelled.
	 * @param caller who asks
	 * @param export what is wanted
	 * @param id what the job is called
	 * @param out where to; closed by nobody here. If it fails, the job is cancelled
	 * @throws ProblemException when the rows cannot be read, or cannot leave like that;
	 * something may have been written by then
	 * @throws UncheckedIOException when {@code out} fails
	 */
	public void write(Caller caller, Export export, UUID id, OutputStream out) {
		Job job = this.jobs.start(caller, "export", export.relation(), id);
		Job.State state = Job.State.FAILED;
		Problem problem = null;
		try {
			job.cancellation().during(() -> {
				count(caller, export, job);
				job.phase("writing");
				write(caller, export, (rows) -> {
					job.check();
					job.read(rows);
					job.written(rows);
				}, new Counted(out, job));
				return job;
			});
			state = Job.State.DONE;
		}
		catch (ProblemException ex) {
			state = job.isCancelled() ? Job.State.CANCELLED : Job.State.FAILED;
			problem = job.isCancelled() ? null : ex.problem();
			throw ex;
		}
		catch (UncheckedIOException ex) {
			// Whoever was to get the rows has gone away.
			state = Job.State.CANCELLED;
			throw ex;
		}
		finally {
			this.jobs.ended(job, state, problem);
		}
	}

	private void count(Caller caller, Export export, Job job) {
		job.phase("counting");
		Count count = this.reader.count(caller, export.relation(), export.query(), CountMode.ESTIMATED);
		long left = Math.max(0, count.value() - Objects.requireNonNullElse(export.query().offset(), 0L));
		long total = Math.min(left, Objects.requireNonNullElse(export.query().limit(), Long.MAX_VALUE));
		Map<String, Object> shown = new LinkedHashMap<>();
		shown.put("value", total);
		shown.put("exact", count.exact());
		job.totalRows(total);
		job.detail("total", shown);
	}

	/**
	 * Write a file.
	 * @param caller who asks
	 * @param export what is wanted
	 * @param progress told how many rows were written, now and then and at the end
	 * @param out where to; closed by nobody here. If it fails, the statement is cancelled
	 * @throws ProblemException when the rows cannot be read, or cannot leave like that;
	 * something may have been written by then
	 * @throws UncheckedIOException when {@code out} fails
	 */
	public void write(Caller caller, Export export, LongConsumer progress, OutputStream out) {
		this.streams.copy(caller, export.relation(), export.query(), export.options(), export.format().copied(),
				new File(export, progress, out));
	}

	/**
	 * An output that tells a job how many bytes went through.
	 */
	private static final class Counted extends OutputStream {

		private final OutputStream out;

		private final Job job;

		private Counted(OutputStream out, Job job) {
			this.out = out;
			this.job = job;
		}

		@Override
		public void write(int value) throws IOException {
			write(new byte[] { (byte) value }, 0, 1);
		}

		@Override
		public void write(byte[] bytes, int offset, int length) throws IOException {
			this.out.write(bytes, offset, length);
			this.job.bytes(this.job.bytes() + length);
		}

	}

	/**
	 * A file that is being written.
	 */
	private static final class File implements RowSink {

		private final Export export;

		private final LongConsumer progress;

		private final OutputStream out;

		private @Nullable RowWriter writer;

		private long rows;

		private File(Export export, LongConsumer progress, OutputStream out) {
			this.export = export;
			this.progress = progress;
			this.out = out;
		}

		@Override
		public void begin(List<RowField> fields) throws IOException {
			RowWriter begun = switch (this.export.format()) {
				case CSV -> new CsvWriter(this.out, this.export.guarded());
				case NDJSON -> new JsonWriter(this.out, false);
				case JSON -> new JsonWriter(this.out, true);
				case XLSX -> new XlsxWriter(this.out, this.export.relation().name());
				case SQL -> statements(fields);
			};
			begun.begin(this.export.columns().apply(fields));
			this.writer = begun;
		}

		private RowWriter statements(List<RowField> fields) {
			List<String> names = new ArrayList<>();
			List<Integer> places = new ArrayList<>();
			boolean overriding = false;
			for (int i = 0; i < fields.size(); i++) {
				Column column = fields.get(i).column();
				if (column == null) {
					throw new ProblemException(new Problem(400, "ORIEL400",
							"SQL can only hold columns of the relation itself, which '%s' is not"
								.formatted(fields.get(i).name()),
							null, "Leave it out of 'select', or choose another format."));
				}
				if (!column.generated() && !names.contains(column.name())) {
					names.add(column.name());
					places.add(i);
					overriding |= column.identity() == Column.Identity.ALWAYS;
				}
			}
			if (names.isEmpty()) {
				throw new ProblemException(new Problem(400, "ORIEL400", "There is no column that could be inserted",
						"Generated columns are left out.", "Name others in 'select'."));
			}
			return new SqlWriter(this.out, CopyStatements.insertInto(this.export.relation(), names, overriding),
					places.stream().mapToInt(Integer::intValue).toArray());
		}

		@Override
		public void row(byte[] line) throws IOException {
			writer().row(line);
			if (++this.rows % REPORT == 0) {
				this.progress.accept(this.rows);
			}
		}

		@Override
		public void end() throws IOException {
			writer().end();
			this.progress.accept(this.rows);
		}

		private RowWriter writer() {
			return Objects.requireNonNull(this.writer, "The file has not begun");
		}

	}

}

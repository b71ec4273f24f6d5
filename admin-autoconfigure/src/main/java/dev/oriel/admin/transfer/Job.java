package dev.oriel.admin.transfer;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import dev.oriel.admin.access.Caller;
import dev.oriel.admin.data.Cancellation;
import dev.oriel.admin.data.Problem;
import dev.oriel.admin.data.ProblemException;
import dev.oriel.admin.schema.RelationName;

import org.jspecify.annotations.Nullable;

/**
 * Something that takes its time, whose progress can be looked at and which can be
 * cancelled.
 *
 * @since 0.1.0
 */
public final class Job {

	private final UUID id;

	private final Caller owner;

	private final String kind;

	private final RelationName relation;

	private final long startedAt = System.nanoTime();

	private final Cancellation cancellation = new Cancellation();

	private final Map<String, Object> details = new LinkedHashMap<>();

	private volatile State state = State.RUNNING;

	private volatile String phase = "waiting";

	private volatile long rows;

	private volatile long written;

	private volatile long bytes;

	private volatile long totalBytes = -1;

	private volatile long totalRows = -1;

	private volatile boolean cancelled;

	private volatile long endedAt;

	private volatile @Nullable Problem problem;

	private volatile @Nullable Path file;

	private volatile @Nullable String fileType;

	Job(UUID id, Caller owner, String kind, RelationName relation) {
		this.id = id;
		this.owner = owner;
		this.kind = kind;
		this.relation = relation;
	}

	public UUID id() {
		return this.id;
	}

	/**
	 * Return who has started it.
	 */
	public Caller owner() {
		return this.owner;
	}

	/**
	 * Return what it is: {@code import} or {@code export}.
	 */
	public String kind() {
		return this.kind;
	}

	public RelationName relation() {
		return this.relation;
	}

	public State state() {
		return this.state;
	}

	/**
	 * Return what it is at, such as {@code reading}.
	 */
	public String phase() {
		return this.phase;
	}

	/**
	 * Return how many rows were read.
	 */
	public long rows() {
		return this.rows;
	}

	/**
	 * Return how many of the rows read were dealt with.
	 */
	public long written() {
		return this.written;
	}

	/**
	 * Return how many bytes went through.
	 */
	public long bytes() {
		return this.bytes;
	}

	/**
	 * Return how many bytes there are altogether, or -1 if that is not known.
	 */
	public long totalBytes() {
		return this.totalBytes;
	}

	/**
	 * Return how many rows there are altogether, perhaps by an estimate, or -1 if that is
	 * not known.
	 */
	public long totalRows() {
		return this.totalRows;
	}

	/**
	 * Return how many seconds it has been running, or ran.
	 */
	public double seconds() {
		long end = (this.state == State.RUNNING) ? System.nanoTime() : this.endedAt;
		return (end - this.startedAt) / 1e9;
	}

	/**
	 * Return why it has failed, or {@code null}.
	 */
	public @Nullable Problem problem() {
		return this.problem;
	}

	/**
	 * Return a file that it has made, or {@code null}.
	 */
	public @Nullable Path file() {
		return this.file;
	}

	/**
	 * Return the media type of the file, or {@code null}.
	 */
	public @Nullable String fileType() {
		return this.fileType;
	}

	/**
	 * Return what else there is to know once it has ended.
	 */
	public Map<String, Object> details() {
		synchronized (this.details) {
			return new LinkedHashMap<>(this.details);
		}
	}

	/**
	 * Let it end as soon as possible. What it was about to keep is undone.
	 */
	public void cancel() {
		this.cancelled = true;
		this.cancellation.cancel();
	}

	/**
	 * Return what cancels the statement that it runs.
	 */
	public Cancellation cancellation() {
		return this.cancellation;
	}

	boolean isCancelled() {
		return this.cancelled;
	}

	/**
	 * Throw if it was cancelled.
	 */
	void check() {
		if (this.cancelled) {
			throw new ProblemException(new Problem(409, "57014", "It was cancelled", null, null));
		}
	}

	void phase(String phase) {
		this.phase = phase;
	}

	void read(long rows) {
		this.rows = rows;
	}

	void written(long rows) {
		this.written = rows;
	}

	void bytes(long bytes) {
		this.bytes = bytes;
	}

	void totalBytes(long totalBytes) {
		this.totalBytes = totalBytes;
	}

	void totalRows(long totalRows) {
		this.totalRows = totalRows;
	}

	void detail(String name, Object value) {
		synchronized (this.details) {
			this.details.put(name, value);
		}
	}

	void file(@Nullable Path file, @Nullable String type) {
		this.file = file;
		this.fileType = type;
	}

	/**
	 * End it.
	 * @param state how
	 * @param problem why it has failed, or {@code null}
	 */
	void end(State state, @Nullable Problem problem) {
		this.endedAt = System.nanoTime();
		this.problem = problem;
		this.phase = "ended";
		this.state = state;
	}

	boolean isEnded() {
		return this.state != State.RUNNING;
	}

	long endedAt() {
		return this.endedAt;
	}

	/**
	 * How far a job is.
	 */
	public enum State {

		/** It has not ended. */
		RUNNING,

		/** All that was asked for was done. */
		DONE,

		/** Rows were rejected, and nothing else was asked for than all or nothing. */
		REJECTED,

		/** Somebody has cancelled it. */
		CANCELLED,

		/** It could not go on. */
		FAILED

	}

}

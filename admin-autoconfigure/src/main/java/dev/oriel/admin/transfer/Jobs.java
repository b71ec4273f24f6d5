package dev.oriel.admin.transfer;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import dev.oriel.admin.access.Caller;
import dev.oriel.admin.data.Problem;
import dev.oriel.admin.data.ProblemException;
import dev.oriel.admin.schema.RelationName;

import org.jspecify.annotations.Nullable;

/**
 * The jobs of this node. They are known for some time after they have ended, but not
 * after the application has.
 *
 * @since 0.1.0
 */
public final class Jobs implements AutoCloseable {

	/** How many jobs that have ended are remembered. */
	private static final int REMEMBERED = 200;

	private final Map<UUID, Job> jobs = new LinkedHashMap<>();

	private final Deque<UUID> ended = new ArrayDeque<>();

	private final TransferSettings settings;

	private final PrivateFiles files;

	private final Semaphore permits;

	private final ThreadPoolExecutor threads;

	private final JobFollowers followers = new JobFollowers();

	/**
	 * Create the jobs.
	 * @param settings the limits to keep
	 */
	public Jobs(TransferSettings settings) {
		this.settings = settings;
		this.files = new PrivateFiles(settings.directory());
		this.permits = new Semaphore(settings.atOnce());
		this.threads = new ThreadPoolExecutor(0, settings.atOnce(), 10, TimeUnit.SECONDS, new SynchronousQueue<>(),
				(task) -> {
					Thread thread = new Thread(task, "oriel-transfer");
					thread.setDaemon(true);
					return thread;
				},
				// Also while the application ends, because whoever does it also gives
				// back its connection.
				(work, threads) -> work.run());
		PrivateFiles.deleteLeftovers(settings.directory());
	}

	PrivateFiles files() {
		return this.files;
	}

	TransferSettings settings() {
		return this.settings;
	}

	/**
	 * Start a job.
	 * @param owner whose it is
	 * @param kind what it is
	 * @param relation the relation it is about
	 * @param id the id that its owner has chosen, or {@code null}
	 * @throws ProblemException when there are too many, or the id is in use
	 */
	Job start(Caller owner, String kind, RelationName relation, @Nullable UUID id) {
		forget();
		synchronized (this.jobs) {
			if (id != null && this.jobs.containsKey(id)) {
				throw new ProblemException(new Problem(409, "ORIEL409", "There is a job with this id", null,
						"Choose another one, at random."));
			}
			long own = this.jobs.values()
				.stream()
				.filter((job) -> !job.isEnded() && job.owner().name().equals(owner.name()))
				.count();
			if (own >= this.settings.atOncePerUser() || !this.permits.tryAcquire()) {
				throw new ProblemException(new Problem(429, "ORIEL429", "Too many imports and exports at the same time",
						(own >= this.settings.atOncePerUser()) ? "%d of them are yours.".formatted(own) : null,
						"Try again when others have ended."));
			}
			Job job = new Job((id != null) ? id : UUID.randomUUID(), owner, kind, relation);
			this.jobs.put(job.id(), job);
			return job;
		}
	}

	/**
	 * Go on with a job whose client does not wait for it.
	 */
	void execute(Runnable work) {
		this.threads.execute(work);
	}

	/**
	 * Note that a job has ended.
	 */
	void ended(Job job, Job.State state, @Nullable Problem problem) {
		synchronized (this.jobs) {
			if (job.isEnded()) {
				return;
			}
			this.ended.add(job.id());
		}
		this.permits.release();
		job.end(state, problem);
		forget();
	}

	private void forget() {
		synchronized (this.jobs) {
			while (!this.ended.isEmpty() && isForgettable(this.jobs.get(this.ended.peek()))) {
				Job job = this.jobs.remove(this.ended.poll());
				if (job != null) {
					PrivateFiles.delete(job.file());
				}
			}
		}
	}

	private boolean isForgettable(@Nullable Job job) {
		return job == null || this.ended.size() > REMEMBERED
				|| (job.isEnded() && System.nanoTime() - job.endedAt() > this.settings.keep().toNanos());
	}

	/**
	 * Return a job.
	 * @param caller who asks; somebody else's jobs are not there
	 * @param id its id, as text
	 * @throws ProblemException with status 404 when there is none
	 */
	public Job find(Caller caller, String id) {
		forget();
		synchronized (this.jobs) {
			Job job;
			try {
				job = this.jobs.get(UUID.fromString(id));
			}
			catch (IllegalArgumentException ex) {
				// What is no id is the id of no job.
				job = null;
			}
			if (job == null || !job.owner().name().equals(caller.name())) {
				throw new ProblemException(new Problem(404, "ORIEL404", "There is no job with this id", null,
						"Jobs are forgotten some time after they have ended, and when the application is restarted."));
			}
			return job;
		}
	}

	/**
	 * Tell somebody how far a job is: at once, a few times a second, and when it has
	 * ended.
	 * @param job the job
	 * @param follower takes {@linkplain JobDocument documents}; must not block
	 * @return what ends it before
	 */
	public Runnable follow(Job job, Consumer<String> follower) {
		return this.followers.follow(job, follower);
	}

	/**
	 * Cancel all jobs.
	 */
	public void cancel() {
		synchronized (this.jobs) {
			this.jobs.values().stream().filter((job) -> !job.isEnded()).forEach(Job::cancel);
		}
	}

	/**
	 * Cancel all jobs and delete their files.
	 */
	@Override
	public void close() {
		cancel();
		this.threads.shutdown();
		try {
			if (!this.threads.awaitTermination(2, TimeUnit.SECONDS)) {
				this.threads.shutdownNow();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.followers.close();
		this.files.close();
	}

}

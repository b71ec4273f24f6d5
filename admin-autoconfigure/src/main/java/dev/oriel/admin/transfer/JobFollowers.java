package dev.oriel.admin.transfer;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Tells those who follow jobs how far they are, a few times a second and once more at the
 * end. Its thread is there only while somebody follows a job.
 */
final class JobFollowers implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(JobFollowers.class);

	private static final long INTERVAL = 300;

	private final Set<Follower> followers = ConcurrentHashMap.newKeySet();

	private final AtomicBoolean scheduled = new AtomicBoolean();

	private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, (task) -> {
		Thread thread = new Thread(task, "oriel-jobs");
		thread.setDaemon(true);
		return thread;
	});

	JobFollowers() {
		this.thread.setKeepAliveTime(5, TimeUnit.SECONDS);
		this.thread.allowCoreThreadTimeOut(true);
		this.thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
	}

	/**
	 * Follow a job.
	 * @param job the job
	 * @param follower takes its documents, the first at once
	 * @return what ends it
	 */
	Runnable follow(Job job, Consumer<String> follower) {
		Follower added = new Follower(job, follower);
		if (!added.tell()) {
			this.followers.add(added);
			schedule();
		}
		return () -> this.followers.remove(added);
	}

	private void schedule() {
		if (this.scheduled.compareAndSet(false, true)) {
			try {
				this.thread.schedule(this::tell, INTERVAL, TimeUnit.MILLISECONDS);
			}
			catch (RejectedExecutionException ex) {
				logger.trace("Stopped meanwhile", ex);
			}
		}
	}

	private void tell() {
		this.scheduled.set(false);
		this.followers.removeIf(Follower::tell);
		if (!this.followers.isEmpty()) {
			schedule();
		}
	}

	@Override
	public void close() {
		this.thread.shutdownNow();
	}

	/**
	 * Somebody who follows a job.
	 */
	private static final class Follower {

		private final Job job;

		private final Consumer<String> consumer;

		private Follower(Job job, Consumer<String> consumer) {
			this.job = job;
			this.consumer = consumer;
		}

		/**
		 * Tell how far the job is.
		 * @return whether that was the last time
		 */
		private boolean tell() {
			boolean ended = this.job.isEnded();
			try {
				this.consumer.accept(JobDocument.of(this.job));
			}
			catch (RuntimeException ex) {
				logger.debug("Somebody who follows a job cannot be told of it", ex);
				return true;
			}
			return ended;
		}

	}

}

package dev.oriel.sample.engine;

import java.util.concurrent.TimeUnit;

import dev.oriel.admin.data.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.TransactionException;

/**
 * Plays the workers: one step each second.
 */
class WorkerActivity {

	private static final Logger logger = LoggerFactory.getLogger(WorkerActivity.class);

	private final JobQueue queue;

	WorkerActivity(JobQueue queue) {
		this.queue = queue;
	}

	@Scheduled(fixedDelay = 1, timeUnit = TimeUnit.SECONDS)
	void step() {
		try {
			this.queue.step();
		}
		catch (DataAccessException | TransactionException | ProblemException ex) {
			// The database may be away for a while; the next second is another try.
			logger.warn("The workers could not work: {}", ex.getMessage());
		}
	}

}

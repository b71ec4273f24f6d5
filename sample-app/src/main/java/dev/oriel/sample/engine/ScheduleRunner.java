package dev.oriel.sample.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

import dev.oriel.admin.Oriel;
import dev.oriel.admin.OrielTable;
import dev.oriel.admin.data.Problem;
import dev.oriel.admin.data.ProblemException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import dev.oriel.sample.StartFailure;

/**
 * Adds the entries of a file to the queue, all of them or none.
 */
class ScheduleRunner implements ApplicationRunner {

	private static final Logger logger = LoggerFactory.getLogger(ScheduleRunner.class);

	private final Oriel oriel;

	private final TransactionTemplate transaction;

	private final Supplier<Path> schedule;

	ScheduleRunner(Oriel oriel, PlatformTransactionManager transactions, Supplier<Path> schedule) {
		this.oriel = oriel;
		this.transaction = new TransactionTemplate(transactions);
		this.schedule = schedule;
	}

	@Override
	public void run(ApplicationArguments arguments) {
		Path file = this.schedule.get();
		List<JsonNode> entries = ScheduleFile.read(file);
		List<Job> jobs = Objects.requireNonNull(this.transaction.execute((status) -> add(file, entries)));
		jobs.forEach((job) -> logger.info("Job {}: {}, priority {}, {}", job.id(), job.kind(), job.priority(),
				job.status()));
		logger.info("Added {} {} of {}", jobs.size(), (jobs.size() == 1) ? "job" : "jobs", file);
	}

	private List<Job> add(Path file, List<JsonNode> entries) {
		OrielTable queue = this.oriel.asSystem().table("engine.job").select("id", "kind", "priority", "status");
		List<Job> jobs = new ArrayList<>();
		for (JsonNode entry : entries) {
			try {
				jobs.add(queue.insert(entry).one(Job.class));
			}
			catch (ProblemException ex) {
				throw failure(file, jobs.size() + 1, ex);
			}
		}
		return jobs;
	}

	private static StartFailure failure(Path file, int number, ProblemException ex) {
		Problem problem = ex.problem();
		String field = (problem.column() != null) ? ", field '" + problem.column() + "'" : "";
		String details = (problem.details() != null) ? "\n" + problem.details() : "";
		return new StartFailure("%s, entry %d%s: %s%s".formatted(file, number, field, problem.message(), details),
				sentence(problem.hint()) + "Nothing of the file was added; correct it and start again.", ex);
	}

	private static String sentence(@Nullable String hint) {
		if (hint == null) {
			return "";
		}
		return hint + (hint.matches("(?s).*[.?!]") ? " " : ". ");
	}

	/**
	 * What is told of a job that was added.
	 */
	private record Job(long id, String kind, int priority, String status) {
	}

}

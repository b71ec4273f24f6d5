package dev.oriel.sample.engine;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.oriel.sample.SampleTest;

import static org.assertj.core.api.Assertions.assertThat;

@SampleTest
class JobQueueIntegrationTests {

	@Autowired
	private JobQueue queue;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private ObjectProvider<WorkerActivity> activity;

	@Test
	void leavesAConfiguredDatabaseAlone() {
		assertThat(this.activity.getIfAvailable()).isNull();
	}

	@Test
	void movesJobsOnWithEachStep() {
		long done = count("status in ('succeeded', 'failed')");
		String before = digest();
		this.queue.step();
		assertThat(digest()).isNotEqualTo(before);
		for (int step = 0; step < 50; step++) {
			this.queue.step();
		}
		assertThat(count("status = 'running'")).isPositive();
		assertThat(count("status in ('succeeded', 'failed')")).isGreaterThan(done);
		assertThat(this.jdbc.sql("""
				select count(*) from (select worker_id from engine.job where status = 'running'
				                      group by worker_id having count(*) > 1) as busy
				""").query(Long.class).single()).as("workers with two jobs at once").isZero();
	}

	@Test
	void letsWorkersGiveASignOfLife() {
		String heard = "select max(heartbeat_at) > now() - interval '1 minute' from engine.worker";
		this.jdbc.sql("update engine.worker set heartbeat_at = '2026-01-01'").update();
		this.queue.step();
		assertThat(this.jdbc.sql(heard).query(Boolean.class).single()).isTrue();
	}

	@Test
	void keepsTheNumberOfJobsBounded() {
		this.jdbc.sql("""
				insert into engine.job (kind, status, progress, file_id, finished_at)
				select 'archive', 'succeeded', 100, (select id from engine.file limit 1), now()
				from generate_series(1, 500)
				""").update();
		this.queue.step();
		assertThat(count("true")).isLessThanOrEqualTo(JobQueue.MOST_JOBS);
	}

	private long count(String condition) {
		return this.jdbc.sql("select count(*) from engine.job where " + condition).query(Long.class).single();
	}

	private String digest() {
		return this.jdbc.sql("select md5(string_agg(j::text, '' order by id)) from engine.job j")
			.query(String.class)
			.single();
	}

}

package dev.oriel.sample.engine;

import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

import dev.oriel.admin.Oriel;
import dev.oriel.admin.OrielTable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * The queue of jobs and what workers do with it.
 */
@Repository
class JobQueue {

	/** The oldest jobs that are done go when there are more. */
	static final int MOST_JOBS = 2_000;

	private static final int MOST_QUEUED = 150;

	private static final String SUBMIT = """
			insert into engine.job (kind, priority, file_id, payload)
			select (enum_range(null::engine.job_kind))[1 + floor(random() * 5)::int], floor(random() * 10)::int, id,
			       jsonb_build_object('source', 'upload', 'bytes', size_bytes)
			from engine.file
			where (select count(*) from engine.job where status = 'queued') < :mostQueued
			order by random()
			limit :count
			""";

	private static final String WORK = """
			update engine.job set progress = least(100, progress + 3 + floor(random() * 15))
			where status = 'running'
			""";

	private static final String FINISH = """
			with done as (
			  update engine.job set status = 'succeeded', finished_at = now(), error = null
			  where status = 'running' and progress = 100
			  returning worker_id)
			update engine.worker w set jobs_done = jobs_done + d.jobs
			from (select worker_id, count(*) as jobs from done group by worker_id) as d
			where w.id = d.worker_id
			""";

	/** One job in a hundred steps fails; it is tried three times in all. */
	private static final String FAIL = """
			update engine.job
			set status = case when attempts < 3 then 'queued' else 'failed' end::engine.job_status,
			    error = 'Unexpected end of file',
			    progress = case when attempts < 3 then 0 else progress end,
			    worker_id = case when attempts < 3 then null else worker_id end,
			    started_at = case when attempts < 3 then null else started_at end,
			    finished_at = case when attempts < 3 then null else now() end
			where status = 'running' and random() < 0.01
			""";

	/** Each worker without a job takes the most urgent one that nobody else takes. */
	private static final String START = """
			with idle as (
			  select id, row_number() over (order by id) as place
			  from engine.worker w
			  where not exists (select from engine.job where worker_id = w.id and status = 'running')),
			next as (
			  select id, row_number() over (order by priority desc, id) as place
			  from (select id, priority from engine.job
			        where status = 'queued'
			        order by priority desc, id
			        limit (select count(*) from idle)
			        for update skip locked) as urgent)
			update engine.job j
			set status = 'running', worker_id = idle.id, started_at = now(), attempts = attempts + 1
			from idle join next using (place)
			where j.id = next.id
			""";

	private static final int WORKERS = 6;

	private static final String FORGET = """
			delete from engine.job
			where id in (select id from engine.job
			             where status in ('succeeded', 'failed', 'cancelled')
			             order by id
			             limit greatest(0, (select count(*) from engine.job) - :mostJobs))
			""";

	private final JdbcClient jdbc;

	private final OrielTable workers;

	JobQueue(JdbcClient jdbc, Oriel oriel) {
		this.jdbc = jdbc;
		this.workers = oriel.asSystem().table("engine.worker").select("id");
	}

	/**
	 * Lets a second pass: jobs come, move on and are done.
	 */
	@Transactional
	void step() {
		this.jdbc.sql(WORK).update();
		this.jdbc.sql(FINISH).update();
		this.jdbc.sql(FAIL).update();
		this.jdbc.sql(START).update();
		this.jdbc.sql(SUBMIT)
			.param("mostQueued", MOST_QUEUED)
			.param("count", ThreadLocalRandom.current().nextInt(3))
			.update();
		// Oriel takes part in the transaction, whose time is PostgreSQL's "now".
		this.workers.where("id", "eq", ThreadLocalRandom.current().nextInt(1, WORKERS + 1))
			.update(Map.of("heartbeat_at", "now"));
		this.jdbc.sql(FORGET).param("mostJobs", MOST_JOBS).update();
	}

}

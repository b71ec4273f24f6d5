package dev.oriel.admin.autoconfigure;

import java.util.function.Consumer;

import dev.oriel.admin.access.Caller;
import dev.oriel.admin.data.ProblemException;
import dev.oriel.admin.live.JobSource;
import dev.oriel.admin.transfer.JobDocument;
import dev.oriel.admin.transfer.Jobs;

import org.jspecify.annotations.Nullable;

/**
 * Lets messaging clients follow the jobs that HTTP tells of.
 *
 * @param jobs the jobs
 */
record TransferJobSource(Jobs jobs) implements JobSource {

	@Override
	public @Nullable String current(Caller caller, String id) {
		try {
			return JobDocument.of(this.jobs.find(caller, id));
		}
		catch (ProblemException ex) {
			// It is forgotten, or somebody else's, which nobody is told.
			return null;
		}
	}

	@Override
	public Runnable follow(Caller caller, String id, Consumer<String> follower) {
		return this.jobs.follow(this.jobs.find(caller, id), follower);
	}

}

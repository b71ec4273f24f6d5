package dev.oriel.admin.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.oriel.admin.data.Problem;
import dev.oriel.admin.data.ProblemException;
import dev.oriel.admin.transfer.Job;
import dev.oriel.admin.transfer.JobDocument;
import dev.oriel.admin.transfer.Jobs;

import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Tells callers of their imports and exports, and cancels them.
 */
final class JobHandler {

	private final Jobs jobs;

	JobHandler(Jobs jobs) {
		this.jobs = jobs;
	}

	ServerResponse handle(ServerRequest request) {
		Job job = find(request);
		switch (request.method().name()) {
			case "GET" -> {
				// Answered below.
			}
			case "DELETE" -> job.cancel();
			default -> throw new ProblemException(ProblemAnswers.methodNotAllowed(request.method().name()));
		}
		return ServerResponse.ok()
			.contentType(Responses.JSON)
			.body(JobDocument.of(job).getBytes(StandardCharsets.UTF_8));
	}

	ServerResponse rejected(ServerRequest request) {
		Job job = find(request);
		if (!request.method().name().equals("GET")) {
			throw new ProblemException(ProblemAnswers.methodNotAllowed(request.method().name()));
		}
		Path file = job.file();
		String type = job.fileType();
		if (file == null || type == null || !Files.exists(file)) {
			throw new ProblemException(new Problem(404, "ORIEL404", "No rows were rejected",
					(job.state() == Job.State.RUNNING) ? "At least not yet." : null, null));
		}
		String name = "rejected." + (type.startsWith("text/csv") ? "csv" : "ndjson");
		return ServerResponse.ok()
			.header(HttpHeaders.CONTENT_TYPE, type)
			.header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + '"')
			.header(HttpHeaders.CONTENT_LENGTH, Long.toString(size(file)))
			.build((servletRequest, servletResponse) -> {
				Files.copy(file, servletResponse.getOutputStream());
				return null;
			});
	}

	private Job find(ServerRequest request) {
		return this.jobs.find(GuardFilter.caller(request), request.pathVariable("job"));
	}

	private static long size(Path file) {
		try {
			return Files.size(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}

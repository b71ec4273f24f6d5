package dev.oriel.admin.web;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

import dev.oriel.admin.data.Problem;
import dev.oriel.admin.data.ProblemException;
import dev.oriel.admin.transfer.ImportParameters;
import dev.oriel.admin.transfer.ImportRequest;
import dev.oriel.admin.transfer.ImportRun;
import dev.oriel.admin.transfer.Imports;
import dev.oriel.admin.transfer.Job;
import dev.oriel.admin.transfer.JobDocument;
import dev.oriel.admin.transfer.format.FileFormat;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Takes files of rows. The body is the file, as it is; how to import it stands in the
 * query string.
 */
final class ImportHandler {

	private static final Map<String, FileFormat> FORMATS = Map.of("text/csv", FileFormat.CSV, "application/x-ndjson",
			FileFormat.NDJSON, "application/json", FileFormat.JSON,
			"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", FileFormat.XLSX);

	private static final String ASYNC = "respond-async";

	/** How much of a file is read only to throw it away. */
	private static final int DRAINED = 32 * 1024 * 1024;

	private final RequestReader requests;

	private final Imports imports;

	private final Disconnects disconnects;

	ImportHandler(RequestReader requests, Imports imports, Disconnects disconnects) {
		this.requests = requests;
		this.imports = imports;
		this.disconnects = disconnects;
	}

	ServerResponse handle(ServerRequest request) throws IOException {
		if (!request.method().name().equals("POST")) {
			throw new ProblemException(ProblemAnswers.methodNotAllowed(request.method().name()));
		}
		InputStream file = request.servletRequest().getInputStream();
		try {
			return handle(request, file);
		}
		catch (ProblemException ex) {
			drain(file);
			throw ex;
		}
	}

	private ServerResponse handle(ServerRequest request, InputStream file) throws IOException {
		ImportParameters parameters = ImportParameters.parse(RequestReader.queryString(request));
		MediaType type = type(request);
		ImportRequest wanted = parameters.request(this.requests.relation(request), format(request, type),
				request.servletRequest().getContentLengthLong());
		Charset charset = type.getCharset();
		if (charset != null) {
			wanted = wanted.withEncoding(charset);
		}
		boolean later = isAsync(request);
		ImportRun run = this.imports.begin(GuardFilter.caller(request), wanted, parameters.job());
		boolean left = false;
		try {
			run.read(file);
			if (later) {
				left = true;
				run.writeLater();
				return answer(ServerResponse.accepted()
					.header(HttpHeaders.LOCATION, "../jobs/" + run.job().id())
					.header("Preference-Applied", ASYNC), run.job());
			}
			drain(file);
			this.disconnects.during(request.servletRequest(), run.job()::cancel, run::write);
			return answer(ServerResponse.ok(), run.job());
		}
		catch (ProblemException ex) {
			if (run.job().state() == Job.State.CANCELLED) {
				return answer(ServerResponse.ok(), run.job());
			}
			throw ex;
		}
		finally {
			if (!left) {
				run.close();
			}
		}
	}

	/**
	 * Return the type as the client has written it. The headers that Spring gives carry
	 * the encoding that the application assumes of requests, which would hide that of the
	 * file.
	 */
	private static MediaType type(ServerRequest request) {
		String type = request.servletRequest().getHeader(HttpHeaders.CONTENT_TYPE);
		return (type == null || type.isEmpty()) ? MediaType.APPLICATION_OCTET_STREAM : MediaType.parseMediaType(type);
	}

	private static FileFormat format(ServerRequest request, MediaType type) {
		String encoding = request.headers().firstHeader(HttpHeaders.CONTENT_ENCODING);
		if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
			throw new ProblemException(new Problem(415, "ORIEL415", "A compressed file is not understood", encoding,
					"Send the file as it is."));
		}
		FileFormat format = FORMATS.get((type.getType() + "/" + type.getSubtype()).toLowerCase(Locale.ROOT));
		if (format == null) {
			throw new ProblemException(new Problem(415, "PGRST102", "Content-Type not acceptable: " + type, null,
					"Send the file itself as the body, and as its type one of: %s."
						.formatted(String.join(", ", FORMATS.keySet().stream().sorted().toList()))));
		}
		return format;
	}

	private static boolean isAsync(ServerRequest request) {
		return request.headers()
			.header("Prefer")
			.stream()
			.flatMap((header) -> Arrays.stream(header.split(",")))
			.anyMatch((preference) -> preference.strip().equals(ASYNC));
	}

	/**
	 * Read what is left of a file, so that the client reads the answer instead of seeing
	 * its connection closed while it sends. What is longer is not waited for.
	 */
	private static void drain(InputStream file) {
		try {
			byte[] buffer = new byte[64 * 1024];
			int left = DRAINED;
			int count = 0;
			while (left > 0 && count >= 0) {
				count = file.read(buffer);
				left -= count;
			}
		}
		catch (IOException ex) {
			// Then nobody reads the answer either.
		}
	}

	private static ServerResponse answer(ServerResponse.BodyBuilder response, Job job) {
		return response.contentType(Responses.JSON).body(JobDocument.of(job).getBytes(StandardCharsets.UTF_8));
	}

}

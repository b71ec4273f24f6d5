package dev.oriel.admin.web;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.LongConsumer;

import dev.oriel.admin.access.Caller;
import dev.oriel.admin.data.Problem;
import dev.oriel.admin.data.ProblemException;
import dev.oriel.admin.data.ReadOptions;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.transfer.Export;
import dev.oriel.admin.transfer.ExportFormat;
import dev.oriel.admin.transfer.Exporter;

import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

import org.jspecify.annotations.Nullable;

/**
 * Answers with files to download: all rows of a query, whatever their number, in a format
 * that other programs read.
 */
final class ExportHandler {

	private static final int NAME_LENGTH = 100;

	private static final LongConsumer IGNORED = (rows) -> {
	};

	private final RequestReader requests;

	private final Exporter exporter;

	private final Views views;

	ExportHandler(RequestReader requests, Exporter exporter, Views views) {
		this.requests = requests;
		this.exporter = exporter;
		this.views = views;
	}

	ServerResponse handle(ServerRequest request) {
		String method = request.method().name();
		if (!method.equals("GET") && !method.equals("HEAD")) {
			throw new ProblemException(ProblemAnswers.methodNotAllowed(method));
		}
		Caller caller = GuardFilter.caller(request);
		RelationName relation = this.requests.relation(request);
		ExportOptions wanted = ExportOptions.parse(RequestReader.queryString(request));
		Query query = this.requests.query(wanted.query());
		Preferences preferences = this.requests.preferences(request);
		ReadOptions options = ReadOptions.DEFAULTS.withTimeZone(timeZone(wanted.timeZone(), preferences));
		Export raw = Export.raw(relation, query, options, wanted.format(), wanted.guarded());
		Export export = wanted.formatted() ? shown(caller, raw, locale(request, wanted.locale())) : raw;
		return new StreamedAnswer(headers(relation, wanted.format()), (out) -> {
			if (method.equals("HEAD")) {
				// Who asks for the headers alone gets no rows, so none are read.
				this.exporter.write(caller, export.withQuery(query.withPage(0L, null)), IGNORED, out);
			}
			else if (wanted.job() != null) {
				this.exporter.write(caller, export, wanted.job(), out);
			}
			else {
				this.exporter.write(caller, export, IGNORED, out);
			}
		});
	}

	private Export shown(Caller caller, Export raw, Locale locale) {
		ShownColumns shown = this.views.of(caller, raw.relation(), locale);
		if (shown == null) {
			return raw;
		}
		boolean workbook = raw.format() == ExportFormat.XLSX;
		Query query = raw.query().select().isEmpty() ? raw.query().withSelect(shown.select()) : raw.query();
		return raw.withQuery(query).withColumns((fields) -> shown.columns(fields, workbook));
	}

	/**
	 * Return the language that is asked for, or else the one that the client likes most.
	 */
	private static Locale locale(ServerRequest request, @Nullable String wanted) {
		if (wanted != null) {
			Locale locale = Locale.forLanguageTag(wanted);
			if (locale.getLanguage().isEmpty()) {
				throw new ProblemException(new Problem(400, "ORIEL400", "There is no language '%s'".formatted(wanted),
						null, "Name one as browsers do, for example de-DE."));
			}
			return locale;
		}
		try {
			return request.headers()
				.acceptLanguage()
				.stream()
				.map((range) -> Locale.forLanguageTag(range.getRange()))
				.filter((locale) -> !locale.getLanguage().isEmpty())
				.findFirst()
				.orElse(Locale.ENGLISH);
		}
		catch (IllegalArgumentException ex) {
			// The header names no languages, as if it were not there.
			return Locale.ENGLISH;
		}
	}

	private @Nullable String timeZone(@Nullable String wanted, Preferences preferences) {
		if (wanted == null) {
			return preferences.timeZone();
		}
		if (!this.requests.isTimeZone(wanted)) {
			throw new ProblemException(new Problem(400, "ORIEL400", "There is no time zone '%s'".formatted(wanted),
					null, "Name one as PostgreSQL does, for example Europe/Berlin."));
		}
		return wanted;
	}

	private HttpHeaders headers(RelationName relation, ExportFormat format) {
		HttpHeaders headers = new HttpHeaders();
		headers.set(HttpHeaders.CONTENT_TYPE, format.contentType());
		headers.set(HttpHeaders.CONTENT_DISPOSITION,
				attachment(relation.name() + "-" + LocalDate.now(ZoneOffset.UTC) + "." + format.label()));
		this.requests.profile(relation.schema()).addTo(headers);
		return headers;
	}

	/**
	 * Return the header that names a file, once for programs that only take ASCII and
	 * once for all others.
	 * @see <a href="https://www.rfc-editor.org/rfc/rfc6266">RFC 6266</a>
	 */
	static String attachment(String name) {
		StringBuilder safe = new StringBuilder();
		name.codePoints()
			.map((c) -> (Character.isLetterOrDigit(c) || " ._-()+,".indexOf(c) >= 0) ? c : '_')
			.skip(Math.max(0, name.codePointCount(0, name.length()) - NAME_LENGTH))
			.forEach(safe::appendCodePoint);
		String usable = safe.toString().replaceAll("^[. ]+", "_");
		StringBuilder encoded = new StringBuilder();
		for (byte each : usable.getBytes(StandardCharsets.UTF_8)) {
			boolean plain = each > 0 && (Character.isLetterOrDigit(each) || each == '.' || each == '_' || each == '-');
			encoded
				.append(plain ? String.valueOf((char) each) : "%" + HexFormat.of().withUpperCase().toHexDigits(each));
		}
		return "attachment; filename=\"" + usable.replaceAll("[^ -~]", "_") + "\"; filename*=UTF-8''" + encoded;
	}

	/**
	 * Tells how a user sees a relation in the page.
	 */
	@FunctionalInterface
	interface Views {

		/**
		 * Return the columns, or {@code null} if there is no such relation.
		 */
		@Nullable ShownColumns of(Caller caller, RelationName relation, Locale locale);

	}

}

package dev.oriel.admin.web;

import java.util.Locale;

import dev.oriel.admin.access.AccessPolicy;
import dev.oriel.admin.access.Caller;
import dev.oriel.admin.data.FunctionCaller;
import dev.oriel.admin.data.PostGis;
import dev.oriel.admin.data.RelationReader;
import dev.oriel.admin.data.RelationWriter;
import dev.oriel.admin.data.RowStreams;
import dev.oriel.admin.data.TimeZones;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.SchemaSource;
import dev.oriel.admin.store.SettingsStore;
import dev.oriel.admin.transfer.Exporter;
import dev.oriel.admin.transfer.Imports;
import dev.oriel.admin.transfer.Jobs;
import dev.oriel.admin.web.ui.UiHandler;

import org.springframework.dao.DataAccessException;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

import org.jspecify.annotations.Nullable;

import static org.springframework.web.servlet.function.RequestPredicates.GET;
import static org.springframework.web.servlet.function.RequestPredicates.path;

/**
 * Everything that is served below the mount path, with the guard around all of it.
 *
 * @since 0.1.0
 */
public final class OrielRoutes {

	private OrielRoutes() {
	}

	/**
	 * Return the routes.
	 * @param settings where and what for
	 * @param guard who may come in
	 * @param hostLogin where those go who are not signed in
	 * @param parts what answers
	 */
	public static RouterFunction<ServerResponse> create(WebSettings settings, Guard guard, HostLogin hostLogin,
			Parts parts) {
		SchemaHandler schema = new SchemaHandler(parts.source(), parts.policy(), parts.presentations(), parts.live());
		SessionHandler session = new SessionHandler(guard.csrf(), hostLogin, settings);
		SettingsHandler userSettings = new SettingsHandler(schema, parts.settingsStore());
		LiveModeHandler live = new LiveModeHandler(schema, parts.live());
		RequestReader requests = new RequestReader(parts.source(), parts.policy(), parts.timeZones()::contains,
				new Offers(settings.plans(), parts.postGis()::get));
		Exporter exporter = new Exporter(parts.streams(), parts.reader(), parts.jobs());
		RestHandler rest = new RestHandler(requests, new RowReads(parts.reader(), parts.streams(), exporter),
				new RowWrites(parts.source(), parts.writer()), new AllowedMethods(parts.source(), parts.policy()));
		RpcHandler rpc = new RpcHandler(requests, parts.functions());
		ExportHandler exports = new ExportHandler(requests, exporter,
				(caller, relation, locale) -> shown(parts, caller, relation, locale));
		OpenApiHandler openApi = new OpenApiHandler(requests, parts.source(), parts.policy(), parts.functions(),
				guard.csrf(), settings);
		ImportHandler imports = new ImportHandler(requests, parts.imports(), parts.disconnects());
		JobHandler jobs = new JobHandler(parts.jobs());
		String root = settings.path();
		// Not nested below the path, because nesting fails where the application has put
		// Spring MVC below a path of its own.
		return RouterFunctions.route()
			.route(GET(root + "/api/session"), session::session)
			.route(GET(root + "/api/schema"), schema::overview)
			.route(GET(root + "/api/schema/{schema}/{relation}"), schema::detail)
			.route(path(root + "/api/settings/{schema}/{relation}"), userSettings::handle)
			.route(path(root + "/api/live/{schema}/{relation}"), live::handle)
			.route(path(root + "/api/import/{relation}"), imports::handle)
			.route(path(root + "/api/jobs/{job}"), jobs::handle)
			.route(path(root + "/api/jobs/{job}/rejected"), jobs::rejected)
			.route(path(root + "/api/rest").or(path(root + "/api/rest/")), openApi::handle)
			.route(path(root + "/api/rest/rpc/{function}"), parts.disconnects().watching(timed(settings, rpc::handle)))
			.route(path(root + "/api/rest/{relation}"), parts.disconnects().watching(timed(settings, rest::handle)))
			.route(path(root + "/api/rest/**"),
					(request) -> Responses.problem(ProblemAnswers.invalidPath(request.path())))
			.route(path(root + "/api/export/{relation}"), parts.disconnects().watching(exports::handle))
			.route(path(root + "/api/**"), (request) -> Responses.problem(ProblemAnswers.notFound(request.path())))
			.route(GET(root + "/**"), parts.ui()::handle)
			.route(path(root + "/**"),
					(request) -> Responses.problem(ProblemAnswers.methodNotAllowed(request.method().name())))
			.filter(new GuardFilter(guard, hostLogin))
			.build();
	}

	private static @Nullable ShownColumns shown(Parts parts, Caller caller, RelationName name, Locale locale) {
		Relation relation = parts.source().snapshot().relation(name);
		if (relation == null) {
			return null;
		}
		return new ShownColumns(relation, parts.policy().decide(caller, relation).readable(),
				parts.presentations().table(relation), settings(parts, caller, name), locale);
	}

	private static @Nullable String settings(Parts parts, Caller caller, RelationName name) {
		try {
			return parts.settingsStore().find(caller.name(), name).orElse(null);
		}
		catch (DataAccessException ex) {
			// As long as settings cannot be kept, the page shows its own as well.
			return null;
		}
	}

	private static HandlerFunction<ServerResponse> timed(WebSettings settings,
			HandlerFunction<ServerResponse> handler) {
		return settings.serverTiming() ? ServerTiming.of(handler) : handler;
	}

	/**
	 * What the routes are made of.
	 *
	 * @param source where the schema comes from
	 * @param policy who may do what
	 * @param reader reads rows
	 * @param streams sends rows as they come
	 * @param writer writes rows
	 * @param functions calls functions
	 * @param timeZones the time zones there are
	 * @param postGis where PostGIS is
	 * @param settingsStore keeps what users want
	 * @param presentations what the application wants
	 * @param live how changes become known
	 * @param ui serves the page
	 * @param disconnects notices clients that go away
	 * @param imports imports files
	 * @param jobs knows what is being imported
	 */
	public record Parts(SchemaSource source, AccessPolicy policy, RelationReader reader, RowStreams streams,
			RelationWriter writer, FunctionCaller functions, TimeZones timeZones, PostGis postGis,
			SettingsStore settingsStore, Presentations presentations, LiveControl live, UiHandler ui,
			Disconnects disconnects, Imports imports, Jobs jobs) {
	}

}

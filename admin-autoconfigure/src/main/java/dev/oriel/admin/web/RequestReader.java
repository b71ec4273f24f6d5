package dev.oriel.admin.web;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.oriel.admin.access.AccessPolicy;
import dev.oriel.admin.access.Caller;
import dev.oriel.admin.data.FunctionCaller;
import dev.oriel.admin.data.WriteOptions;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.query.QueryParser;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.SchemaSnapshot;
import dev.oriel.admin.schema.SchemaSource;

import org.springframework.http.HttpHeaders;
import org.springframework.util.StringUtils;
import org.springframework.web.servlet.function.ServerRequest;

import org.jspecify.annotations.Nullable;

/**
 * Reads what requests ask for in their headers and query strings.
 */
final class RequestReader {

	/** An entity tag; one without quotes is taken for what it means. */
	private static final Pattern TAG = Pattern.compile("(?:W/)?(?:\"([^\"]*)\"|([^\\s,\"]+))");

	private final SchemaSource source;

	private final AccessPolicy policy;

	private final Predicate<String> timeZones;

	private final Offers offers;

	private final QueryParser parser = new QueryParser();

	/**
	 * @param source where the schema comes from
	 * @param policy who may know of which relation
	 * @param timeZones whether a name is that of a time zone
	 * @param offers the representations that are not offered everywhere
	 */
	RequestReader(SchemaSource source, AccessPolicy policy, Predicate<String> timeZones, Offers offers) {
		this.source = source;
		this.policy = policy;
		this.offers = offers;
		this.timeZones = timeZones;
	}

	Exchange exchange(ServerRequest request) {
		RelationName relation = relation(request);
		return new Exchange(GuardFilter.caller(request), relation, query(request), preferences(request),
				representation(request, isRead(request) ? this.offers.withWorkbooks() : this.offers),
				profile(relation.schema()));
	}

	/**
	 * Return how an answer tells that it comes from a schema.
	 */
	ContentProfile profile(String schema) {
		return ContentProfile.of(this.source.snapshot(), schema);
	}

	/**
	 * Return the relation that the path names, in the schema that a header names.
	 */
	RelationName relation(ServerRequest request) {
		Caller caller = GuardFilter.caller(request);
		return PathNames.resolve(this.source.snapshot(), schema(request), request.pathVariable("relation"),
				(relation) -> !this.policy.decide(caller, relation).operations().isEmpty());
	}

	/**
	 * Return the name of the functions that the path names, in the schema that a header
	 * names.
	 * @param functions tells which functions there are for the caller
	 */
	String function(ServerRequest request, FunctionCaller functions) {
		return PathNames.function(request.pathVariable("function"),
				() -> functions.callable(GuardFilter.caller(request), this.source.snapshot(), schema(request)));
	}

	/**
	 * Return the schema that a header names, or else the first.
	 */
	String schema(ServerRequest request) {
		String schema = request.headers().firstHeader(profileHeader(request));
		return StringUtils.hasLength(schema) ? schema : defaultSchema(this.source.snapshot());
	}

	private static String profileHeader(ServerRequest request) {
		return switch (request.method().name()) {
			case "POST", "PATCH", "PUT", "DELETE" -> ContentProfile.HEADER;
			default -> "Accept-Profile";
		};
	}

	private static String defaultSchema(SchemaSnapshot snapshot) {
		List<String> schemas = snapshot.schemas();
		return schemas.isEmpty() ? "public" : schemas.get(0);
	}

	Query query(ServerRequest request) {
		return this.parser.parse(queryString(request));
	}

	/**
	 * Return the query that a query string asks, or a part of one.
	 */
	Query query(String queryString) {
		return this.parser.parse(queryString);
	}

	boolean isTimeZone(String name) {
		return this.timeZones.test(name);
	}

	static String queryString(ServerRequest request) {
		String queryString = request.servletRequest().getQueryString();
		return (queryString != null) ? queryString : "";
	}

	Preferences preferences(ServerRequest request) {
		return Preferences.parse(request.headers().header("Prefer"), this.timeZones);
	}

	Representation representation(ServerRequest request) {
		return representation(request, this.offers);
	}

	private static Representation representation(ServerRequest request, Offers offers) {
		return Representation.negotiate(AcceptedTypes.parse(request.headers().header(HttpHeaders.ACCEPT)), offers);
	}

	private static boolean isRead(ServerRequest request) {
		return request.method().name().equals("GET") || request.method().name().equals("HEAD");
	}

	/**
	 * Return how rows become features, or {@code null} where PostGIS is not installed.
	 */
	@Nullable Representation geoJson() {
		return Representation.GeoJson.of(this.offers.postGis().get());
	}

	/**
	 * Return the versions of which a row must still have one; none where any will do,
	 * {@link WriteOptions#ANY_VERSION} where it must only be there. What is no list of
	 * versions is none that a row has, rather than no condition.
	 */
	static List<String> expectedVersions(ServerRequest request) {
		List<String> versions = new ArrayList<>();
		List<String> headers = request.headers().header(HttpHeaders.IF_MATCH);
		Matcher tags = TAG.matcher(String.join(",", headers));
		while (tags.find()) {
			versions.add((tags.group(1) != null) ? tags.group(1) : tags.group(2));
		}
		if (versions.isEmpty() && !headers.isEmpty()) {
			versions.add("");
		}
		return versions.stream().distinct().toList();
	}

}

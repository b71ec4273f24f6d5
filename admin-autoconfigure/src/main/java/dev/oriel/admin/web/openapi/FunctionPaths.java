package dev.oriel.admin.web.openapi;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import dev.oriel.admin.schema.DataType;
import dev.oriel.admin.schema.Function;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import org.jspecify.annotations.Nullable;

/**
 * How functions are called. Those that share a name share a path, and each request says
 * by its arguments which of them is meant.
 */
final class FunctionPaths {

	/**
	 * The media types of bodies that are one value as it stands, and the values' types.
	 */
	private static final Map<String, String> WHOLE = Map.of("text", "text/plain", "xml", "text/xml", "bytea",
			"application/octet-stream");

	/** The parameters that say what is done with the rows of a function. */
	private static final List<String> OF_ROWS = List.of("select", "order", "limit", "offset");

	private static final Set<String> WORDS = Set.of("select", "columns", "on_conflict", "order", "limit", "offset",
			"and", "or");

	private final VisibleApi api;

	private final RelationPaths relations;

	FunctionPaths(VisibleApi api, RelationPaths relations) {
		this.api = api;
		this.relations = relations;
	}

	/**
	 * Whether there is any way to give the function what it needs.
	 */
	static boolean isCallable(Function function) {
		return takesNames(function) || wholeType(function) != null;
	}

	/**
	 * Return everything that can be done at the path of functions.
	 * @param functions those of one name that can be called
	 */
	ObjectNode path(List<Function> functions) {
		ObjectNode path = JsonNodeFactory.instance.objectNode();
		functions.stream()
			.filter((function) -> function.comment() != null)
			.findFirst()
			.ifPresent((function) -> path.put("description", function.comment()));
		List<Function> readable = functions.stream().filter(FunctionPaths::isReadable).toList();
		if (!readable.isEmpty()) {
			path.set("get", get(readable));
		}
		return path.set("post", post(functions));
	}

	private ObjectNode get(List<Function> functions) {
		ObjectNode operation = operation("query", functions,
				Stream.concat(arguments(functions), common(functions, "acceptProfile")));
		return respond(operation, functions);
	}

	private ObjectNode post(List<Function> functions) {
		ObjectNode operation = operation("call", functions, common(functions, "contentProfile"));
		ObjectNode content = JsonNodeFactory.instance.objectNode();
		List<ObjectNode> bodies = functions.stream()
			.filter((function) -> takesNames(function) || isJson(wholeType(function)))
			.map(FunctionPaths::body)
			.distinct()
			.toList();
		if (!bodies.isEmpty()) {
			content.putObject("application/json").set("schema", alternatives("oneOf", bodies));
		}
		if (functions.stream().anyMatch(FunctionPaths::takesNames)) {
			content.putObject("application/x-www-form-urlencoded").putObject("schema").put("type", "object");
		}
		functions.stream()
			.map((function) -> WHOLE.get(String.valueOf(wholeType(function))))
			.filter((type) -> type != null)
			.forEach((type) -> content.putObject(type).putObject("schema"));
		boolean needed = functions.stream()
			.noneMatch((function) -> takesNames(function)
					&& function.inputs().stream().allMatch(Function.Argument::optional));
		operation.putObject("requestBody").put("required", needed).set("content", content);
		return Operations.writing(respond(operation, functions));
	}

	private ObjectNode operation(String verb, List<Function> functions, Stream<ObjectNode> parameters) {
		String name = functions.get(0).name();
		return Operations.of(verb + "_" + ComponentNames.of(name), "(rpc) " + name, "Call " + name, parameters);
	}

	/**
	 * Return the arguments as parameters. One is only required if every function of the
	 * name needs it.
	 */
	private static Stream<ObjectNode> arguments(List<Function> functions) {
		Map<String, Set<ObjectNode>> arguments = new LinkedHashMap<>();
		for (Function function : functions) {
			for (Function.Argument argument : function.inputs()) {
				if (!WORDS.contains(argument.name())) {
					arguments.computeIfAbsent(argument.name(), (name) -> new LinkedHashSet<>())
						.add(parameterSchema(argument));
				}
			}
		}
		return arguments.entrySet().stream().map((argument) -> {
			ObjectNode parameter = JsonNodeFactory.instance.objectNode()
				.put("name", argument.getKey())
				.put("in", "query");
			if (functions.stream().allMatch((function) -> needs(function, argument.getKey()))) {
				parameter.put("required", true);
			}
			return parameter.set("schema", alternatives("anyOf", List.copyOf(argument.getValue())));
		});
	}

	/**
	 * Return the schema of an argument as text: what has parts is written as PostgreSQL
	 * does, but a variadic argument is repeated.
	 */
	private static ObjectNode parameterSchema(Function.Argument argument) {
		ObjectNode schema = TypeSchemas.of(argument.type(), false);
		if (argument.mode() == Function.Mode.VARIADIC) {
			return TypeSchemas.typed("array", false).set("items", TypeSchemas.typed("string", false));
		}
		String type = schema.path("type").asString("");
		return (type.equals("array") || type.equals("object") || type.isEmpty()) ? TypeSchemas.typed("string", false)
				: schema;
	}

	private Stream<ObjectNode> common(List<Function> functions, String profileHeader) {
		boolean rows = functions.stream().anyMatch((function) -> function.result().shape() == Function.Shape.ROW);
		Stream<ObjectNode> ofRows = rows ? OF_ROWS.stream().map(SharedComponents::parameter) : Stream.empty();
		Stream<ObjectNode> profile = this.api.isDefault() ? Stream.empty()
				: Stream.of(SharedComponents.parameter(profileHeader));
		return Stream.of(ofRows, Stream.of(PreferHeader.reference(RestLanguage.Use.CALL)), profile)
			.flatMap((stream) -> stream);
	}

	private static ObjectNode body(Function function) {
		if (!takesNames(function)) {
			return TypeSchemas.anything();
		}
		ObjectNode body = TypeSchemas.typed("object", false);
		ObjectNode properties = body.putObject("properties");
		ArrayNode required = JsonNodeFactory.instance.arrayNode();
		for (Function.Argument argument : function.inputs()) {
			properties.set(argument.name(), TypeSchemas.of(argument.type(), true));
			if (!argument.optional()) {
				required.add(argument.name());
			}
		}
		if (!required.isEmpty()) {
			body.set("required", required);
		}
		return body.put("additionalProperties", false);
	}

	private ObjectNode respond(ObjectNode operation, List<Function> functions) {
		List<Function> answering = functions.stream()
			.filter((function) -> function.result().shape() != Function.Shape.VOID)
			.toList();
		if (answering.size() < functions.size()) {
			Operations.respond(operation, "204", TypeSchemas.reference("responses", SharedComponents.DONE));
		}
		if (!answering.isEmpty()) {
			ObjectNode response = JsonNodeFactory.instance.objectNode().put("description", "What the function gives.");
			ObjectNode headers = response.putObject("headers");
			headers.set("Content-Range", Operations.header("ContentRange"));
			headers.set("Preference-Applied", Operations.header("PreferenceApplied"));
			response.set("content", content(answering));
			Operations.respond(operation, "200", response);
			Operations.respond(operation, "206", response.deepCopy());
		}
		return operation;
	}

	private ObjectNode content(List<Function> functions) {
		List<ObjectNode> ones = functions.stream().map(this::row).distinct().toList();
		List<ObjectNode> wholes = functions.stream().map(this::whole).distinct().toList();
		return this.relations.content(alternatives("anyOf", wholes), alternatives("anyOf", ones));
	}

	/**
	 * Return what the whole answer looks like.
	 */
	private ObjectNode whole(Function function) {
		ObjectNode one = row(function);
		if (function.result().set()) {
			return TypeSchemas.typed("array", false).set("items", one);
		}
		boolean nullable = function.result().shape() == Function.Shape.ROW;
		return nullable ? alternatives("anyOf", List.of(one, TypeSchemas.typed("null", false))) : one;
	}

	/**
	 * Return what one of the values or rows looks like.
	 */
	private ObjectNode row(Function function) {
		Function.Result result = function.result();
		if (result.shape() == Function.Shape.VALUE) {
			return TypeSchemas.of(result.type(), true);
		}
		VisibleRelation relation = this.api.result(function);
		if (relation == null) {
			return RelationSchemas.rows(result.columns());
		}
		return this.api.describes(relation) ? RelationSchemas.rowReference(relation) : RelationSchemas.row(relation);
	}

	private static ObjectNode alternatives(String keyword, List<ObjectNode> schemas) {
		if (schemas.size() == 1) {
			return schemas.get(0).deepCopy();
		}
		ObjectNode schema = JsonNodeFactory.instance.objectNode();
		ArrayNode alternatives = schema.putArray(keyword);
		schemas.forEach((each) -> alternatives.add(each.deepCopy()));
		return schema;
	}

	private static boolean isReadable(Function function) {
		return !function.isVolatile() && takesNames(function)
				&& function.inputs()
					.stream()
					.noneMatch((argument) -> !argument.optional() && WORDS.contains(argument.name()));
	}

	private static boolean needs(Function function, String name) {
		return function.inputs().stream().anyMatch((argument) -> argument.name().equals(name) && !argument.optional());
	}

	private static boolean takesNames(Function function) {
		return function.inputs().stream().noneMatch((argument) -> argument.name().isEmpty());
	}

	/**
	 * Return the type of the only argument if it has no name and takes a whole body, or
	 * {@code null}.
	 */
	private static @Nullable String wholeType(Function function) {
		List<Function.Argument> inputs = function.inputs();
		boolean only = inputs.size() == 1 && inputs.get(0).name().isEmpty();
		String type = (only && inputs.get(0).type() instanceof DataType.Base base) ? base.name() : "";
		return (isJson(type) || WHOLE.containsKey(type)) ? type : null;
	}

	private static boolean isJson(@Nullable String type) {
		return "json".equals(type) || "jsonb".equals(type);
	}

}

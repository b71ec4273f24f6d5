package dev.oriel.admin.data;

import java.util.List;
import java.util.TreeSet;

import dev.oriel.admin.access.AccessPolicy;
import dev.oriel.admin.access.Caller;
import dev.oriel.admin.access.Operation;
import dev.oriel.admin.access.RelationAccess;
import dev.oriel.admin.schema.Function;
import dev.oriel.admin.schema.NearestNames;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.schema.SchemaSnapshot;
import dev.oriel.admin.sql.FunctionCall;
import dev.oriel.admin.sql.Related;

import org.jspecify.annotations.Nullable;

/**
 * Finds functions on behalf of a caller. One that may not be called is not found, exactly
 * as one that does not exist. Of several with one name, the names of the arguments
 * decide.
 */
final class Functions {

	private final AccessPolicy policy;

	Functions(AccessPolicy policy) {
		this.policy = policy;
	}

	/**
	 * Return the functions of that name.
	 */
	List<Function> named(Caller caller, SchemaSnapshot snapshot, String schema, String name) {
		return visible(caller, snapshot, schema).stream().filter((function) -> function.name().equals(name)).toList();
	}

	FunctionCall find(Caller caller, SchemaSnapshot snapshot, String schema, String name, CallBody body) {
		List<Function> named = named(caller, snapshot, schema, name);
		List<Function> byNames = named.stream().filter(body::isTakenBy).toList();
		List<Function> found = byNames.isEmpty() ? named.stream().filter(body::isWhollyTakenBy).toList() : byNames;
		if (found.size() > 1) {
			throw new ProblemException(ambiguous(found));
		}
		if (found.isEmpty()) {
			throw new ProblemException(unknown(caller, snapshot, schema, name, body));
		}
		return new FunctionCall(found.get(0), byNames.isEmpty() ? body.whole() : body.named());
	}

	Problem unknown(Caller caller, SchemaSnapshot snapshot, String schema, String name, CallBody body) {
		List<Function> functions = visible(caller, snapshot, schema);
		List<String> signatures = functions.stream()
			.filter((function) -> function.name().equals(name))
			.map(Functions::signature)
			.toList();
		String nearest = signatures.isEmpty()
				? NearestNames.nearest(name, functions.stream().map(Function::name).distinct().toList())
				: NearestNames.nearest(signature(name, body), signatures);
		String hint = (nearest != null) ? "Perhaps you meant to call the function " + schema + "." + nearest : null;
		String qualified = schema + "." + name;
		String list = String.join(", ", body.names());
		String message = "Could not find the function " + qualified
				+ (list.isEmpty() ? " without parameters" : "(" + list + ")") + " in the schema cache";
		return new Problem(404, "PGRST202", message, "Searched for the function " + qualified + searched(body)
				+ ", but no matches were found in the schema cache.", hint);
	}

	private static String searched(CallBody body) {
		String whole = body.types().isEmpty() ? ""
				: "with a single unnamed " + String.join("/", body.types()) + " parameter";
		if (body.named() == null) {
			return " " + whole;
		}
		String list = String.join(", ", body.names());
		String named = list.isEmpty() ? " without parameters"
				: ((body.names().size() > 1) ? " with parameters " : " with parameter ") + list;
		return whole.isEmpty() ? named : named + " or " + whole;
	}

	private static Problem ambiguous(List<Function> functions) {
		List<String> candidates = functions.stream()
			.map((function) -> function.schema() + "." + function.name() + "("
					+ String.join(", ",
							function.inputs()
								.stream()
								.map((argument) -> argument.name() + " => " + argument.type().sqlName())
								.toList())
					+ ")")
			.toList();
		return new Problem(300, "PGRST203",
				"Could not choose the best candidate function between: " + String.join(", ", candidates), null,
				"Try renaming the parameters or the function itself in the database so function overloading can be resolved");
	}

	private static String signature(Function function) {
		return function.name() + "("
				+ String.join(", ", new TreeSet<>(function.inputs().stream().map(Function.Argument::name).toList()))
				+ ")";
	}

	private static String signature(String name, CallBody body) {
		return name + "(" + String.join(", ", body.names()) + ")";
	}

	List<Function> visible(Caller caller, SchemaSnapshot snapshot, String schema) {
		return snapshot.functions()
			.stream()
			.filter((function) -> function.schema().equals(schema) && isVisible(caller, snapshot, function))
			.toList();
	}

	/**
	 * Whether a function may be called. One that gives rows of a relation needs the right
	 * to read that relation too, or it would tell what is hidden there.
	 */
	private boolean isVisible(Caller caller, SchemaSnapshot snapshot, Function function) {
		if (!this.policy.mayCall(caller, function)) {
			return false;
		}
		Relation relation = relation(snapshot, function);
		return relation == null || this.policy.decide(caller, relation).allows(Operation.SELECT);
	}

	/**
	 * Return what the caller may see of the rows that the function gives.
	 */
	RelationAccess access(Caller caller, Relation relation) {
		return this.policy.decide(caller, relation);
	}

	/**
	 * Return what the caller may embed in them.
	 */
	Related related(Caller caller, SchemaSnapshot snapshot) {
		return new ReadableScopes(this.policy, caller, snapshot).related();
	}

	static @Nullable Relation relation(SchemaSnapshot snapshot, Function function) {
		return (function.result().relation() != null) ? snapshot.relation(function.result().relation()) : null;
	}

}

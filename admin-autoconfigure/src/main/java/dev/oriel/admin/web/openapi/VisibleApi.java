package dev.oriel.admin.web.openapi;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.oriel.admin.access.AccessPolicy;
import dev.oriel.admin.access.Caller;
import dev.oriel.admin.access.Operation;
import dev.oriel.admin.access.RelationAccess;
import dev.oriel.admin.schema.Function;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.SchemaSnapshot;

import org.jspecify.annotations.Nullable;

/**
 * What of one schema a caller may use, and nothing of the rest.
 *
 * @since 0.1.0
 */
public final class VisibleApi {

	private final SchemaSnapshot snapshot;

	private final String schema;

	private final List<VisibleRelation> relations;

	private final List<Function> functions;

	private final Map<RelationName, VisibleRelation> results = new HashMap<>();

	private VisibleApi(SchemaSnapshot snapshot, String schema, List<VisibleRelation> relations,
			List<Function> functions) {
		this.snapshot = snapshot;
		this.schema = schema;
		this.relations = List.copyOf(relations);
		this.functions = List.copyOf(functions);
		relations.forEach((relation) -> this.results.put(relation.relation().name(), relation));
	}

	/**
	 * Return what a caller may use.
	 * @param snapshot everything there is
	 * @param schema the schema
	 * @param caller who asks
	 * @param policy who may do what
	 * @param functions the functions of the schema that the caller may call
	 * @param language what can be done at all
	 */
	public static VisibleApi of(SchemaSnapshot snapshot, String schema, Caller caller, AccessPolicy policy,
			List<Function> functions, RestLanguage language) {
		List<Relation> candidates = snapshot.relations()
			.stream()
			// Partitions are reached by the table they are parts of.
			.filter((relation) -> relation.name().schema().equals(schema) && relation.partitionOf() == null)
			.toList();
		Set<String> segments = candidates.stream()
			.map((relation) -> relation.name().name())
			.collect(Collectors.toUnmodifiableSet());
		List<VisibleRelation> relations = new ArrayList<>();
		for (Relation relation : candidates) {
			RelationAccess access = policy.decide(caller, relation);
			List<String> methods = language.methods().apply(relation, access);
			String name = relation.name().name();
			String segment = PathSegments.of(name);
			boolean reachable = segment.equals(name) || !segments.contains(segment);
			if (reachable && !access.operations().isEmpty() && !methods.isEmpty()) {
				relations.add(new VisibleRelation(relation, access, methods));
			}
		}
		VisibleApi api = new VisibleApi(snapshot, schema, relations, functions);
		api.addResults(caller, policy);
		return api;
	}

	private void addResults(Caller caller, AccessPolicy policy) {
		for (Function function : this.functions) {
			RelationName name = function.result().relation();
			Relation relation = (name != null) ? this.snapshot.relation(name) : null;
			if (relation != null) {
				this.results.computeIfAbsent(name,
						(absent) -> new VisibleRelation(relation, policy.decide(caller, relation), List.of()));
			}
		}
	}

	SchemaSnapshot snapshot() {
		return this.snapshot;
	}

	String schema() {
		return this.schema;
	}

	/**
	 * Whether the schema is the one that is meant where none is named.
	 */
	boolean isDefault() {
		return this.snapshot.schemas().indexOf(this.schema) == 0;
	}

	List<VisibleRelation> relations() {
		return this.relations;
	}

	/**
	 * Return the functions by their names; several may share one.
	 */
	Map<String, List<Function>> functions() {
		Map<String, List<Function>> functions = new LinkedHashMap<>();
		this.functions.forEach(
				(function) -> functions.computeIfAbsent(function.name(), (name) -> new ArrayList<>()).add(function));
		return functions;
	}

	/**
	 * Return the relation whose rows a function gives, or {@code null}.
	 */
	@Nullable VisibleRelation result(Function function) {
		RelationName name = function.result().relation();
		return (name != null) ? this.results.get(name) : null;
	}

	/**
	 * Whether the relation has a description of its own here.
	 */
	boolean describes(VisibleRelation relation) {
		return !relation.methods().isEmpty() && relation.access().allows(Operation.SELECT);
	}

	/**
	 * Return a text that differs whenever something else may be used.
	 */
	String rights() {
		StringBuilder rights = new StringBuilder(this.snapshot.version()).append('\n').append(this.schema);
		this.relations.forEach((relation) -> addRights(relation, rights));
		for (Function function : this.functions) {
			rights.append('\n').append(function.oid());
			VisibleRelation result = result(function);
			if (result != null) {
				addRights(result, rights);
			}
		}
		return rights.toString();
	}

	private static void addRights(VisibleRelation visible, StringBuilder rights) {
		rights.append('\n').append(visible.relation().oid()).append(visible.methods());
		RelationAccess access = visible.access();
		visible.relation().columns().forEach((column) -> {
			rights.append(access.readable().contains(column.name()) ? 'r' : '-');
			rights.append(access.insertable().contains(column.name()) ? 'i' : '-');
			rights.append(access.updatable().contains(column.name()) ? 'u' : '-');
		});
	}

}

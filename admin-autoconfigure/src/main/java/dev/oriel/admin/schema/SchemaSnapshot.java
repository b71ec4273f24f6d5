package dev.oriel.admin.schema;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Everything the connected role can see in the database, as it was at one moment.
 *
 * @since 0.1.0
 */
public final class SchemaSnapshot {

	private final String version;

	private final String database;

	private final List<String> schemas;

	private final Map<RelationName, Relation> relations;

	private final Map<RelationName, List<ForeignKey>> referencing;

	private final Map<RelationName, List<RelationName>> children;

	private final List<Function> functions;

	private final Map<RelationName, List<InheritedKey>> inheritedKeys;

	private final Map<RelationName, List<Function>> computed;

	/**
	 * Create a snapshot without functions.
	 * @param version a text that differs whenever the content does
	 * @param database the name of the database
	 * @param schemas the schemas that are shown, the default one first
	 * @param relations the relations
	 */
	public SchemaSnapshot(String version, String database, List<String> schemas, Collection<Relation> relations) {
		this(version, database, schemas, relations, List.of());
	}

	/**
	 * Create a snapshot in which views show no keys.
	 * @param version a text that differs whenever the content does
	 * @param database the name of the database
	 * @param schemas the schemas that are shown, the default one first
	 * @param relations the relations
	 * @param functions the functions
	 */
	public SchemaSnapshot(String version, String database, List<String> schemas, Collection<Relation> relations,
			Collection<Function> functions) {
		this(version, database, schemas, relations, functions, List.of());
	}

	/**
	 * Create a snapshot.
	 * @param version a text that differs whenever the content does
	 * @param database the name of the database
	 * @param schemas the schemas that are shown, the default one first
	 * @param relations the relations
	 * @param functions the functions
	 * @param inheritedKeys the foreign keys that views show
	 */
	public SchemaSnapshot(String version, String database, List<String> schemas, Collection<Relation> relations,
			Collection<Function> functions, Collection<InheritedKey> inheritedKeys) {
		this.version = version;
		this.database = database;
		this.schemas = List.copyOf(schemas);
		this.functions = List.copyOf(functions);
		this.computed = new HashMap<>();
		for (Function function : functions) {
			if (function.computed() != null) {
				this.computed.computeIfAbsent(function.computed().relation(), (relation) -> new ArrayList<>())
					.add(function);
			}
		}
		this.inheritedKeys = new HashMap<>();
		for (InheritedKey key : inheritedKeys) {
			Stream.concat(key.sources().stream(), key.targets().stream())
				.map(InheritedKey.End::relation)
				.distinct()
				.forEach((relation) -> this.inheritedKeys.computeIfAbsent(relation, (name) -> new ArrayList<>())
					.add(key));
		}
		this.relations = new LinkedHashMap<>();
		this.referencing = new LinkedHashMap<>();
		this.children = new LinkedHashMap<>();
		relations.forEach((relation) -> this.relations.put(relation.name(), relation));
		for (Relation relation : relations) {
			relation.foreignKeys()
				.stream()
				.filter((key) -> !isInherited(relation, key))
				.forEach((key) -> this.referencing.computeIfAbsent(key.target(), (target) -> new ArrayList<>())
					.add(key));
			relation.structure().parents().forEach((parent) -> addChild(parent, relation.name()));
			if (relation.partitionOf() != null) {
				addChild(relation.partitionOf(), relation.name());
			}
		}
	}

	private void addChild(RelationName parent, RelationName child) {
		this.children.computeIfAbsent(parent, (name) -> new ArrayList<>()).add(child);
	}

	private boolean isInherited(Relation partition, ForeignKey key) {
		Relation whole = (partition.partitionOf() != null) ? this.relations.get(partition.partitionOf()) : null;
		return whole != null
				&& whole.foreignKeys()
					.stream()
					.anyMatch((candidate) -> candidate.columns().equals(key.columns())
							&& candidate.target().equals(key.target())
							&& candidate.targetColumns().equals(key.targetColumns()));
	}

	/**
	 * Return a text that differs whenever the content does.
	 */
	public String version() {
		return this.version;
	}

	/**
	 * Return the name of the database.
	 */
	public String database() {
		return this.database;
	}

	/**
	 * Return the schemas that are shown, the default one first.
	 */
	public List<String> schemas() {
		return this.schemas;
	}

	/**
	 * Return all relations, in the order of their schemas and names.
	 */
	public Collection<Relation> relations() {
		return Collections.unmodifiableCollection(this.relations.values());
	}

	/**
	 * Return the relation of that name, or {@code null}.
	 * @param name the name
	 */
	public @Nullable Relation relation(RelationName name) {
		return this.relations.get(name);
	}

	/**
	 * Return the foreign keys of other relations (or the same one) that point at a
	 * relation. A partition does not repeat the keys of the table it is a part of.
	 * @param name the relation pointed at
	 */
	public List<ForeignKey> referencing(RelationName name) {
		return List.copyOf(this.referencing.getOrDefault(name, List.of()));
	}

	/**
	 * Return the relations that inherit from a relation or are its partitions, in the
	 * order of their schemas and names; not theirs in turn.
	 * @param name the relation they belong to
	 */
	public List<RelationName> children(RelationName name) {
		return List.copyOf(this.children.getOrDefault(name, List.of()));
	}

	/**
	 * Return all functions, in the order of their schemas and names.
	 */
	public List<Function> functions() {
		return this.functions;
	}

	/**
	 * Return the functions that compute something from a row of a relation, those of the
	 * relation's own schema first.
	 * @param name the relation
	 */
	public List<Function> computed(RelationName name) {
		return this.computed.getOrDefault(name, List.of())
			.stream()
			.sorted(Comparator.comparing((Function function) -> !function.schema().equals(name.schema())))
			.toList();
	}

	/**
	 * Return the foreign keys that a relation shares with views, or shows as a view, at
	 * either end.
	 * @param name the relation
	 */
	public List<InheritedKey> inheritedKeys(RelationName name) {
		return List.copyOf(this.inheritedKeys.getOrDefault(name, List.of()));
	}

}

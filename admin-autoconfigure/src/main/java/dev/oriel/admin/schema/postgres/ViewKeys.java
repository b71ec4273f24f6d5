package dev.oriel.admin.schema.postgres;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import dev.oriel.admin.schema.InheritedKey;
import dev.oriel.admin.schema.InheritedKey.End;
import dev.oriel.admin.schema.RelationKind;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.postgres.ViewShape.Origin;

/**
 * The keys that views take over from the stored relations that they read.
 */
final class ViewKeys {

	private final Map<Long, RelationRow> relations = new HashMap<>();

	private final Map<Long, Attributes> attributes = new HashMap<>();

	private final Map<Long, List<Part>> byView = new HashMap<>();

	private final Map<Long, List<Part>> bySource = new HashMap<>();

	private final IndexCatalog keys;

	ViewKeys(List<RelationRow> relations, ColumnCatalog columns, ViewCatalog views, IndexCatalog keys) {
		this.keys = keys;
		for (RelationRow relation : relations) {
			this.relations.put(relation.oid(), relation);
			this.attributes.put(relation.oid(), new Attributes(columns.of(relation.oid())));
		}
		for (RelationRow relation : relations) {
			if (isView(relation)) {
				List<Part> parts = parts(relation.oid(), views.of(relation.oid()), this.attributes.get(relation.oid()));
				this.byView.put(relation.oid(), parts);
				parts.forEach(
						(part) -> this.bySource.computeIfAbsent(part.source(), (oid) -> new ArrayList<>()).add(part));
			}
		}
	}

	private static boolean isView(RelationRow relation) {
		return relation.kind() == RelationKind.VIEW || relation.kind() == RelationKind.MATERIALIZED_VIEW;
	}

	/**
	 * Take a view apart into what comes from each place at which a stored relation is
	 * named: columns of different places must not be taken for one row's.
	 */
	private static List<Part> parts(long view, ViewShape shape, Attributes attributes) {
		Map<String, Part> parts = new LinkedHashMap<>();
		Map<Integer, Origin> origins = new TreeMap<>(shape.origins());
		origins.keySet().removeIf((column) -> !attributes.has(column));
		origins.forEach(
				(column, origin) -> parts
					.computeIfAbsent(origin.occurrence(),
							(occurrence) -> new Part(view, shape, origin.relation(), origin.optional(),
									new HashMap<>()))
					.columns()
					.computeIfAbsent(origin.column(), (number) -> new ArrayList<>())
					.add(column));
		return List.copyOf(parts.values());
	}

	/**
	 * Return the columns that are known to name a row of a view: a primary key that the
	 * view shows as a whole and never repeats; none where that cannot be proved.
	 */
	List<String> identity(long view) {
		return this.byView.getOrDefault(view, List.of())
			.stream()
			.filter((part) -> !part.optional())
			.flatMap((part) -> part.shown(this.keys.primaryPositions(part.source()))
				.stream()
				.filter((columns) -> part.shape().isUnique(Set.copyOf(columns))))
			.filter((columns) -> !columns.isEmpty())
			.findFirst()
			.map((columns) -> names(view, columns))
			.orElse(List.of());
	}

	/**
	 * Return the foreign keys that views show at one end or at both.
	 */
	List<InheritedKey> inherited(ForeignKeyCatalog foreignKeys) {
		return foreignKeys.all()
			.stream()
			.sorted(Comparator.comparing(ForeignKeyCatalog.KeyRow::name)
				.thenComparing(ForeignKeyCatalog.KeyRow::source))
			.map(this::inherited)
			.filter((key) -> !key.sources().isEmpty() && !key.targets().isEmpty())
			.filter((key) -> key.sources().stream().anyMatch(End::view) || key.targets().stream().anyMatch(End::view))
			.toList();
	}

	private InheritedKey inherited(ForeignKeyCatalog.KeyRow key) {
		return new InheritedKey(key.name(), key.onDelete(), ends(key.source(), key.columns(), key.unique()),
				ends(key.target(), key.targetColumns(), true));
	}

	private List<End> ends(long relation, List<Integer> columns, boolean unique) {
		List<End> ends = new ArrayList<>();
		RelationRow stored = this.relations.get(relation);
		List<Integer> primaryKey = this.keys.primaryPositions(relation);
		// A partition would repeat what is known of the whole.
		if (stored != null && stored.partitionOf() == null) {
			ends.add(new End(stored.name(), names(relation, columns), false, unique, primaryKey.containsAll(columns)));
		}
		for (Part part : this.bySource.getOrDefault(relation, List.of())) {
			boolean ofPrimaryKey = primaryKey.containsAll(columns) && part.columns().keySet().containsAll(primaryKey);
			RelationName view = this.relations.get(part.view()).name();
			part.shown(columns)
				.forEach((shown) -> ends.add(new End(view, names(part.view(), shown), true,
						unique && part.shape().isUnique(Set.copyOf(shown)), ofPrimaryKey)));
		}
		return ends;
	}

	private List<String> names(long relation, List<Integer> columns) {
		return this.attributes.get(relation).names(columns);
	}

	/**
	 * What a view shows of one place at which a stored relation is named.
	 */
	private record Part(long view, ViewShape shape, long source, boolean optional,
			Map<Integer, List<Integer>> columns) {

		/**
		 * Return the view's columns that some columns of the source are shown as, once
		 * for each way if they are shown several times; none if one is missing.
		 */
		List<List<Integer>> shown(List<Integer> numbers) {
			return Combinations
				.of(numbers.stream().map((number) -> this.columns.getOrDefault(number, List.of())).toList());
		}

	}

}

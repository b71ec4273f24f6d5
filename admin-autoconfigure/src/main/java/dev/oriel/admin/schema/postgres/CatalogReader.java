package dev.oriel.admin.schema.postgres;

import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import javax.sql.DataSource;

import dev.oriel.admin.schema.Function;
import dev.oriel.admin.schema.InheritedKey;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.schema.RelationKind;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.SchemaSnapshot;
import dev.oriel.admin.schema.Structure;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads the catalogue with nine statements, however large the schema is.
 */
final class CatalogReader {

	private final CatalogTransaction transaction;

	private final ReflectionSettings settings;

	private final RelationFilter filter;

	CatalogReader(DataSource dataSource, ReflectionSettings settings) {
		this.transaction = new CatalogTransaction(dataSource);
		this.settings = settings;
		this.filter = new RelationFilter(settings);
	}

	/**
	 * Return a text that differs from {@link Reading#fingerprint()} when the catalogue
	 * was changed since. It may also differ when nothing changed that a snapshot holds.
	 */
	String fingerprint() throws SQLException {
		return this.transaction.read((catalog) -> Scope.read(catalog, this.settings)).fingerprint();
	}

	Reading read() throws SQLException {
		return this.transaction.read(this::read);
	}

	private Reading read(JdbcClient catalog) {
		Scope scope = Scope.read(catalog, this.settings);
		List<RelationRow> rows = RelationRow.read(catalog, scope.schemas())
			.stream()
			.filter((row) -> this.filter.accepts(row.name().schema(), row.name().name()))
			.toList();
		List<String> schemas = schemas(scope, rows);
		FunctionCatalog functions = FunctionCatalog.read(catalog, schemas);
		long[] oids = rows.stream().mapToLong(RelationRow::oid).toArray();
		TypeCatalog types = TypeCatalog.read(catalog, oids, functions.types());
		ColumnCatalog columns = ColumnCatalog.read(catalog, oids, rows, types);
		ViewCatalog views = ViewCatalog.read(catalog, oids);
		long[] sources = views.withSources(oids);
		IndexCatalog indexes = IndexCatalog.read(catalog, sources);
		ConstraintCatalog constraints = ConstraintCatalog.read(catalog, oids);
		ForeignKeyCatalog foreignKeys = ForeignKeyCatalog.read(catalog, sources);
		views.trace(indexes);
		ViewKeys viewKeys = new ViewKeys(rows, columns, views, indexes);
		List<Relation> relations = relations(rows, columns, indexes, constraints, foreignKeys, viewKeys).stream()
			.sorted(Comparator.comparing((Relation relation) -> schemas.indexOf(relation.name().schema()))
				.thenComparing(Relation::name))
			.toList();
		List<InheritedKey> inherited = viewKeys.inherited(foreignKeys);
		List<Function> callable = functions.all(types);
		String version = ContentHash.of(scope.database(), schemas, relations, callable, inherited);
		return new Reading(new SchemaSnapshot(version, scope.database(), schemas, relations, callable, inherited),
				scope.fingerprint());
	}

	private List<String> schemas(Scope scope, List<RelationRow> rows) {
		if (!this.settings.schemas().isEmpty()) {
			return this.settings.schemas().stream().distinct().filter(scope.schemas()::contains).toList();
		}
		List<String> used = rows.stream().map((row) -> row.name().schema()).distinct().toList();
		return scope.schemas()
			.stream()
			.filter((schema) -> used.isEmpty() || used.contains(schema))
			.sorted(Comparator.comparing((String schema) -> !schema.equals("public"))
				.thenComparing(Comparator.naturalOrder()))
			.toList();
	}

	private static List<Relation> relations(List<RelationRow> rows, ColumnCatalog columns, IndexCatalog indexes,
			ConstraintCatalog constraints, ForeignKeyCatalog foreignKeys, ViewKeys viewKeys) {
		Map<Long, RelationName> names = new HashMap<>();
		Map<Long, Attributes> attributes = new HashMap<>();
		for (RelationRow row : rows) {
			names.put(row.oid(), row.name());
			attributes.put(row.oid(), new Attributes(columns.of(row.oid())));
		}
		return rows.stream().map((row) -> {
			long oid = row.oid();
			Attributes own = attributes.get(oid);
			Structure structure = new Structure(row.comment().tags(), row.unlogged(), parents(row, names),
					row.partitioning(), row.rowSecurity(), constraints.of(oid, own), indexes.of(oid, own),
					row.content(), row.supported());
			List<String> primaryKey = (row.kind() == RelationKind.VIEW) ? viewKeys.identity(oid)
					: indexes.primaryKey(oid, own);
			return new Relation(oid, row.name(), row.kind(), row.comment().text(), columns.of(oid), primaryKey,
					indexes.uniqueKeys(oid, own), foreignKeys.of(oid, names, attributes), row.partitionOf(),
					row.estimatedRows(), row.privileges(), structure);
		}).toList();
	}

	private static List<RelationName> parents(RelationRow row, Map<Long, RelationName> names) {
		return row.parents().stream().map(names::get).filter(Objects::nonNull).toList();
	}

	/**
	 * What a reading gave.
	 *
	 * @param snapshot the snapshot
	 * @param fingerprint the fingerprint of the catalogue at the same moment
	 */
	record Reading(SchemaSnapshot snapshot, String fingerprint) {
	}

}

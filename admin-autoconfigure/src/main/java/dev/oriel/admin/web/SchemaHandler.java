package dev.oriel.admin.web;

import java.util.List;

import dev.oriel.admin.access.AccessPolicy;
import dev.oriel.admin.access.Caller;
import dev.oriel.admin.access.Operation;
import dev.oriel.admin.access.RelationAccess;
import dev.oriel.admin.data.Problem;
import dev.oriel.admin.data.ProblemException;
import dev.oriel.admin.query.Filter;
import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.SchemaSnapshot;
import dev.oriel.admin.schema.SchemaSource;
import dev.oriel.admin.schema.UniqueKey;

import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

import org.jspecify.annotations.Nullable;

/**
 * Tells the page which relations there are, and what each looks like, as far as the
 * caller may know.
 */
final class SchemaHandler {

	private final SchemaSource source;

	private final AccessPolicy policy;

	private final Presentations presentations;

	private final LiveControl live;

	SchemaHandler(SchemaSource source, AccessPolicy policy, Presentations presentations, LiveControl live) {
		this.source = source;
		this.policy = policy;
		this.presentations = presentations;
		this.live = live;
	}

	ServerResponse overview(ServerRequest request) {
		Caller caller = GuardFilter.caller(request);
		SchemaSnapshot snapshot = this.source.snapshot();
		List<SchemaDocuments.Summary> relations = snapshot.relations()
			.stream()
			.filter((relation) -> isVisible(caller, relation))
			.map((relation) -> SchemaDocuments.Summary.of(relation, this.presentations.table(relation),
					estimatedRows(relation, this.policy.decide(caller, relation)), this.live.mode(relation)))
			.toList();
		return Responses.cached(request,
				new SchemaDocuments.Overview(snapshot.version(), snapshot.database(), snapshot.schemas(), relations));
	}

	ServerResponse detail(ServerRequest request) {
		Caller caller = GuardFilter.caller(request);
		SchemaSnapshot snapshot = this.source.snapshot();
		Relation relation = find(request, snapshot);
		RelationAccess access = this.policy.decide(caller, relation);
		Presentations.Table table = this.presentations.table(relation);
		List<SchemaDocuments.ColumnDocument> columns = relation.columns()
			.stream()
			.filter((column) -> access.readable().contains(column.name()))
			.map((column) -> SchemaDocuments.ColumnDocument.of(column, relation, access, table.column(column)))
			.toList();
		VisibleKeys keys = new VisibleKeys(snapshot,
				(name, names) -> isReadable(caller, snapshot.relation(name), names));
		List<SchemaDocuments.Reference> foreignKeys = keys.of(relation)
			.stream()
			.map(SchemaDocuments.Reference::of)
			.toList();
		List<SchemaDocuments.Referrer> referencedBy = keys.pointingAt(relation)
			.stream()
			.map(SchemaDocuments.Referrer::of)
			.toList();
		return Responses.cached(request, new SchemaDocuments.Detail(snapshot.version(), relation.name().schema(),
				relation.name().name(), relation.kind().label(), SchemaDocuments.label(relation, table),
				relation.comment(), table.display(), estimatedRows(relation, access), this.live.mode(relation),
				key(relation, access),
				relation.uniqueKeys().stream().map(UniqueKey::columns).filter(access.readable()::containsAll).toList(),
				SchemaDocuments.Permissions.of(access), columns, foreignKeys, referencedBy, relation.structure().tags(),
				StructureDocument.of(relation, snapshot, access.readable(),
						(name) -> isVisible(caller, snapshot.relation(name)),
						(name) -> isWhole(caller, snapshot.relation(name))),
				LimitationDocument.of(relation, access)));
	}

	/**
	 * Return the relation that the path names, if the caller may see it.
	 */
	Relation find(ServerRequest request, SchemaSnapshot snapshot) {
		Caller caller = GuardFilter.caller(request);
		RelationName name = PathNames.resolve(snapshot, request.pathVariable("schema"),
				request.pathVariable("relation"), (each) -> isVisible(caller, each));
		Relation relation = snapshot.relation(name);
		if (relation == null || !isVisible(caller, relation)) {
			throw new ProblemException(new Problem(404, "PGRST205",
					"Could not find the table '%s' in the schema cache".formatted(name), null, null));
		}
		return relation;
	}

	Relation find(ServerRequest request) {
		return find(request, this.source.snapshot());
	}

	/**
	 * Whether the caller may change rows of a relation in any way.
	 */
	boolean isWritable(ServerRequest request, Relation relation) {
		RelationAccess access = this.policy.decide(GuardFilter.caller(request), relation);
		return access.operations().stream().anyMatch((operation) -> operation != Operation.SELECT);
	}

	private static List<String> key(Relation relation, RelationAccess access) {
		return access.readable().containsAll(relation.key()) ? relation.key() : List.of();
	}

	/**
	 * Return how many rows there are, but not where the caller may not see all of them.
	 */
	private static @Nullable Long estimatedRows(Relation relation, RelationAccess access) {
		return access.rows().equals(Filter.NONE) ? relation.estimatedRows() : null;
	}

	private boolean isReadable(Caller caller, @Nullable Relation relation, List<String> columns) {
		return relation != null && this.policy.decide(caller, relation).readable().containsAll(columns);
	}

	private boolean isWhole(Caller caller, @Nullable Relation relation) {
		return relation != null && isReadable(caller, relation, relation.columns().stream().map(Column::name).toList());
	}

	private boolean isVisible(Caller caller, @Nullable Relation relation) {
		return relation != null && !this.policy.decide(caller, relation).operations().isEmpty();
	}

}

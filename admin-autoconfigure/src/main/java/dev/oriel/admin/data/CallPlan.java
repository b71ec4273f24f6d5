package dev.oriel.admin.data;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.oriel.admin.access.Caller;
import dev.oriel.admin.access.RelationAccess;
import dev.oriel.admin.query.Filter;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.query.QueryException;
import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.ForeignKey;
import dev.oriel.admin.schema.Function;
import dev.oriel.admin.schema.Privileges;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.schema.RelationKind;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.SchemaSnapshot;
import dev.oriel.admin.sql.CallStatements;
import dev.oriel.admin.sql.FunctionCall;
import dev.oriel.admin.sql.ReadStatements;
import dev.oriel.admin.sql.Related;
import dev.oriel.admin.sql.Returned;
import dev.oriel.admin.sql.RowFormat;
import dev.oriel.admin.sql.Scope;
import dev.oriel.admin.sql.SqlStatement;
import dev.oriel.admin.sql.VersionMode;

import org.jspecify.annotations.Nullable;

/**
 * The statements of a call.
 *
 * @param call the call
 * @param scope what may be touched of the rows it gives, or {@code null} if it gives none
 */
record CallPlan(FunctionCall call, @Nullable Scope scope) {

	static CallPlan of(FunctionCall call, SchemaSnapshot snapshot, Functions functions, Caller caller) {
		Function function = call.function();
		if (function.result().shape() != Function.Shape.ROW) {
			return new CallPlan(call, null);
		}
		List<Column> columns = function.result().columns();
		Relation relation = Functions.relation(snapshot, function);
		if (relation == null) {
			Set<String> all = columns.stream().map(Column::name).collect(Collectors.toUnmodifiableSet());
			RelationName name = new RelationName(function.schema(), function.name());
			return new CallPlan(call, new Scope(rows(name, function, List.of()), all, Filter.NONE, Related.NONE, call));
		}
		RelationAccess access = functions.access(caller, relation);
		Related related = functions.related(caller, snapshot);
		return new CallPlan(call, new Scope(rows(relation.name(), function, relation.foreignKeys()), access.readable(),
				access.rows(), related, call));
	}

	/**
	 * Return the rows as a relation without a key, so that they stay in the order that
	 * the function gives them in.
	 */
	private static Relation rows(RelationName name, Function function, List<ForeignKey> foreignKeys) {
		return new Relation(function.oid(), name, RelationKind.VIEW, function.comment(), function.result().columns(),
				List.of(), List.of(), foreignKeys, null, null, new Privileges(true, false, false, false));
	}

	SqlStatement rows(Query query, RowFormat format) {
		if (this.scope != null) {
			return ReadStatements.rows(this.scope, query, new Returned(VersionMode.NONE, format, false));
		}
		requirePlain(query);
		return (this.call.function().result().shape() == Function.Shape.VOID) ? CallStatements.effect(this.call)
				: CallStatements.values(this.call, query, format);
	}

	/**
	 * Return the names of the result's fields.
	 */
	List<String> fields(Query query) {
		return (this.scope != null) ? ReadStatements.fields(this.scope, query, VersionMode.NONE)
				: List.of(this.call.function().name());
	}

	SqlStatement count(Query query) {
		return (this.scope != null) ? ReadStatements.count(this.scope, query, 0) : CallStatements.count(this.call);
	}

	private void requirePlain(Query query) {
		if (!query.select().isEmpty() || !query.order().isEmpty() || !query.filter().equals(Filter.NONE)) {
			throw new QueryException("42703",
					"The result of the function %s has no columns".formatted(this.call.function().name()), null,
					"Leave out 'select', 'order' and filters.");
		}
	}

}

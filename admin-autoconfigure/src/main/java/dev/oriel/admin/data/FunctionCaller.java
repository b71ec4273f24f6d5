package dev.oriel.admin.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

import javax.sql.DataSource;

import dev.oriel.admin.access.AccessPolicy;
import dev.oriel.admin.access.Caller;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.query.QueryException;
import dev.oriel.admin.schema.Function;
import dev.oriel.admin.schema.SchemaSnapshot;
import dev.oriel.admin.schema.SchemaSource;
import dev.oriel.admin.schema.SchemaUnavailableException;
import dev.oriel.admin.sql.Explain;
import dev.oriel.admin.sql.FunctionCall;
import dev.oriel.admin.sql.RowFormat;

import org.jspecify.annotations.Nullable;

/**
 * Calls functions on behalf of a caller, each call in one transaction. A function that
 * promises to change nothing is held to it by PostgreSQL.
 *
 * @since 0.1.0
 */
public final class FunctionCaller {

	private final Database database;

	private final SchemaSource source;

	private final Functions functions;

	private final DataSettings settings;

	private final ImpactTurns impacts;

	/**
	 * Create a caller of functions.
	 * @param dataSource where connections come from
	 * @param source where the schema comes from
	 * @param policy who may call what
	 * @param settings the limits to keep
	 */
	public FunctionCaller(DataSource dataSource, SchemaSource source, AccessPolicy policy, DataSettings settings) {
		this(Transactions.of(dataSource), source, policy, settings);
	}

	/**
	 * Create a caller of functions.
	 * @param transactions what it calls in
	 * @param source where the schema comes from
	 * @param policy who may call what
	 * @param settings the limits to keep
	 */
	public FunctionCaller(Transactions transactions, SchemaSource source, AccessPolicy policy, DataSettings settings) {
		this.database = new Database(transactions, settings);
		this.impacts = new ImpactTurns(transactions, settings);
		this.source = source;
		this.functions = new Functions(policy);
		this.settings = settings;
	}

	/**
	 * Call a function.
	 * @param caller who asks
	 * @param schema the function's schema
	 * @param name the function
	 * @param body its arguments
	 * @param query what is done with its result
	 * @param options how to call it
	 * @throws ProblemException when it cannot be called, or fails; then nothing was
	 * changed
	 */
	public CallResult call(Caller caller, String schema, String name, CallBody body, Query query, CallOptions options) {
		try {
			SchemaSnapshot snapshot = snapshot(schema);
			try {
				return attempt(caller, snapshot, schema, name, body, query, options);
			}
			catch (SQLException ex) {
				boolean outdated = SqlProblems.mayBeStaleSchema(ex) && isOutdated(snapshot);
				if (!options.readOnly() || !(outdated || SqlProblems.isStalePlan(ex))) {
					throw ex;
				}
				return attempt(caller, snapshot(schema), schema, name, body, query, options);
			}
		}
		catch (QueryException ex) {
			throw new ProblemException(Problem.of(ex), ex);
		}
		catch (SQLException ex) {
			throw new ProblemException(SqlProblems.of(ex, null), ex);
		}
	}

	/**
	 * Return the functions of that name that the caller may call.
	 * @param caller who asks
	 * @param schema the functions' schema
	 * @param name their name
	 * @throws ProblemException when there is none
	 */
	public List<Function> named(Caller caller, String schema, String name) {
		SchemaSnapshot snapshot = snapshot(schema);
		List<Function> named = this.functions.named(caller, snapshot, schema, name);
		if (named.isEmpty()) {
			throw new ProblemException(
					this.functions.unknown(caller, snapshot, schema, name, CallBody.ofTexts(Map.of())));
		}
		return named;
	}

	/**
	 * Return all functions of a schema that the caller may call, in the order of their
	 * names.
	 * @param caller who asks
	 * @param snapshot everything there is
	 * @param schema the functions' schema
	 * @throws ProblemException when there is no such schema
	 */
	public List<Function> callable(Caller caller, SchemaSnapshot snapshot, String schema) {
		Targets.requireSchema(snapshot, schema);
		return this.functions.visible(caller, snapshot, schema);
	}

	private boolean isOutdated(SchemaSnapshot snapshot) {
		this.source.refreshIfChanged();
		return !this.source.snapshot().version().equals(snapshot.version());
	}

	private CallResult attempt(Caller caller, SchemaSnapshot snapshot, String schema, String name, CallBody body,
			Query query, CallOptions options) throws SQLException {
		FunctionCall call = this.functions.find(caller, snapshot, schema, name, body);
		CallPlan plan = CallPlan.of(call, snapshot, this.functions, caller);
		Function function = call.function();
		if (options.maxAffected() != null && !function.result().set()) {
			throw new ProblemException(new Problem(400, "PGRST128",
					"Function must return SETOF or TABLE when max-affected preference is used with handling=strict",
					null, null));
		}
		boolean readOnly = options.readOnly() || !function.isVolatile();
		Query capped = options.whole() ? oneMore(query) : query.atMost(this.settings.maxRows());
		boolean explained = options.output().explain() != null;
		Database.Work<CallResult> work = (connection) -> explained ? explain(connection, plan, capped, options)
				: run(connection, plan, capped, options, readOnly);
		if (readOnly) {
			return this.database.read(options.timeZone(), work);
		}
		return (options.impact() != null && !explained) ? watched(work, caller, snapshot, options, options.impact())
				: this.database.write(explained || options.rollback(), options.timeZone(), work);
	}

	private CallResult watched(Database.Work<CallResult> work, Caller caller, SchemaSnapshot snapshot,
			CallOptions options, Consumer<Impact> told) throws SQLException {
		return this.impacts.run(() -> this.database.write(true, options.timeZone(), (connection) -> {
			ImpactWatch watch = this.impacts.watch(connection);
			CallResult result = work.run(connection);
			told.accept(watch.end(snapshot, this.functions.related(caller, snapshot), null, Rows.NONE));
			return result;
		}));
	}

	private Query oneMore(Query query) {
		boolean limited = query.limit() != null && query.limit() <= this.settings.maxRows();
		return limited ? query : query.withPage(this.settings.maxRows() + 1, query.offset());
	}

	private CallResult explain(Connection connection, CallPlan plan, Query query, CallOptions options)
			throws SQLException {
		Explain explain = Objects.requireNonNull(options.output().explain());
		Rows rows = Database.query(connection, explain.of(plan.rows(query, options.output().format())), Rows::ofPlan);
		return new CallResult(plan.call().function(), new RowPage(rows.rows()), null);
	}

	private CallResult run(Connection connection, CallPlan plan, Query query, CallOptions options, boolean readOnly)
			throws SQLException {
		Function function = plan.call().function();
		RowFormat format = options.output().format();
		List<String> fields = format.equals(RowFormat.RECORD) ? plan.fields(query) : List.of();
		boolean counted = options.count() != CountMode.NONE && function.result().set();
		long limit = Objects.requireNonNull(query.limit());
		CallResult result;
		if (counted && !readOnly) {
			// A second call to count would do everything twice.
			Rows all = Database.query(connection, plan.rows(query.withPage(null, null), format), Rows::extract);
			result = new CallResult(function, page(all, limit, query.offset(), fields),
					new Count(all.rows().size(), true));
		}
		else {
			Rows rows = Database.query(connection, plan.rows(query.withPage(limit, query.offset()), format),
					Rows::extract);
			Count total = counted ? new Count(Database.query(connection, plan.count(query), (count) -> {
				count.next();
				return count.getLong(1);
			}), true) : null;
			result = new CallResult(function, new RowPage(rows.rows()).withFields(fields), total);
		}
		if (result.page().rows().size() > this.settings.maxRows()) {
			throw new ProblemException(Problem.notWhole(this.settings.maxRows()));
		}
		requireSize(result, options);
		return result;
	}

	private static RowPage page(Rows all, long limit, @Nullable Long offset, List<String> fields) {
		return new RowPage(all.rows().stream().skip((offset != null) ? offset : 0).limit(limit).toList())
			.withFields(fields);
	}

	private static void requireSize(CallResult result, CallOptions options) {
		int rows = result.page().rows().size();
		if (options.single() && rows != 1) {
			throw new ProblemException(Problem.notSingle(rows));
		}
		if (options.maxAffected() != null && result.function().result().set() && rows > options.maxAffected()) {
			throw new ProblemException(
					new Problem(400, "PGRST124", "Query result exceeds max-affected preference constraint",
							"The query affects %d rows".formatted(rows), null));
		}
	}

	private SchemaSnapshot snapshot(String schema) {
		try {
			SchemaSnapshot snapshot = this.source.snapshot();
			Targets.requireSchema(snapshot, schema);
			return snapshot;
		}
		catch (SchemaUnavailableException ex) {
			throw new ProblemException(Problem.unavailable(), ex);
		}
	}

}

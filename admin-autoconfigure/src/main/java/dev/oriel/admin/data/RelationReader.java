package dev.oriel.admin.data;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.sql.DataSource;

import dev.oriel.admin.access.AccessPolicy;
import dev.oriel.admin.access.Caller;
import dev.oriel.admin.access.Operation;
import dev.oriel.admin.query.Filter;
import dev.oriel.admin.query.Operator;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.query.QueryException;
import dev.oriel.admin.query.SelectItem;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.SchemaSource;
import dev.oriel.admin.sql.Explain;
import dev.oriel.admin.sql.ReadStatements;
import dev.oriel.admin.sql.RowFormat;
import dev.oriel.admin.sql.Scope;
import dev.oriel.admin.sql.SqlStatement;
import dev.oriel.admin.sql.StatementCache;

import org.springframework.util.Assert;

import org.jspecify.annotations.Nullable;

/**
 * Reads rows on behalf of a caller. HTTP and live windows read through the same method,
 * so they see the same bytes.
 *
 * @since 0.1.0
 */
public final class RelationReader {

	/** Up to here an estimated count is exact. */
	static final long COUNTED_ROWS = 10_000;

	/** How long an estimate may count: a filter that finds few rows may look at all. */
	private static final Duration ESTIMATE = Duration.ofSeconds(1);

	private static final Pattern PLAN_ROWS = Pattern.compile("\"Plan Rows\":\\s*(\\d+)");

	private static final SqlStatement NOW = new SqlStatement(
			"SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::int8", List.of());

	private final Database database;

	private final KeysetReader keyset;

	private final Targets targets;

	private final StatementCache statements = new StatementCache();

	private final DataSettings settings;

	private final WindowReader windows;

	/**
	 * Create a reader.
	 * @param dataSource where connections come from
	 * @param source where the schema comes from
	 * @param policy who may read what
	 * @param settings the limits to keep
	 */
	public RelationReader(DataSource dataSource, SchemaSource source, AccessPolicy policy, DataSettings settings) {
		this(Transactions.of(dataSource), source, policy, settings);
	}

	/**
	 * Create a reader.
	 * @param transactions what it reads in
	 * @param source where the schema comes from
	 * @param policy who may read what
	 * @param settings the limits to keep
	 */
	public RelationReader(Transactions transactions, SchemaSource source, AccessPolicy policy, DataSettings settings) {
		this.database = new Database(transactions, settings);
		this.keyset = new KeysetReader(this.database, this.statements);
		this.targets = new Targets(source, policy);
		this.settings = settings;
		this.windows = new WindowReader(this.database, this.targets, source, this.statements, settings.maxRows());
	}

	/**
	 * Return what reads pages that are kept up to date.
	 */
	public WindowReader windows() {
		return this.windows;
	}

	/**
	 * Return the rows of a query, at most as many as the settings allow. An exact count
	 * is part of the same statement; an estimate is made after the rows were read.
	 * @param caller who asks
	 * @param name the relation
	 * @param query what is asked for
	 * @param options how to read
	 * @throws ProblemException when the query cannot be answered
	 */
	public RowPage read(Caller caller, RelationName name, Query query, ReadOptions options) {
		Query capped = options.whole() ? oneMore(query) : query.atMost(this.settings.maxRows());
		RowPage answer = this.targets.read(caller, name, (scope) -> {
			if (KeysetReader.isMeant(query, options)) {
				RowPage page = this.keyset.read(scope, capped, options).withFields(fields(scope, capped, options));
				return (page.total() != null) ? page : page.withTotal(total(scope, query, options.count()));
			}
			SqlStatement statement = statement(scope, capped, options);
			Explain explain = options.output().explain();
			if (explain != null) {
				return new RowPage(this.database.read(explain.of(statement), options.timeZone(), Rows::ofPlan).rows());
			}
			Rows rows = this.database.read(statement, options.timeZone(), Rows::extract);
			Count total = (rows.total() != null) ? new Count(rows.total(), true) : total(scope, query, options.count());
			return new RowPage(rows.rows(), total).withFields(fields(scope, capped, options));
		});
		if (answer.rows().size() > this.settings.maxRows()) {
			throw new ProblemException(Problem.notWhole(this.settings.maxRows()));
		}
		return answer;
	}

	/**
	 * Return the row that a key names, if it is there.
	 * @param caller who asks
	 * @param name the relation
	 * @param key the texts of the columns of the relation's key, in their order
	 * @param query the fields to return, and further conditions
	 * @param options how to read
	 * @throws ProblemException when the query cannot be answered, or the relation has no
	 * such key
	 */
	public Optional<Row> find(Caller caller, RelationName name, List<String> key, Query query, ReadOptions options) {
		List<String> columns = this.targets.find(caller, name, Operation.SELECT).scope().key();
		if (columns.isEmpty() || columns.size() != key.size()) {
			String details = columns.isEmpty() ? "It has no key." : "Its key is " + String.join(", ", columns) + ".";
			throw new ProblemException(
					new Problem(400, "ORIEL400", "A row of %s cannot be named by %d values".formatted(name, key.size()),
							details, columns.isEmpty() ? "Use a filter." : "Give a value for each column of the key."));
		}
		Filter filter = query.filter();
		for (int i = 0; i < key.size(); i++) {
			filter = filter.and(Filter.Comparison.of(columns.get(i), Operator.EQ, key.get(i)));
		}
		return read(caller, name, query.withFilter(filter).withPage(1L, null), options).rows().stream().findFirst();
	}

	private SqlStatement statement(Scope scope, Query query, ReadOptions options) {
		return this.statements.rows(scope, query, options.returned(), options.count() == CountMode.EXACT);
	}

	private static List<String> fields(Scope scope, Query query, ReadOptions options) {
		return options.output().format().equals(RowFormat.RECORD)
				? ReadStatements.fields(scope, query, options.version()) : List.of();
	}

	/**
	 * Return how many rows a filter has.
	 * @param caller who asks
	 * @param name the relation
	 * @param query the query; its page does not matter
	 * @param mode how to count; not {@code NONE}
	 * @throws ProblemException when the query cannot be answered
	 */
	public Count count(Caller caller, RelationName name, Query query, CountMode mode) {
		Assert.isTrue(mode != CountMode.NONE, "'mode' must ask for a count");
		return this.targets.read(caller, name, (scope) -> Objects.requireNonNull(total(scope, query, mode)));
	}

	private @Nullable Count total(Scope scope, Query query, CountMode mode) throws SQLException {
		return switch (mode) {
			case NONE -> null;
			case EXACT -> new Count(counted(scope, query, 0, this.settings.statementTimeout()), true);
			case PLANNED -> new Count(planned(scope, query), false);
			case ESTIMATED -> estimated(scope, query);
		};
	}

	private Count estimated(Scope scope, Query query) throws SQLException {
		long counted;
		try {
			counted = counted(scope, query, COUNTED_ROWS + 1, ESTIMATE);
		}
		catch (SQLException ex) {
			if (SqlProblems.isTimeout(ex)) {
				return new Count(planned(scope, query), false);
			}
			throw ex;
		}
		if (counted <= COUNTED_ROWS) {
			return new Count(counted, true);
		}
		return new Count(Math.max(counted, planned(scope, query)), false);
	}

	private long counted(Scope scope, Query query, long limit, Duration time) throws SQLException {
		SqlStatement statement = ReadStatements.count(scope, query, limit);
		return this.database.read(time, (connection) -> Database.query(connection, statement, (rows) -> {
			rows.next();
			return rows.getLong(1);
		}));
	}

	private long planned(Scope scope, Query query) throws SQLException {
		SqlStatement statement = ReadStatements.plan(scope, query);
		return this.database.read(statement, null, (rows) -> {
			rows.next();
			Matcher matcher = PLAN_ROWS.matcher(rows.getString(1));
			return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
		});
	}

	/**
	 * Return the time by the database's clock, which periods around now go by.
	 * @throws ProblemException when the database cannot be reached
	 */
	public Instant now() {
		try {
			return this.database.read((connection) -> Database.query(connection, NOW, (rows) -> {
				rows.next();
				return Instant.EPOCH.plus(rows.getLong(1), ChronoUnit.MICROS);
			}));
		}
		catch (SQLException ex) {
			throw new ProblemException(SqlProblems.of(ex, null), ex);
		}
	}

	/**
	 * Return the query for one row more than may be read, which tells that there are
	 * more.
	 */
	private Query oneMore(Query query) {
		boolean limited = query.limit() != null && query.limit() <= this.settings.maxRows();
		return limited ? query : query.withPage(this.settings.maxRows() + 1, query.offset());
	}

}

package dev.oriel.admin;

import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;

import dev.oriel.admin.data.CountMode;
import dev.oriel.admin.data.Duplicates;
import dev.oriel.admin.data.Duplicates.Resolution;
import dev.oriel.admin.data.Impact;
import dev.oriel.admin.data.Problem;
import dev.oriel.admin.data.ProblemException;
import dev.oriel.admin.query.Filter;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.transfer.Export;
import dev.oriel.admin.transfer.ExportFormat;
import dev.oriel.admin.transfer.format.FileFormat;

import org.jspecify.annotations.Nullable;

/**
 * The rows of a table or view that a query asks for, and what can be done with them.
 * Methods that say what is asked for return another object and leave this one as it is.
 * <p>
 * Methods that do something throw a {@link ProblemException} if it cannot be done; then
 * nothing was changed. They join a transaction that surrounds them.
 *
 * @since 0.1.0
 */
public final class OrielTable {

	private static final TableTerms DRY_RUN = TableTerms.NONE.withDryRun(null);

	private final OrielClient client;

	private final @Nullable String schema;

	private final String name;

	private final Query query;

	private final TableTerms terms;

	OrielTable(OrielClient client, @Nullable String schema, String name) {
		this(client, schema, name, Query.ALL, TableTerms.NONE);
	}

	private OrielTable(OrielClient client, @Nullable String schema, String name, Query query, TableTerms terms) {
		this.client = client;
		this.schema = schema;
		this.name = name;
		this.query = query;
		this.terms = terms;
	}

	/**
	 * Ask in the language of the HTTP interface, with everything that it has:
	 * {@code status=eq.open&order=id.desc&limit=10&select=id,customer(name)}. Its filters
	 * apply beside those that were given before; its {@code select}, {@code order},
	 * {@code limit} and {@code offset} replace earlier ones. Never put a value from
	 * outside into it: {@link #where(String, String, Object)} is there for these.
	 * @param query the query string, encoded as in a URL, without a question mark
	 */
	public OrielTable query(String query) {
		Query given = OrielClient.parse(query);
		Query merged = new Query(given.select().isEmpty() ? this.query.select() : given.select(),
				this.query.filter().and(given.filter()), given.order().isEmpty() ? this.query.order() : given.order(),
				(given.limit() != null) ? given.limit() : this.query.limit(),
				(given.offset() != null) ? given.offset() : this.query.offset(),
				(given.anchor() != null) ? given.anchor() : this.query.anchor());
		return with(merged, this.terms.withParameters(query));
	}

	/**
	 * Ask for rows that meet a condition, beside those that were given before.
	 * @param column a column or a place in a JSON column as the language writes it, such
	 * as {@code status} or {@code data->>city}; a name with other characters than
	 * letters, digits and underscores in double quotes
	 * @param operator an operator of the language, such as {@code eq}, {@code gte},
	 * {@code ilike}, {@code in}, {@code is}, {@code cs}, {@code not.eq}, {@code eq(any)}
	 * @param value the value as it is, whatever characters it holds: a text, a number, a
	 * date, an enum, a UUID, …; a collection for {@code in}, {@code any} and {@code all}
	 * and for arrays; a map or record for JSON; for {@code is} {@code null}, a boolean or
	 * a word of the language
	 */
	public OrielTable where(String column, String operator, @Nullable Object value) {
		Filter filter = Conditions.of(column, operator, value);
		return with(this.query.withFilter(this.query.filter().and(filter)), this.terms);
	}

	/**
	 * Ask for some fields only.
	 * @param items items of {@code select}, such as {@code id}, {@code customer(name)},
	 * {@code total::text} or {@code count()}
	 */
	public OrielTable select(String... items) {
		return with(this.query.withSelect(Conditions.parsed("select", items).select()), this.terms);
	}

	/**
	 * Ask for an order. Where it leaves a choice, the key decides.
	 * @param terms terms of {@code order}, such as {@code name} or
	 * {@code created_at.desc.nullslast}
	 */
	public OrielTable orderBy(String... terms) {
		return with(this.query.withOrder(Conditions.parsed("order", terms).order()), this.terms);
	}

	/**
	 * Ask for so many rows at most.
	 * @param rows how many
	 */
	public OrielTable limit(long rows) {
		return with(this.query.withPage(Conditions.number("limit", rows), this.query.offset()), this.terms);
	}

	/**
	 * Ask to skip so many rows.
	 * @param rows how many
	 */
	public OrielTable offset(long rows) {
		return with(this.query.withPage(this.query.limit(), Conditions.number("offset", rows)), this.terms);
	}

	/**
	 * Ask for points in time in a time zone; without it, in UTC.
	 * @param name a name that PostgreSQL knows, such as {@code Europe/Berlin}
	 */
	public OrielTable timeZone(String name) {
		return with(this.query, this.terms.withTimeZone(name));
	}

	/**
	 * Ask for the version of each row, as its field {@code _version}.
	 */
	public OrielTable versions() {
		return with(this.query, this.terms.withVersions());
	}

	/**
	 * Write only if the row still has a version; if not, the write ends with a
	 * {@link dev.oriel.admin.data.StaleRowException} that holds the row as it is now.
	 * @param version the version that the row was read with
	 */
	public OrielTable expecting(String version) {
		return with(this.query, this.terms.withExpected(version));
	}

	/**
	 * Write so many rows at most; more are an error. This also allows to update and
	 * delete without a condition.
	 * @param rows how many
	 */
	public OrielTable atMost(long rows) {
		return with(this.query, this.terms.withAtMost(Conditions.number("atMost", rows)));
	}

	/**
	 * Undo what is written at once, to see what would happen. In a transaction that
	 * surrounds the call, only that is undone.
	 */
	public OrielTable dryRun() {
		return with(this.query, this.terms.withDryRun(null));
	}

	/**
	 * Undo what is written at once, and tell what would have changed in all tables,
	 * cascades and triggers included.
	 * @param impact told what would have changed, once for each write, before it returns
	 */
	public OrielTable dryRun(Consumer<Impact> impact) {
		return with(this.query, this.terms.withDryRun(impact));
	}

	/**
	 * Write only some of the members that rows to write have.
	 * @param names the columns to write
	 */
	public OrielTable columns(String... names) {
		return with(this.query, this.terms.withColumns(List.of(names)));
	}

	/**
	 * Tell duplicates of {@link #upsert(Object)} and {@link #insertMissing(Object)} by
	 * other columns than the primary key.
	 * @param columns the columns of a unique constraint
	 */
	public OrielTable onConflict(String... columns) {
		return with(this.query, this.terms.withOnConflict(List.of(columns)));
	}

	/**
	 * Let a column that a row to insert does not have become its default instead of NULL.
	 */
	public OrielTable missingAsDefault() {
		return with(this.query, this.terms.withDefaults());
	}

	/**
	 * Let each list of related rows in a row to write be all that there shall be: others
	 * are unlinked or deleted. Otherwise they are left alone.
	 */
	public OrielTable replaceChildren() {
		return with(this.query, this.terms.withReplacedChildren());
	}

	/**
	 * Read the rows. There may be as many as {@code oriel.max-rows} says: more are an
	 * error and never left out.
	 */
	public OrielRows read() {
		return new OrielRows(
				this.client.parts().reader().read(this.client.caller(), relation(), this.query, this.terms.reading()));
	}

	/**
	 * Read the rows as maps.
	 * @see #read()
	 */
	public List<Map<String, @Nullable Object>> list() {
		return read().list();
	}

	/**
	 * Read the rows as objects.
	 * @param type the type of an object, as {@link OrielRows} describes it
	 * @see #read()
	 */
	public <T> List<T> list(Class<T> type) {
		return read().list(type);
	}

	/**
	 * Read the rows as a JSON array that PostgreSQL has written.
	 * @see #read()
	 */
	public String json() {
		return read().json();
	}

	/**
	 * Read the only row as a map. No row or more than one are an error.
	 */
	public Map<String, @Nullable Object> one() {
		return few(2).read().one();
	}

	/**
	 * Read the only row as an object. No row or more than one are an error.
	 * @param type the type of the object
	 */
	public <T> T one(Class<T> type) {
		return few(2).read().one(type);
	}

	/**
	 * Read the first row, if there is one, as a map.
	 */
	public Optional<Map<String, @Nullable Object>> first() {
		return few(1).read().first();
	}

	/**
	 * Read the first row, if there is one, as an object.
	 * @param type the type of the object
	 */
	public <T> Optional<T> first(Class<T> type) {
		return few(1).read().first(type);
	}

	/**
	 * Read the row with a key, if it is there, as a map.
	 * @param key a value for each column of the relation's key, in its order
	 */
	public Optional<Map<String, @Nullable Object>> get(Object... key) {
		return find(key).map(RowJson::map);
	}

	/**
	 * Read the row with a key, if it is there, as an object.
	 * @param type the type of the object
	 * @param key a value for each column of the relation's key, in its order
	 */
	public <T> Optional<T> getAs(Class<T> type, Object... key) {
		return find(key).map((row) -> RowJson.read(row, type));
	}

	private Optional<String> find(Object... key) {
		List<String> texts = Stream.of(key).map(RowJson::text).toList();
		return this.client.parts()
			.reader()
			.find(this.client.caller(), relation(), texts, this.query, this.terms.reading())
			.map((row) -> row.json());
	}

	/**
	 * Count the rows, whatever the page is.
	 */
	public long count() {
		return this.client.parts()
			.reader()
			.count(this.client.caller(), relation(), this.query, CountMode.EXACT)
			.value();
	}

	/**
	 * Read any number of rows one by one, without keeping them.
	 * @param consumer takes each row as a map; what it throws ends the reading. In a
	 * transaction that surrounds the call it may read and write in it; otherwise what it
	 * writes is apart from the reading
	 */
	public void stream(Consumer<Map<String, @Nullable Object>> consumer) {
		streamJson((row) -> consumer.accept(RowJson.map(row)));
	}

	/**
	 * Read any number of rows one by one, without keeping them.
	 * @param type the type of an object
	 * @param consumer takes each row
	 * @see #stream(Consumer)
	 */
	public <T> void stream(Class<T> type, Consumer<T> consumer) {
		streamJson((row) -> consumer.accept(RowJson.read(row, type)));
	}

	/**
	 * Read any number of rows one by one, without keeping them.
	 * @param consumer takes each row as a JSON object that PostgreSQL has written
	 * @see #stream(Consumer)
	 */
	public void streamJson(Consumer<String> consumer) {
		this.client.parts().cursor().read(this.client.caller(), relation(), this.query, this.terms.reading(), consumer);
	}

	/**
	 * Write any number of rows into a file, without keeping them. Values are as
	 * PostgreSQL writes them; in a workbook, numbers and dates are cells of these types.
	 * Texts of CSV that begin like a formula get an apostrophe, so that programs do not
	 * run them.
	 * @param out where to; not closed. In a transaction that surrounds the call it is not
	 * to use the database
	 * @param format how the rows leave
	 * @return how many rows were written
	 * @throws java.io.UncheckedIOException when {@code out} fails
	 */
	public long exportTo(OutputStream out, ExportFormat format) {
		return exportTo(out, format, true);
	}

	/**
	 * Write any number of rows into a file, without keeping them.
	 * @param out where to
	 * @param format how the rows leave
	 * @param guarded whether texts of CSV that begin like a formula get an apostrophe;
	 * programs that are no spreadsheets do without
	 * @return how many rows were written
	 * @see #exportTo(OutputStream, ExportFormat)
	 */
	public long exportTo(OutputStream out, ExportFormat format, boolean guarded) {
		AtomicLong rows = new AtomicLong();
		Export export = Export.raw(relation(), this.query, this.terms.reading(), format, guarded);
		this.client.parts().exporter().write(this.client.caller(), export, rows::set, out);
		return rows.get();
	}

	/**
	 * Make rows of a file of any size. With {@link #dryRun()} nothing is kept; other
	 * terms, conditions and fields mean nothing here and are refused.
	 * @param format what the file is
	 * @return what can be told how to do it, and then does it
	 */
	public OrielImport importing(FileFormat format) {
		if (!this.query.equals(Query.ALL) || !this.terms.equals(this.terms.dryRun() ? DRY_RUN : TableTerms.NONE)) {
			throw new ProblemException(
					new Problem(400, "ORIEL400", "Of what is said before 'importing', only 'dryRun' means something",
							null, "Say behind it how to import."));
		}
		OrielImport all = new OrielImport(this.client, this::relation, format, Map.of());
		return this.terms.dryRun() ? all.dryRun() : all;
	}

	/**
	 * Insert rows.
	 * @param rows a map, a record or other object, a JSON text, or a collection of the
	 * first two; in a collection all have the same members. A row may hold the rows that
	 * belong to it, which are written too
	 * @return the rows inserted, with the fields that were asked for
	 */
	public OrielRows insert(Object rows) {
		return insert(rows, null);
	}

	/**
	 * Insert rows, and give those that are there already the new values.
	 * @param rows the rows, as for {@link #insert(Object)}
	 * @return the rows inserted and changed
	 */
	public OrielRows upsert(Object rows) {
		return insert(rows, new Duplicates(Resolution.MERGE, this.terms.onConflict()));
	}

	/**
	 * Insert rows, except those that are there already.
	 * @param rows the rows, as for {@link #insert(Object)}
	 * @return the rows inserted
	 */
	public OrielRows insertMissing(Object rows) {
		return insert(rows, new Duplicates(Resolution.IGNORE, this.terms.onConflict()));
	}

	private OrielRows insert(Object rows, @Nullable Duplicates duplicates) {
		return new OrielRows(this.client.parts()
			.writer()
			.insert(this.client.caller(), relation(), this.terms.payload(rows), duplicates, this.query,
					this.terms.writing())
			.page());
	}

	/**
	 * Change the rows that were asked for. Without a condition or {@link #atMost(long)}
	 * it is refused.
	 * @param changes the members to change: a map, a record or other object, or a JSON
	 * text
	 * @return the rows as they are now
	 */
	public OrielRows update(Object changes) {
		return new OrielRows(this.client.parts()
			.writer()
			.update(this.client.caller(), relation(), this.terms.payload(changes), this.query, this.terms.writing()));
	}

	/**
	 * Delete the rows that were asked for. Without a condition or {@link #atMost(long)}
	 * it is refused.
	 * @return the rows as they were
	 */
	public OrielRows delete() {
		return new OrielRows(this.client.parts()
			.writer()
			.delete(this.client.caller(), relation(), this.query, this.terms.writing()));
	}

	/**
	 * Show the rows to a listener from now on: at once, and again after each change that
	 * anybody commits. It shows {@code oriel.max-rows} rows at most.
	 * @param listener told of the rows, on a thread of Oriel's and never twice at a time
	 * @return ends it when it is closed
	 * @throws ProblemException when live rows are switched off
	 */
	public LiveRows live(RowsListener listener) {
		return LiveRows.open(this.client, relation(), this.query, listener);
	}

	private RelationName relation() {
		return this.client.relation(this.schema, this.name);
	}

	private OrielTable few(long rows) {
		boolean fewer = this.query.limit() != null && this.query.limit() <= rows;
		return fewer ? this : limit(rows);
	}

	private OrielTable with(Query query, TableTerms terms) {
		return new OrielTable(this.client, this.schema, this.name, query, terms);
	}

}

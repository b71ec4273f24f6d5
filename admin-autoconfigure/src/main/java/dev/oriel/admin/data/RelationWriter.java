package dev.oriel.admin.data;

import javax.sql.DataSource;

import dev.oriel.admin.access.AccessPolicy;
import dev.oriel.admin.access.Caller;
import dev.oriel.admin.access.Operation;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.SchemaSource;

import org.jspecify.annotations.Nullable;

/**
 * Writes rows on behalf of a caller, each call in one transaction: all of it is done, or
 * nothing.
 *
 * @since 0.1.0
 */
public final class RelationWriter {

	private final Targets targets;

	private final FlatWrites rows;

	private final FamilyWrites families;

	private final DataSettings settings;

	/**
	 * Create a writer.
	 * @param dataSource where connections come from
	 * @param source where the schema comes from
	 * @param policy who may write what
	 * @param settings the limits to keep
	 */
	public RelationWriter(DataSource dataSource, SchemaSource source, AccessPolicy policy, DataSettings settings) {
		this(Transactions.of(dataSource), source, policy, settings);
	}

	/**
	 * Create a writer.
	 * @param transactions what it writes in
	 * @param source where the schema comes from
	 * @param policy who may write what
	 * @param settings the limits to keep
	 */
	public RelationWriter(Transactions transactions, SchemaSource source, AccessPolicy policy, DataSettings settings) {
		this(transactions, source, policy, WriteHooks.NONE, settings);
	}

	/**
	 * Create a writer.
	 * @param transactions what it writes in
	 * @param source where the schema comes from
	 * @param policy who may write what
	 * @param hooks what is called around writes
	 * @param settings the limits to keep
	 */
	public RelationWriter(Transactions transactions, SchemaSource source, AccessPolicy policy, WriteHooks hooks,
			DataSettings settings) {
		this.targets = new Targets(source, policy);
		WriteTransactions writes = new WriteTransactions(transactions, this.targets, hooks, settings);
		this.rows = new FlatWrites(writes, settings);
		this.families = new FamilyWrites(writes, settings);
		this.settings = settings;
	}

	/**
	 * Insert rows and return them.
	 * @param caller who asks
	 * @param name the relation
	 * @param body a JSON object, or an array of objects with the same members
	 * @param query the fields to return
	 * @param options how to write
	 * @throws ProblemException when the rows cannot be inserted; then none is
	 */
	public RowPage insert(Caller caller, RelationName name, String body, Query query, WriteOptions options) {
		return insert(caller, name, Payload.of(body), null, query, options).page();
	}

	/**
	 * Insert rows, or do something with those that are there already, and return the rows
	 * written.
	 * @param caller who asks
	 * @param name the relation
	 * @param payload the rows
	 * @param duplicates what is done with duplicates; {@code null} if they are an error
	 * @param query the fields to return
	 * @param options how to write
	 * @throws ProblemException when the rows cannot be written; then none is
	 */
	public Written insert(Caller caller, RelationName name, Payload payload, @Nullable Duplicates duplicates,
			Query query, WriteOptions options) {
		Target target = this.targets.find(caller, name, Operation.INSERT);
		FamilyRelations relations = new FamilyRelations(this.targets, caller, target);
		WriteBody body = WriteBody.parse(payload, relations::isRelated);
		if (body == null) {
			return this.families.insert(caller, relations, target, payload, duplicates, query, options);
		}
		return this.rows.insert(caller, target, body, duplicates, query, options);
	}

	/**
	 * Insert the row that a filter names by its key, or overwrite it, and return it.
	 * @param caller who asks
	 * @param name the relation
	 * @param payload the row, with its key
	 * @param query a filter by every column of the primary key, and the fields to return
	 * @param options how to write; with an expected version, only a row that is there is
	 * overwritten
	 * @throws StaleRowException when the row no longer has the expected version
	 * @throws ProblemException when the row cannot be written
	 */
	public Written replace(Caller caller, RelationName name, Payload payload, Query query, WriteOptions options) {
		Target target = this.targets.find(caller, name, Operation.INSERT);
		FamilyRelations relations = new FamilyRelations(this.targets, caller, target);
		WriteBody body = WriteBody.parse(payload, relations::isRelated);
		if (body == null) {
			return this.families.replace(caller, relations, target, payload, query, options);
		}
		return this.rows.replace(caller, target, body, query, options);
	}

	/**
	 * Change the rows of a filter and return them.
	 * @param caller who asks
	 * @param name the relation
	 * @param body a JSON object with the members to change
	 * @param query which rows, and the fields to return
	 * @param options how to write
	 * @throws StaleRowException when the row no longer has the expected version
	 * @throws ProblemException when the rows cannot be changed; then none is
	 */
	public RowPage update(Caller caller, RelationName name, String body, Query query, WriteOptions options) {
		return update(caller, name, Payload.of(body), query, options);
	}

	/**
	 * Change the rows of a filter and return them.
	 * @param caller who asks
	 * @param name the relation
	 * @param payload one object with the members to change; or an array of objects, each
	 * of which names a row by the members of its key, tells the version that it must
	 * still have as {@code _version}, and has the members to change. All of these rows
	 * have to be there
	 * @param query which rows, and the fields to return
	 * @param options how to write
	 * @throws StaleRowException when the row no longer has the expected version
	 * @throws ProblemException when the rows cannot be changed; then none is
	 */
	public RowPage update(Caller caller, RelationName name, Payload payload, Query query, WriteOptions options) {
		Target target = this.targets.find(caller, name, Operation.UPDATE);
		FamilyRelations relations = new FamilyRelations(this.targets, caller, target);
		if (payload.isArray()) {
			return this.rows.edit(caller, target, payload, relations::isRelated, query, options);
		}
		WriteBody body = WriteBody.parse(payload, relations::isRelated);
		if (body == null) {
			WriteChecks.requireFilter(query, options, this.settings, "UPDATE");
			return this.families.update(caller, relations, target, payload, query, options);
		}
		return this.rows.update(caller, target, body, query, options);
	}

	/**
	 * Delete the rows of a filter and return them as they were.
	 * @param caller who asks
	 * @param name the relation
	 * @param query which rows, and the fields to return
	 * @param options how to write
	 * @throws StaleRowException when the row no longer has the expected version
	 * @throws ProblemException when the rows cannot be deleted; then none is
	 */
	public RowPage delete(Caller caller, RelationName name, Query query, WriteOptions options) {
		Target target = this.targets.find(caller, name, Operation.DELETE);
		return this.rows.delete(caller, target, query, options);
	}

}

package dev.oriel.admin.data;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import dev.oriel.admin.access.Caller;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.Index;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.schema.UniqueKey;
import dev.oriel.admin.sql.Conflict;
import dev.oriel.admin.sql.InsertedRows;
import dev.oriel.admin.sql.ReadStatements;
import dev.oriel.admin.sql.RowFormat;
import dev.oriel.admin.sql.SqlStatement;
import dev.oriel.admin.sql.VersionMode;

import org.jspecify.annotations.Nullable;

/**
 * Writes rows that embed related rows, each body in one transaction.
 */
final class FamilyWrites {

	private final WriteTransactions transactions;

	private final DataSettings settings;

	FamilyWrites(WriteTransactions transactions, DataSettings settings) {
		this.transactions = transactions;
		this.settings = settings;
	}

	/**
	 * Insert rows with those that they embed, or do something with those that are there
	 * already.
	 * @param duplicates what is done with duplicates; {@code null} if they are an error
	 */
	Written insert(Caller caller, FamilyRelations relations, Target target, Payload payload,
			@Nullable Duplicates duplicates, Query query, WriteOptions options) {
		Family family = parse(relations, target, payload, options);
		Conflict conflict = conflict(family, duplicates);
		List<String> lookup = (conflict != null) ? conflict.target().stream().map(Column::name).toList() : List.of();
		boolean ignored = conflict != null && conflict.merged().isEmpty();
		return this.transactions.run(caller, options, (transaction) -> {
			Family written = ignored ? withoutPresent(transaction, family, lookup) : family;
			FamilyPlan plan = FamilyPlan.of(written, relations,
					ignored ? FamilyRoots.NEW : new FamilyRoots(lookup, Map.of(), ExpectedVersions.NONE),
					payload.replaceChildren());
			return write(transaction, written, plan, query, options);
		});
	}

	/**
	 * Insert the row that a filter names by its key, or change it, with the rows that it
	 * embeds.
	 */
	Written replace(Caller caller, FamilyRelations relations, Target target, Payload payload, Query query,
			WriteOptions options) {
		Family family = parse(relations, target, payload, options);
		Map<Column, String> named = ReplacedKey.of(target, query);
		List<String> key = target.relation().primaryKey();
		if (family.rows().size() != 1 || !family.rows().get(0).values().keySet().containsAll(key)) {
			throw new ProblemException(ReplacedKey.mismatch());
		}
		FamilyRow row = family.rows().get(0);
		conflict(family, new Duplicates(Duplicates.Resolution.MERGE, null));
		FamilyPlan plan = FamilyPlan.of(family, relations, new FamilyRoots(key, Map.of(), ExpectedVersions.of(options)),
				payload.replaceChildren());
		return this.transactions.run(caller, options, (transaction) -> {
			List<Column> columns = List.copyOf(named.keySet());
			InsertedRows same = new InsertedRows(columns, "[" + RowJson.of(plan.roots().get(0), key) + "]", named, null,
					null);
			transaction.at(new WriteStep(target, WriteBody.ofRow(RowJson.of(plan.roots().get(0), key), key), columns,
					row.path()));
			if (!WriteChecks.isNamed(transaction.connection(), same)) {
				throw new ProblemException(ReplacedKey.mismatch());
			}
			return write(transaction, family, plan, query, options);
		});
	}

	/**
	 * Change the row that a filter names, and what is related to it.
	 */
	RowPage update(Caller caller, FamilyRelations relations, Target target, Payload payload, Query query,
			WriteOptions options) {
		Family family = parse(relations, target, payload, options);
		return this.transactions.run(caller, options, (transaction) -> {
			Map<String, String> key = only(transaction, target, query, options);
			FamilyPlan plan = FamilyPlan.of(family, relations,
					new FamilyRoots(List.copyOf(key.keySet()), key, ExpectedVersions.of(options)),
					payload.replaceChildren());
			return write(transaction, family, plan, query, options).page();
		});
	}

	private Family parse(FamilyRelations relations, Target target, Payload payload, WriteOptions options) {
		if (options.output().explain() != null) {
			throw FamilyProblems.invalid("", "There is no plan for rows that embed others",
					"They are written by several statements.", "Ask for the plan of one row without related ones.");
		}
		if (target.scope().key().isEmpty()) {
			throw FamilyProblems.invalid("",
					"Rows of '%s' cannot be written together with others".formatted(target.relation().name().name()),
					"They have no key that you may read.", "Write the related rows first.");
		}
		return new FamilyParser(relations, payload, this.settings.maxRows()).parse(target);
	}

	private Written write(WriteTransaction transaction, Family family, FamilyPlan plan, Query query,
			WriteOptions options) throws SQLException {
		FamilyWriter.write(transaction, plan, this.settings.maxRows());
		List<RowTask> roots = plan.roots();
		Query whole = query.select().isEmpty() ? query.withSelect(family.shape()) : query;
		Query returned = new Query(whole.select(), whole.filter(), whole.order(), null, null)
			.atMost(this.settings.maxRows());
		List<Row> read = roots.isEmpty() ? List.of()
				: new FamilyAnswer(transaction, family.target(), options).read(roots, returned);
		Rows rows = new Rows(read, roots.size(), true, null, 0, List.of());
		// Rows that were there may be unchanged, and others of their table be changed.
		boolean inserted = roots.stream().allMatch(RowTask::inserted);
		transaction.wrote(family.target(), inserted ? rows : Rows.NONE);
		WriteChecks.requireSize(rows, options);
		List<String> fields = options.output().format().equals(RowFormat.RECORD)
				? ReadStatements.fields(family.target().scope(), returned, options.version()) : List.of();
		RowPage page = new RowPage(read, new Count(roots.size(), true)).withFields(fields);
		return new Written(page, roots.stream().anyMatch(RowTask::inserted));
	}

	/**
	 * Return the key of the only row that a filter names, as JSON.
	 */
	private static Map<String, String> only(WriteTransaction transaction, Target target, Query query,
			WriteOptions options) throws SQLException {
		transaction.at(WriteStep.of(target));
		SqlStatement statement = ReadStatements.rows(target.scope(), WriteChecks.whole(query).withPage(2L, null),
				VersionMode.NONE);
		List<Row> rows = Database.query(transaction.connection(), statement, Rows::extract).rows();
		if (rows.isEmpty() && !ExpectedVersions.of(options).isEmpty()) {
			throw new StaleRowException(null);
		}
		if (rows.size() != 1) {
			throw FamilyProblems.invalid("", "Related rows are written together with one row",
					rows.isEmpty() ? "The filter names none." : "The filter names several.",
					"Filter by the row's key.");
		}
		Map<String, String> key = new LinkedHashMap<>();
		for (int i = 0; i < rows.get(0).key().size(); i++) {
			key.put(target.scope().key().get(i), RowJson.quote(rows.get(0).key().get(i)));
		}
		return key;
	}

	/**
	 * Return what is done with duplicates, and refuse a key that several rows may have.
	 */
	private static @Nullable Conflict conflict(Family family, @Nullable Duplicates duplicates) {
		if (duplicates == null) {
			return null;
		}
		Set<String> names = new LinkedHashSet<>();
		family.rows().forEach((row) -> names.addAll(row.values().keySet()));
		Conflict conflict = new WriteColumns(family.target()).conflict(duplicates, names);
		if (conflict != null && !isKey(family.target().relation(),
				Set.copyOf(conflict.target().stream().map(Column::name).toList()))) {
			throw new ProblemException(new Problem(400, "42P10",
					"there is no unique or exclusion constraint matching the ON CONFLICT specification", null, null));
		}
		return conflict;
	}

	private static boolean isKey(Relation relation, Set<String> columns) {
		Stream<List<String>> indexes = relation.structure()
			.indexes()
			.stream()
			.filter((index) -> index.unique() && index.predicate() == null
					&& index.parts().stream().noneMatch(Index.Part::expression))
			.map((index) -> index.parts().stream().map(Index.Part::text).toList());
		Stream<List<String>> keys = Stream.concat(Stream.of(relation.primaryKey()),
				relation.uniqueKeys().stream().map(UniqueKey::columns));
		return Stream.concat(keys, indexes).anyMatch((key) -> Set.copyOf(key).equals(columns));
	}

	/**
	 * Return a family without the rows that are there already.
	 */
	private static Family withoutPresent(WriteTransaction transaction, Family family, List<String> lookup)
			throws SQLException {
		List<RowTask> tasks = new ArrayList<>();
		for (FamilyRow row : family.rows()) {
			boolean given = row.values().keySet().containsAll(lookup);
			RowTask task = new RowTask(row.target(), row.path(), ExpectedVersions.NONE, given ? lookup : List.of(),
					false);
			task.key().putAll(row.values());
			tasks.add(task);
		}
		new RowLookups(new RowStatements(transaction, Map.of()))
			.find(tasks.stream().filter((task) -> !task.lookup().isEmpty()).toList());
		List<FamilyRow> rows = new ArrayList<>();
		for (int i = 0; i < tasks.size(); i++) {
			if (!tasks.get(i).is(RowState.FOUND)) {
				rows.add(family.rows().get(i));
			}
		}
		return new Family(family.target(), rows, family.array());
	}

}

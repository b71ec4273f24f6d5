package dev.oriel.admin.schema;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Finds out in which ways a relation cannot be used, and why.
 *
 * @since 0.1.0
 */
public final class Limitations {

	private Limitations() {
	}

	/**
	 * Return the limitations that come from the relation itself, or from what the
	 * connected role may do, for somebody who may not read all of its columns.
	 * @param relation the relation
	 * @param readable the columns that may be read
	 */
	public static List<Limitation> of(Relation relation, Collection<String> readable) {
		List<Limitation> limitations = new ArrayList<>();
		Structure structure = relation.structure();
		switch (structure.content()) {
			case UNPOPULATED -> limitations.add(new Limitation(Limitation.Reason.UNPOPULATED,
					"The materialized view holds nothing until somebody runs REFRESH MATERIALIZED VIEW."));
			case UNREACHABLE -> limitations.add(new Limitation(Limitation.Reason.UNREACHABLE,
					"The foreign-data wrapper has no handler, so that nobody can read or write the rows."));
			default -> {
			}
		}
		if (readable.isEmpty()) {
			limitations.add(new Limitation(Limitation.Reason.NO_COLUMNS,
					relation.columns().isEmpty() ? "The relation has no columns, so there is nothing to show."
							: "The relation has no column that may be read, so there is nothing to show."));
		}
		addReadOnly(relation, limitations);
		addPrivileges(relation, limitations);
		if (relation.key().isEmpty() || !readable.containsAll(relation.key())) {
			limitations.add(new Limitation(Limitation.Reason.NO_KEY, noKey(relation.kind())));
		}
		List<String> unknown = relation.columns()
			.stream()
			.filter((column) -> !column.type().isKnown())
			.map(Column::name)
			.filter(readable::contains)
			.toList();
		if (!unknown.isEmpty()) {
			limitations.add(new Limitation(Limitation.Reason.UNKNOWN_TYPE,
					"The types of these columns come from an extension that is not known, so their values are shown "
							+ "as text and cannot be edited.",
					unknown));
		}
		return limitations;
	}

	private static void addReadOnly(Relation relation, List<Limitation> limitations) {
		Privileges supported = relation.structure().supported();
		if (relation.structure().content() == Structure.Content.UNREACHABLE) {
			return;
		}
		String missing = join((change) -> !change.isIn(supported), Change::done);
		if (!missing.isEmpty()) {
			limitations.add(new Limitation(Limitation.Reason.READ_ONLY, switch (relation.kind()) {
				case VIEW -> "Rows of this view cannot be " + missing
						+ ", because nothing tells PostgreSQL which rows of which tables would be meant.";
				case MATERIALIZED_VIEW -> "The rows of a materialized view change only when it is refreshed.";
				case FOREIGN_TABLE -> "Rows of this foreign table cannot be " + missing
						+ ", because its foreign-data wrapper does not support it.";
				default -> "Rows cannot be " + missing + ".";
			}));
		}
	}

	private static void addPrivileges(Relation relation, List<Limitation> limitations) {
		Privileges supported = relation.structure().supported();
		String missing = join((change) -> change.isIn(supported) && !change.isIn(relation.privileges()), Change::name);
		if (!missing.isEmpty()) {
			limitations.add(new Limitation(Limitation.Reason.NO_PRIVILEGE,
					"The role that the application connects as lacks the privilege to " + missing + "."));
		}
	}

	private static String noKey(RelationKind kind) {
		return switch (kind) {
			case VIEW ->
				"The view does not keep the key of a table, so its rows can be listed, but not opened, changed or "
						+ "deleted one by one.";
			case MATERIALIZED_VIEW ->
				"A materialized view has no key, so its rows can be listed, but not opened one by one.";
			case FOREIGN_TABLE ->
				"A foreign table has no key, so its rows can be listed, but not opened, changed or deleted one by one.";
			default ->
				"There is neither a primary key nor a unique key over NOT NULL columns that may be read, so rows can be "
						+ "listed, but not opened, changed or deleted one by one.";
		};
	}

	private static String join(Predicate<Change> missing, Function<Change, String> word) {
		List<String> words = Arrays.stream(Change.values()).filter(missing).map(word).toList();
		int last = words.size() - 1;
		return (last < 1) ? String.join("", words)
				: String.join(", ", words.subList(0, last)) + " or " + words.get(last);
	}

	private enum Change {

		INSERT("added"), UPDATE("changed"), DELETE("deleted");

		private final String done;

		Change(String done) {
			this.done = done;
		}

		private String done() {
			return this.done;
		}

		boolean isIn(Privileges privileges) {
			return switch (this) {
				case INSERT -> privileges.insert();
				case UPDATE -> privileges.update();
				case DELETE -> privileges.delete();
			};
		}

	}

}

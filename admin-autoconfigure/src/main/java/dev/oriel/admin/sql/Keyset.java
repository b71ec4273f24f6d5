package dev.oriel.admin.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import dev.oriel.admin.query.Anchor;
import dev.oriel.admin.query.ColumnPath;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.query.QueryException;
import dev.oriel.admin.query.SelectItem;
import org.jspecify.annotations.Nullable;

/**
 * Pages of a query that begin or end at a row instead of at a number of rows. They cost
 * the same wherever they are, and rows that come or go in between shift nothing.
 *
 * @since 0.1.0
 */
public final class Keyset {

	/** As many as an index has at most. */
	private static final int MAX_STEPS = 32;

	/** More forms of pages than this are written anew each time. */
	private static final int MAX_FORMS = 50;

	private final Level level;

	private final List<SortKey> keys;

	private final String order;

	/** The statements of pages, if the query has marks in place of its values. */
	private final Map<Form, SqlStatement> forms;

	private final @Nullable QueryShape shape;

	private Keyset(Level level, List<SortKey> keys) {
		this.level = level;
		this.keys = keys;
		this.order = writeOrder();
		this.forms = new ConcurrentHashMap<>();
		this.shape = null;
	}

	private Keyset(Keyset marked, QueryShape shape) {
		this.level = marked.level;
		this.keys = marked.keys;
		this.order = marked.order;
		this.forms = marked.forms;
		this.shape = shape;
	}

	/**
	 * Return the pages of a query of this shape.
	 */
	Keyset with(QueryShape shape) {
		return new Keyset(this, shape);
	}

	/**
	 * Return the pages of a query.
	 * @param scope what may be touched
	 * @param query what is asked for; its offset and its anchor do not matter
	 * @throws QueryException when its order does not tell all rows apart, or a name is
	 * unknown
	 */
	public static Keyset of(Scope scope, Query query) {
		Level level = Level.root(scope, query);
		List<SortKey> keys = Ordering.of(level);
		if (level.isGrouped()) {
			requireOrderOfGroups(level, keys);
		}
		else if (level.key().isEmpty()) {
			throw impossible("The rows of '%s' have no key that tells them apart".formatted(name(level)),
					"Use 'limit' and 'offset'.");
		}
		if (keys.size() > MAX_STEPS) {
			throw impossible("The order has %d steps, with the key".formatted(keys.size()),
					"Order by at most %d.".formatted(MAX_STEPS));
		}
		return new Keyset(level, keys);
	}

	/**
	 * Return a text that is the same for equal orders of the same relation only.
	 */
	public String order() {
		return this.order;
	}

	private String writeOrder() {
		StringBuilder order = new StringBuilder();
		append(order, this.level.scope().relation().name().schema());
		append(order, name(this.level));
		for (SortKey key : this.keys) {
			append(order, key.embed());
			append(order, key.column().column());
			key.column().path().forEach((step) -> {
				order.append(step.index()).append(step.asText());
				append(order, step.key());
			});
			append(order, key.type());
			order.append(key.descending()).append(key.nullsFirst());
		}
		return order.toString();
	}

	/**
	 * Append a text with its length, so that no two lists of texts give the same.
	 */
	private static void append(StringBuilder order, String text) {
		order.append(text.length()).append(':').append(text);
	}

	/**
	 * Return how many values a {@link Bound} has that is no end.
	 */
	public int steps() {
		return this.keys.size();
	}

	/**
	 * Return the statement for a page. Its columns are those of
	 * {@link ReadStatements#rows} or {@link ReadStatements#countedRows}, then the texts
	 * of what each row is ordered by ({@code b1}, …), and last whether the row stands at
	 * the bound itself ({@code d}), which is no row of the page but tells that there are
	 * rows on the other side. Backwards, the rows come in the opposite order.
	 * @param returned how the rows are returned
	 * @param counted whether all rows are counted as well
	 * @param bound where the page begins or ends
	 * @param limit how many rows at most
	 */
	public SqlStatement rows(Returned returned, boolean counted, Bound bound, long limit) {
		QueryShape shape = this.shape;
		if (shape == null) {
			return write(returned, counted, bound, limit);
		}
		Form form = Form.of(returned, counted, bound);
		SqlStatement marked = this.forms.get(form);
		if (marked == null) {
			marked = write(returned, counted, bound.marked(), Marks.LIMIT);
			if (this.forms.size() < MAX_FORMS) {
				this.forms.put(form, marked);
			}
		}
		String lines = Long.toString(limit);
		return marked.with((arg) -> {
			int index = Marks.indexOfBound(arg);
			if (index >= 0) {
				return bound.values().get(index);
			}
			return Long.toString(Marks.LIMIT).equals(arg) ? lines : shape.unmark(arg);
		});
	}

	private SqlStatement write(Returned returned, boolean counted, Bound bound, long limit) {
		List<SortKey> order = bound.isBackward() ? reversed() : this.keys;
		RowShape shape = new RowShape(this.level, returned, counted);
		SqlText sql = new SqlText();
		shape.writeOuter(sql);
		for (int i = 0; i < steps(); i++) {
			sql.add(", p.b" + (i + 1));
		}
		sql.add(", p.d");
		List<List<Consumer<SqlText>>> segments = bound.isEnd() ? List.of(List.of())
				: Segments.behind(order, bound.values(), true);
		ReadStatements.writePage(this.level, counted, sql, () -> {
			if (segments.size() == 1) {
				writeSegment(shape, order, bound, segments.get(0), limit, sql);
			}
			else {
				writeSegments(shape, order, bound, segments, limit, sql);
			}
		});
		shape.writeAnswer(sql);
		return sql.toStatement();
	}

	/**
	 * Return the statement that says, as its only value, whether there are rows on the
	 * other side of a place.
	 * @param bound the place, which is no end
	 */
	public SqlStatement beyond(Bound bound) {
		List<SortKey> order = bound.isBackward() ? this.keys : reversed();
		SqlText sql = new SqlText().add("SELECT EXISTS (SELECT 1");
		boolean conditional = ReadStatements.writeFrom(this.level, () -> {
		}, sql);
		sql.add(conditional ? " AND (" : " WHERE (");
		List<List<Consumer<SqlText>>> segments = Segments.behind(order, bound.values(), false);
		sql.add(segments.isEmpty() ? "FALSE" : "");
		sql.join(" OR ", segments, (segment) -> sql.join(" AND ", segment, (condition) -> condition.accept(sql)));
		SqlStatement statement = sql.add("))").toStatement();
		return (this.shape != null) ? statement.with(this.shape::unmark) : statement;
	}

	/**
	 * Write the segments one after another. Each is only looked at if those before it do
	 * not fill the page.
	 */
	private void writeSegments(RowShape shape, List<SortKey> order, Bound bound, List<List<Consumer<SqlText>>> segments,
			long limit, SqlText sql) {
		for (int i = 0; i < segments.size(); i++) {
			sql.add((i > 0) ? ", " : "WITH ").add("s" + (i + 1) + " AS MATERIALIZED (");
			int before = i;
			List<Consumer<SqlText>> conditions = new ArrayList<>(segments.get(i));
			if (before > 0) {
				conditions.add((text) -> writeRoom(before, limit, text));
			}
			writeSegment(shape, order, bound, conditions, limit, sql);
			sql.add(")");
		}
		for (int i = 0; i < segments.size(); i++) {
			sql.add((i > 0) ? " UNION ALL " : " ").add("SELECT * FROM s" + (i + 1));
		}
		writeLimit(limit, sql);
	}

	private static void writeRoom(int segments, long limit, SqlText sql) {
		for (int i = 0; i < segments; i++) {
			sql.add((i > 0) ? " + " : "").add("(SELECT count(*) FROM s" + (i + 1) + ")");
		}
		sql.add(" < ").value(Long.toString(limit), "int8");
	}

	private void writeSegment(RowShape shape, List<SortKey> order, Bound bound, List<Consumer<SqlText>> conditions,
			long limit, SqlText sql) {
		sql.add("SELECT ");
		sql.add(shape.writeInner(sql) ? ", " : "");
		for (int i = 0; i < order.size(); i++) {
			sql.add("CAST(");
			order.get(i).writeValue(sql);
			sql.add(" AS text) AS b" + (i + 1) + ", ");
		}
		if (bound.isEnd()) {
			sql.add("FALSE AS d");
		}
		else {
			Segments.writeAt(order, bound.values(), sql);
			sql.add(" AS d");
		}
		boolean conditional = ReadStatements.writeFrom(this.level, () -> shape.writeInnerJoins(sql), sql);
		for (Consumer<SqlText> condition : conditions) {
			sql.add(conditional ? " AND " : " WHERE ");
			condition.accept(sql);
			conditional = true;
		}
		shape.writeGroupBy(sql);
		Ordering.write(order, sql);
		writeLimit(limit, sql);
	}

	private static void writeLimit(long limit, SqlText sql) {
		sql.add(" LIMIT ").value(Long.toString(limit), "int8");
	}

	private List<SortKey> reversed() {
		return this.keys.stream().map(SortKey::reversed).toList();
	}

	/**
	 * Groups are told apart by what they are grouped by, so all of that has to be part of
	 * the order.
	 */
	private static void requireOrderOfGroups(Level level, List<SortKey> keys) {
		for (Slot slot : level.slots()) {
			ColumnPath column = plainColumn(slot);
			boolean ordered = slot.fold() != null
					|| keys.stream().anyMatch((key) -> key.embed().isEmpty() && key.column().equals(column));
			if (!ordered) {
				throw impossible(
						"The rows are grouped, and the order does not tell all groups apart: '%s' is missing"
							.formatted(slot.label()),
						(column != null) ? "Add '%s' to 'order'.".formatted(slot.label())
								: "Group by plain columns only, or use 'limit' and 'offset'.");
			}
		}
	}

	private static @Nullable ColumnPath plainColumn(Slot slot) {
		boolean plain = slot.source() instanceof Slot.Own own && own.item() instanceof SelectItem.Field field
				&& field.cast() == null && field.column().path().isEmpty();
		return plain ? ((SelectItem.Field) ((Slot.Own) slot.source()).item()).column() : null;
	}

	private static String name(Level level) {
		return level.scope().relation().name().name();
	}

	private static QueryException impossible(String details, String hint) {
		return new QueryException("ORIEL416", "These rows cannot be read page by page with cursors", details, hint);
	}

	/**
	 * What has to be equal for two pages to share a statement.
	 *
	 * @param returned how the rows are returned
	 * @param counted whether all rows are counted
	 * @param side on which side of the bound the page lies
	 * @param nulls which values of the bound are NULL
	 */
	private record Form(Returned returned, boolean counted, Anchor.Side side, List<Boolean> nulls) {

		static Form of(Returned returned, boolean counted, Bound bound) {
			return new Form(returned, counted, bound.side(),
					bound.values().stream().map((value) -> value == null).toList());
		}

	}

}

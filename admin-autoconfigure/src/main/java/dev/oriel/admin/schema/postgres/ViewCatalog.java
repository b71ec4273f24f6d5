package dev.oriel.admin.schema.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The definitions of some views and of all views below them, and what they say of the
 * views' rows. A view whose definition cannot be read has no relationships, and does no
 * harm.
 */
final class ViewCatalog {

	/*
	 * Strategy 3 of a btree (403) is the equality that its unique indexes are made of.
	 */
	private static final String SQL = """
			WITH RECURSIVE used(oid) AS (
			  SELECT c.oid FROM unnest(CAST(? AS oid[])) r(oid) JOIN pg_class c ON c.oid = r.oid
			  WHERE c.relkind IN ('v', 'm')
			  UNION
			  SELECT d.refobjid
			  FROM used u
			  JOIN pg_rewrite w ON w.ev_class = u.oid AND w.ev_type = '1'
			  JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid
			    AND d.refclassid = 'pg_class'::regclass
			)
			SELECT c.oid,
			  CASE WHEN c.relkind IN ('v', 'm') THEN CAST(w.ev_action AS text) END AS definition,
			  c.relkind = 'r' AND EXISTS (SELECT FROM pg_inherits i WHERE i.inhparent = c.oid) AS inherited,
			  NULL AS equalities
			FROM used u
			JOIN pg_class c ON c.oid = u.oid
			LEFT JOIN pg_rewrite w ON w.ev_class = c.oid AND w.ev_type = '1'
			WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
			UNION ALL
			SELECT 0, NULL, false, ARRAY(
			  SELECT CAST(o.amopopr AS bigint) FROM pg_amop o WHERE o.amopmethod = 403 AND o.amopstrategy = 3)
			WHERE EXISTS (SELECT FROM used)
			""";

	private static final Log logger = LogFactory.getLog(ViewCatalog.class);

	private final Map<Long, String> definitions = new HashMap<>();

	private final Set<Long> stored = new TreeSet<>();

	private final Set<Long> inherited = new HashSet<>();

	private final Set<Long> equalities = new HashSet<>();

	private final Map<Long, ViewShape> shapes = new HashMap<>();

	private final Set<Long> open = new HashSet<>();

	private @Nullable IndexCatalog keys;

	private ViewCatalog() {
	}

	static ViewCatalog read(JdbcClient catalog, long[] relations) {
		ViewCatalog views = new ViewCatalog();
		RowCallbackHandler add = views::add;
		catalog.sql(SQL).param(relations).query(add);
		return views;
	}

	private void add(ResultSet row) throws SQLException {
		long oid = row.getLong("oid");
		String definition = row.getString("definition");
		if (oid == 0) {
			this.equalities.addAll(Rows.longs(row, "equalities"));
		}
		else if (definition != null) {
			this.definitions.put(oid, definition);
		}
		else {
			this.stored.add(oid);
		}
		if (row.getBoolean("inherited")) {
			this.inherited.add(oid);
		}
	}

	/**
	 * Return some relations together with all those that the views get their rows from.
	 */
	long[] withSources(long[] relations) {
		Set<Long> all = new TreeSet<>(this.stored);
		all.addAll(this.definitions.keySet());
		Arrays.stream(relations).forEach(all::add);
		return all.stream().mapToLong(Long::longValue).toArray();
	}

	/**
	 * Read the definitions.
	 * @param keys the keys of all relations that the views get their rows from
	 */
	void trace(IndexCatalog keys) {
		this.keys = keys;
		List.copyOf(this.definitions.keySet()).forEach(this::shape);
		this.definitions.clear();
	}

	/**
	 * Return what is known of a view's rows, as far as stored relations are concerned.
	 */
	ViewShape of(long view) {
		return this.shapes.getOrDefault(view, ViewShape.UNKNOWN);
	}

	private ViewShape shape(long relation) {
		ViewShape known = this.shapes.get(relation);
		if (known != null) {
			return known;
		}
		String definition = this.definitions.get(relation);
		if (definition == null) {
			return new ViewShape(Map.of(), uniqueKeys(relation));
		}
		// Views that select from each other cannot be asked anyway.
		ViewShape shape = this.open.add(relation) ? trace(relation, definition) : ViewShape.UNKNOWN;
		this.shapes.put(relation, shape);
		return shape;
	}

	private ViewShape trace(long view, String definition) {
		try {
			ViewShape shape = ViewQuery.shape(NodeTree.query(definition), this::shape, this.equalities);
			List<Set<Integer>> keys = new ArrayList<>(shape.keys());
			keys.addAll(uniqueKeys(view));
			return new ViewShape(shape.origins(), keys);
		}
		catch (RuntimeException ex) {
			logger.debug("The definition of the view with the OID " + view + " cannot be traced", ex);
			return ViewShape.UNKNOWN;
		}
	}

	private List<Set<Integer>> uniqueKeys(long relation) {
		// No key holds for a table and those that inherit from it together.
		return (this.keys == null || this.inherited.contains(relation)) ? List.of()
				: this.keys.positions(relation).stream().map(Set::copyOf).toList();
	}

}

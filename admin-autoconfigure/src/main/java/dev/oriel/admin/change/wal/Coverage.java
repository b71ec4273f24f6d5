package dev.oriel.admin.change.wal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.SchemaSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * What a publication tells of.
 *
 * @param literal its name as a quoted literal of a quoted identifier, or {@code null} if
 * it does not exist
 * @param complete whether it tells of all sorts of changes
 * @param owned whether it may be altered
 * @param tables the tables of which it tells every change
 * @param missing the tables that can be added to it without harm, as written in SQL
 * @param harmful the tables in it that can be neither updated nor deleted from because of
 * it, as written in SQL
 */
record Coverage(@Nullable String literal, boolean complete, boolean owned, Set<RelationName> tables,
		List<String> missing, List<String> harmful) {

	private static final String PUBLICATION = """
			SELECT quote_literal(quote_ident(pubname)), pubinsert AND pubupdate AND pubdelete AND pubtruncate,
				pubviaroot, pg_has_role(pubowner, 'USAGE') AND NOT puballtables
			FROM pg_publication WHERE pubname = ?""";

	/**
	 * For each table that is nobody's partition: whether the publication has every change
	 * of it, whether it can be added without harm, whether it was added by its own name.
	 * An UPDATE or DELETE fails on a published table that has no replica identity, so it
	 * must have one now and in each partition; a generated column in it makes them fail,
	 * too.
	 */
	private static final String TABLES = """
			WITH RECURSIVE published AS MATERIALIZED (
				SELECT c.oid
				FROM pg_publication_tables t
				JOIN pg_namespace n ON n.nspname = t.schemaname
				JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = t.tablename
				WHERE t.pubname = ? AND to_jsonb(t) ->> 'rowfilter' IS NULL
			), listed AS (
				SELECT r.prrelid AS oid FROM pg_publication_rel r JOIN pg_publication p ON p.oid = r.prpubid WHERE p.pubname = ?
			), root AS (
				SELECT c.oid, n.nspname, c.relname, c.relowner
				FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
				WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relpersistence <> 't'
					AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'oriel')
			), member (root, oid) AS (
				SELECT oid, oid FROM root
				UNION
				SELECT m.root, i.inhrelid
				FROM member m JOIN pg_inherits i ON i.inhparent = m.oid
				JOIN pg_class c ON c.oid = i.inhrelid AND c.relispartition
			), identified (oid) AS (
				SELECT c.oid
				FROM pg_class c
				WHERE c.relreplident = 'f'
					AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attgenerated <> '')
				UNION
				SELECT i.indrelid
				FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
				WHERE i.indisvalid AND i.indimmediate AND (c.relreplident = 'd' AND i.indisprimary
						OR c.relreplident = 'i' AND i.indisreplident)
					AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = i.indrelid AND a.attgenerated <> ''
						AND a.attnum = ANY (i.indkey))
			)
			SELECT root.nspname, root.relname, format('%I.%I', root.nspname, root.relname) AS quoted,
				bool_and(c.relkind = 'p' OR p.oid IS NOT NULL) AND count(p.oid) > 0 AS published,
				count(*) FILTER (WHERE c.relkind = 'p') > 0 AS partitioned,
				bool_and(c.relkind IN ('r', 'p') AND c.relpersistence = 'p' AND i.oid IS NOT NULL)
					AND pg_has_role(root.relowner, 'USAGE') AS publishable,
				bool_or(l.oid IS NOT NULL) AS listed, bool_and(i.oid IS NOT NULL) AS identified
			FROM root
			JOIN member m ON m.root = root.oid
			JOIN pg_class c ON c.oid = m.oid
			LEFT JOIN published p ON p.oid = m.oid
			LEFT JOIN listed l ON l.oid = root.oid AND m.oid = root.oid
			LEFT JOIN identified i ON i.oid = m.oid
			GROUP BY root.oid, root.nspname, root.relname, root.relowner""";

	static Coverage read(Connection connection, String publication, SchemaSnapshot snapshot) throws SQLException {
		String literal = null;
		boolean complete = true;
		boolean byRoot = false;
		boolean owned = true;
		try (PreparedStatement statement = connection.prepareStatement(PUBLICATION)) {
			statement.setString(1, publication);
			try (ResultSet row = statement.executeQuery()) {
				if (row.next()) {
					literal = row.getString(1);
					complete = row.getBoolean(2);
					byRoot = row.getBoolean(3);
					owned = row.getBoolean(4);
				}
			}
		}
		Set<RelationName> tables = new HashSet<>();
		List<String> missing = new ArrayList<>();
		List<String> harmful = new ArrayList<>();
		try (PreparedStatement statement = connection.prepareStatement(TABLES)) {
			statement.setString(1, publication);
			statement.setString(2, publication);
			try (ResultSet rows = statement.executeQuery()) {
				while (rows.next()) {
					RelationName name = new RelationName(rows.getString("nspname"), rows.getString("relname"));
					// By the root, a TRUNCATE of one partition is not told.
					if (complete && rows.getBoolean("published") && !(byRoot && rows.getBoolean("partitioned"))) {
						tables.add(name);
					}
					if (rows.getBoolean("listed") && !rows.getBoolean("identified")) {
						harmful.add(rows.getString("quoted"));
					}
					if (rows.getBoolean("publishable") && !rows.getBoolean("listed")
							&& snapshot.relation(name) != null) {
						missing.add(rows.getString("quoted"));
					}
				}
			}
		}
		return new Coverage(literal, complete, owned, tables, missing, harmful);
	}

}

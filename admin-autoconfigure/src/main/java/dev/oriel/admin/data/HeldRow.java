package dev.oriel.admin.data;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A row that was read to be written afterwards.
 *
 * @param number its number in the body, or -1 if it was found by a filter
 * @param name what names it until it is written, as JSON
 * @param version its version
 * @param permitted whether it meets the rules on rows
 * @param image the whole row as JSON, or {@code null} if that was not asked for
 */
record HeldRow(int number, String name, String version, boolean permitted, @Nullable String image) {

	static List<HeldRow> extract(ResultSet result) throws SQLException {
		List<HeldRow> rows = new ArrayList<>();
		while (result.next()) {
			int number = result.getInt(1);
			rows.add(new HeldRow(result.wasNull() ? -1 : number, result.getString(2), result.getString(3),
					result.getBoolean(4), result.getString(5)));
		}
		return rows;
	}

}

package dev.oriel.admin.data;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows as the statements of package {@code sql} return them.
 *
 * @param rows the rows
 * @param permitted whether all of them meet the rules on rows; always so for reads
 */
record Rows(List<Row> rows, boolean permitted) {

	static Rows extract(ResultSet result) throws SQLException {
		ResultSetMetaData columns = result.getMetaData();
		List<Integer> key = new ArrayList<>();
		int version = 0;
		int permitted = 0;
		for (int i = 2; i <= columns.getColumnCount(); i++) {
			switch (columns.getColumnLabel(i).charAt(0)) {
				case 'k' -> key.add(i);
				case 'v' -> version = i;
				default -> permitted = i;
			}
		}
		List<Row> rows = new ArrayList<>();
		boolean allPermitted = true;
		while (result.next()) {
			List<String> values = new ArrayList<>(key.size());
			for (int column : key) {
				values.add(result.getString(column));
			}
			rows.add(new Row(result.getString(1), values, (version > 0) ? result.getString(version) : null));
			allPermitted &= permitted == 0 || result.getBoolean(permitted);
		}
		return new Rows(rows, allPermitted);
	}

}

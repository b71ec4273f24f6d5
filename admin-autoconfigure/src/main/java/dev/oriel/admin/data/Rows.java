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
 * @param size how many there are, with those that are not shown because what they embed
 * is missing
 * @param permitted whether all of them meet the rules on rows; always so for reads
 */
record Rows(List<Row> rows, int size, boolean permitted) {

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
		int size = 0;
		while (result.next()) {
			size++;
			allPermitted &= permitted == 0 || result.getBoolean(permitted);
			String json = result.getString(1);
			if (json == null) {
				continue;
			}
			List<String> values = new ArrayList<>(key.size());
			for (int column : key) {
				values.add(result.getString(column));
			}
			rows.add(new Row(json, values, (version > 0) ? result.getString(version) : null));
		}
		return new Rows(rows, size, allPermitted);
	}

}

package dev.oriel.admin.change.wal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a table looks like in the messages that follow.
 *
 * @param oid its OID
 * @param columns the columns that are sent, in the order of the values
 * @param identity those by which a row is named when it is updated or deleted
 */
record RelationMessage(int oid, List<String> columns, Set<String> identity) {

	private static final int IN_IDENTITY = 1;

	static RelationMessage read(MessageReader message) {
		int oid = message.int32();
		message.string();
		message.string();
		message.int8();
		int count = message.int16();
		List<String> columns = new ArrayList<>(count);
		Set<String> identity = new HashSet<>();
		for (int i = 0; i < count; i++) {
			int flags = message.int8();
			String column = message.string();
			columns.add(column);
			if ((flags & IN_IDENTITY) != 0) {
				identity.add(column);
			}
			message.int32();
			message.int32();
		}
		return new RelationMessage(oid, columns, identity);
	}

}

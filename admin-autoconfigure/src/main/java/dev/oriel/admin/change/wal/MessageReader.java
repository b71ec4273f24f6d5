package dev.oriel.admin.change.wal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Reads the parts of one message of {@code pgoutput}.
 *
 * @param bytes the message, in the order of the network
 */
record MessageReader(ByteBuffer bytes) {

	int int8() {
		return this.bytes.get();
	}

	int int16() {
		return this.bytes.getShort();
	}

	int int32() {
		return this.bytes.getInt();
	}

	long int64() {
		return this.bytes.getLong();
	}

	void skip(int length) {
		this.bytes.position(this.bytes.position() + length);
	}

	String string() {
		int start = this.bytes.position();
		int end = start;
		while (this.bytes.get(end) != 0) {
			end++;
		}
		byte[] text = new byte[end - start];
		this.bytes.get(text);
		skip(1);
		return new String(text, StandardCharsets.UTF_8);
	}

	/**
	 * Read a row and return some of its values, or {@code null} if one of those is not
	 * there: NULL, or a long text that was not changed.
	 * @param positions where the values are, in ascending order
	 * @param order which of the positions comes first, second and so on in what is
	 * returned
	 */
	@Nullable List<String> values(int[] positions, int[] order) {
		@Nullable String[] values = new String[positions.length];
		int count = int16();
		int wanted = 0;
		for (int i = 0; i < count; i++) {
			boolean keep = wanted < positions.length && positions[wanted] == i;
			String value = value(keep);
			if (keep) {
				values[order[wanted++]] = value;
			}
		}
		return (wanted == positions.length && Arrays.stream(values).noneMatch((value) -> value == null))
				? List.of(values) : null;
	}

	private @Nullable String value(boolean keep) {
		char kind = (char) int8();
		if (kind == 'n' || kind == 'u') {
			return null;
		}
		int length = int32();
		if (!keep) {
			skip(length);
			return null;
		}
		byte[] text = new byte[length];
		this.bytes.get(text);
		return new String(text, StandardCharsets.UTF_8);
	}

}

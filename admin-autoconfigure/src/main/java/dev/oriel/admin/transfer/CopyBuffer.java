package dev.oriel.admin.transfer;

import java.util.function.ObjIntConsumer;

import org.jspecify.annotations.Nullable;

/**
 * Writes rows in the text format of {@code COPY}, in UTF-8, many at a time.
 */
final class CopyBuffer {

	private static final int SIZE = 64 * 1024;

	/** A character takes at most three bytes, and an escape two. */
	private static final int ROOM = 4;

	/** The characters below U+0080 that are not written as they are. */
	private static final boolean[] ESCAPED = new boolean[0x80];

	static {
		for (char character : new char[] { '\\', '\t', '\n', '\r', '\0' }) {
			ESCAPED[character] = true;
		}
	}

	private static final byte REPLACEMENT_1 = (byte) 0xEF;

	private static final byte REPLACEMENT_2 = (byte) 0xBF;

	private static final byte REPLACEMENT_3 = (byte) 0xBD;

	private final ObjIntConsumer<byte[]> out;

	private final byte[] bytes = new byte[SIZE];

	private int size;

	private boolean begun;

	/**
	 * @param out takes bytes
	 */
	CopyBuffer(ObjIntConsumer<byte[]> out) {
		this.out = out;
	}

	/**
	 * Add the next value of a row.
	 * @return whether all of its characters could be written; others are replaced by
	 * U+FFFD
	 */
	boolean add(@Nullable String value) {
		separate();
		if (value == null) {
			require(2);
			this.bytes[this.size++] = '\\';
			this.bytes[this.size++] = 'N';
			return true;
		}
		boolean valid = true;
		int length = value.length();
		int i = addPlain(value, 0);
		while (i < length) {
			require(ROOM);
			char character = value.charAt(i);
			if (character < 0x80) {
				valid &= addAscii(character);
			}
			else if (character < 0x800) {
				this.bytes[this.size++] = (byte) (0xC0 | character >> 6);
				this.bytes[this.size++] = (byte) (0x80 | character & 0x3F);
			}
			else if (!Character.isSurrogate(character)) {
				this.bytes[this.size++] = (byte) (0xE0 | character >> 12);
				this.bytes[this.size++] = (byte) (0x80 | character >> 6 & 0x3F);
				this.bytes[this.size++] = (byte) (0x80 | character & 0x3F);
			}
			else if (i + 1 < length && Character.isSurrogatePair(character, value.charAt(i + 1))) {
				addPair(Character.toCodePoint(character, value.charAt(++i)));
			}
			else {
				addReplacement();
				valid = false;
			}
			i = addPlain(value, i + 1);
		}
		return valid;
	}

	/**
	 * Add the next characters as long as each is a byte as it is and there is room, and
	 * return where they end. Most values are nothing else.
	 */
	private int addPlain(String value, int from) {
		byte[] target = this.bytes;
		int to = this.size;
		int end = from + Math.min(value.length() - from, target.length - to);
		int i = from;
		for (; i < end; i++) {
			char character = value.charAt(i);
			if (character >= 0x80 || ESCAPED[character]) {
				break;
			}
			target[to++] = (byte) character;
		}
		this.size = to;
		return i;
	}

	/**
	 * Add a number that is known.
	 */
	void add(long value) {
		add(Long.toString(value));
	}

	private void separate() {
		if (this.begun) {
			require(1);
			this.bytes[this.size++] = '\t';
		}
		this.begun = true;
	}

	private boolean addAscii(char character) {
		switch (character) {
			case '\\', '\t' -> {
				this.bytes[this.size++] = '\\';
				this.bytes[this.size++] = (byte) ((character == '\t') ? 't' : '\\');
			}
			case '\n' -> {
				this.bytes[this.size++] = '\\';
				this.bytes[this.size++] = 'n';
			}
			case '\r' -> {
				this.bytes[this.size++] = '\\';
				this.bytes[this.size++] = 'r';
			}
			case '\0' -> {
				addReplacement();
				return false;
			}
			default -> this.bytes[this.size++] = (byte) character;
		}
		return true;
	}

	private void addPair(int codePoint) {
		this.bytes[this.size++] = (byte) (0xF0 | codePoint >> 18);
		this.bytes[this.size++] = (byte) (0x80 | codePoint >> 12 & 0x3F);
		this.bytes[this.size++] = (byte) (0x80 | codePoint >> 6 & 0x3F);
		this.bytes[this.size++] = (byte) (0x80 | codePoint & 0x3F);
	}

	private void addReplacement() {
		this.bytes[this.size++] = REPLACEMENT_1;
		this.bytes[this.size++] = REPLACEMENT_2;
		this.bytes[this.size++] = REPLACEMENT_3;
	}

	/**
	 * End the row.
	 */
	void end() {
		require(1);
		this.bytes[this.size++] = '\n';
		this.begun = false;
	}

	private void require(int room) {
		if (this.bytes.length - this.size < room) {
			flush();
		}
	}

	/**
	 * Pass on what was not yet.
	 */
	void flush() {
		if (this.size > 0) {
			this.out.accept(this.bytes, this.size);
			this.size = 0;
		}
	}

}

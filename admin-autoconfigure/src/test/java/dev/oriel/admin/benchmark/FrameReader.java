package dev.oriel.admin.benchmark;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads the frames of one WebSocket in whatever pieces they come, and looks for the
 * greatest number behind {@code "value":}. Keeps nothing else of them.
 */
final class FrameReader {

	private static final byte[] MARK = "\"value\":".getBytes(StandardCharsets.US_ASCII);

	private static final int CONTROL = 0x08;

	private int header;

	private int headerLength = 2;

	private int first;

	private long left;

	private int matched;

	private int number = -1;

	private int greatest = -1;

	/**
	 * Read up to the end of a message, or of what there is.
	 * @return whether it is the end of a message
	 */
	boolean read(ByteBuffer buffer) {
		while (buffer.hasRemaining() && this.header < this.headerLength) {
			header(buffer.get() & 0xff);
		}
		if (this.header < this.headerLength) {
			return false;
		}
		int end = buffer.position() + (int) Math.min(this.left, buffer.remaining());
		this.left -= end - buffer.position();
		for (int i = buffer.position(); i < end; i++) {
			look(buffer.get(i));
		}
		buffer.position(end);
		if (this.left > 0) {
			return false;
		}
		this.header = 0;
		this.headerLength = 2;
		return (this.first & 0x80) != 0 && (this.first & CONTROL) == 0;
	}

	/**
	 * Return the number of the message that has ended, or -1, and begin the next.
	 */
	int number() {
		int found = Math.max(this.greatest, this.number);
		this.greatest = -1;
		this.number = -1;
		this.matched = 0;
		return found;
	}

	private void header(int value) {
		switch (this.header++) {
			case 0 -> {
				this.first = value;
				this.left = 0;
			}
			case 1 -> {
				// The server does not mask.
				if (value < 126) {
					this.left = value;
				}
				else {
					this.headerLength = (value == 126) ? 4 : 10;
				}
			}
			default -> this.left = (this.left << 8) | value;
		}
	}

	private void look(byte value) {
		if (this.matched == MARK.length) {
			if (value >= '0' && value <= '9') {
				this.number = Math.max(0, this.number) * 10 + value - '0';
				return;
			}
			this.greatest = Math.max(this.greatest, this.number);
			this.number = -1;
			this.matched = 0;
		}
		this.matched = (value == MARK[this.matched]) ? this.matched + 1 : (value == MARK[0]) ? 1 : 0;
	}

}

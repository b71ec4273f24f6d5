package dev.oriel.admin.transfer.format;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Gathers bytes, because most that is written is short.
 */
final class ByteOutput {

	private static final int SIZE = 64 * 1024;

	private final OutputStream out;

	private final byte[] buffer = new byte[SIZE];

	private int size;

	ByteOutput(OutputStream out) {
		this.out = out;
	}

	void write(int value) throws IOException {
		if (this.size == SIZE) {
			flush();
		}
		this.buffer[this.size++] = (byte) value;
	}

	void write(byte[] bytes) throws IOException {
		write(bytes, 0, bytes.length);
	}

	void write(byte[] bytes, int from, int length) throws IOException {
		if (length > SIZE - this.size) {
			flush();
			if (length > SIZE) {
				this.out.write(bytes, from, length);
				return;
			}
		}
		System.arraycopy(bytes, from, this.buffer, this.size, length);
		this.size += length;
	}

	void write(String text) throws IOException {
		write(text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Write a number that is not negative.
	 */
	void writeNumber(long value) throws IOException {
		if (SIZE - this.size < 20) {
			flush();
		}
		int digits = 1;
		for (long rest = value; rest >= 10; rest /= 10) {
			digits++;
		}
		int position = this.size + digits;
		this.size = position;
		long rest = value;
		for (int i = 0; i < digits; i++) {
			this.buffer[--position] = (byte) ('0' + rest % 10);
			rest /= 10;
		}
	}

	void flush() throws IOException {
		this.out.write(this.buffer, 0, this.size);
		this.size = 0;
	}

}

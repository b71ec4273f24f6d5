package dev.oriel.admin.transfer;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

import dev.oriel.admin.data.Problem;
import dev.oriel.admin.data.ProblemException;

/**
 * A file on its way in. It may not be larger than it may be, and ends when its job is
 * cancelled.
 */
final class Upload extends FilterInputStream {

	private final Job job;

	private final long maxSize;

	private long size;

	Upload(InputStream in, Job job, long maxSize) {
		super(in);
		this.job = job;
		this.maxSize = maxSize;
	}

	/**
	 * Refuse a file of a size that is known before.
	 */
	static void require(long size, long maxSize) {
		if (size > maxSize) {
			throw new ProblemException(new Problem(413, "ORIEL413", "The file is too large",
					"It may have %d bytes.".formatted(maxSize), "Send it in parts."));
		}
	}

	@Override
	public int read() throws IOException {
		byte[] single = new byte[1];
		int count = read(single, 0, 1);
		return (count < 0) ? -1 : single[0] & 0xFF;
	}

	@Override
	public int read(byte[] bytes, int offset, int length) throws IOException {
		this.job.check();
		int count = super.read(bytes, offset, length);
		if (count > 0) {
			this.size += count;
			require(this.size, this.maxSize);
			this.job.bytes(this.size);
		}
		return count;
	}

	@Override
	public long skip(long count) throws IOException {
		return super.skip(0);
	}

	@Override
	public boolean markSupported() {
		return false;
	}

}

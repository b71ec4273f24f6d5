package dev.oriel.admin.transfer.format;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Turns the bytes of a file into characters and never puts up with bytes that are none: a
 * wrong guess about an encoding spoils every name in a file without anybody noticing.
 */
final class TextSource implements Closeable {

	private static final String CHOICES = "Say which encoding it is: windows-1252 or ISO-8859-1 (Western Europe), "
			+ "windows-1250 (Central Europe), windows-1251 (Cyrillic), UTF-16LE, Shift_JIS, GB18030, or another.";

	private static final Charset UTF_32LE = Charset.forName("UTF-32LE");

	private static final Charset UTF_32BE = Charset.forName("UTF-32BE");

	/** The longer before the shorter, which it begins with. */
	private static final List<Mark> MARKS = List.of(new Mark(UTF_32LE, 0xFF, 0xFE, 0, 0),
			new Mark(UTF_32BE, 0, 0, 0xFE, 0xFF), new Mark(StandardCharsets.UTF_8, 0xEF, 0xBB, 0xBF),
			new Mark(StandardCharsets.UTF_16LE, 0xFF, 0xFE), new Mark(StandardCharsets.UTF_16BE, 0xFE, 0xFF));

	private final InputStream in;

	private final ByteBuffer bytes = ByteBuffer.allocate(64 * 1024);

	private final Charset charset;

	private final CharsetDecoder decoder;

	private final byte[] head;

	private long consumed;

	private boolean ended;

	private boolean flushed;

	private @Nullable String problem;

	private TextSource(InputStream in, byte[] head, Charset charset, int skipped) {
		this.in = in;
		this.head = head;
		this.charset = charset;
		this.decoder = charset.newDecoder()
			.onMalformedInput(CodingErrorAction.REPORT)
			.onUnmappableCharacter(CodingErrorAction.REPORT);
		this.bytes.put(head, skipped, head.length - skipped).flip();
		this.consumed = skipped;
	}

	/**
	 * Begin to read.
	 * @param in the bytes
	 * @param given the encoding, or {@code null} for the one of the byte order mark and
	 * else UTF-8
	 */
	static TextSource open(InputStream in, @Nullable Charset given) throws IOException {
		byte[] head = in.readNBytes(4096);
		for (Mark mark : MARKS) {
			if (mark.begins(head)) {
				require(given == null || mark.fits(given), mark, given);
				return new TextSource(in, head, mark.charset(), mark.bytes().length);
			}
		}
		if (given == null) {
			requireNoWideCharacters(head);
		}
		else if (!given.canEncode() && !given.name().startsWith("UTF")) {
			throw new FileFormatException(0, "The encoding '%s' cannot be read".formatted(given.name()), CHOICES);
		}
		return new TextSource(in, head, (given != null) ? given : StandardCharsets.UTF_8, 0);
	}

	private static void require(boolean fits, Mark mark, @Nullable Charset given) throws FileFormatException {
		if (!fits) {
			throw new FileFormatException(1,
					"The file begins with the byte order mark of %s, but is said to be in %s"
						.formatted(mark.charset().name(), (given != null) ? given.name() : "another"),
					"Leave the encoding out, or say %s.".formatted(mark.charset().name()));
		}
	}

	/**
	 * Every second byte of a text in a Western language is 0 in UTF-16.
	 */
	private static void requireNoWideCharacters(byte[] head) throws FileFormatException {
		if (head.length < 4 || (head[0] != 0) == (head[1] != 0) || (head[2] != 0) == (head[3] != 0)
				|| (head[0] != 0) != (head[2] != 0)) {
			return;
		}
		String name = (head[0] != 0) ? "UTF-16LE" : "UTF-16BE";
		throw new FileFormatException(1, "The file looks like %s without a byte order mark".formatted(name),
				"If it is, say that the encoding is %s.".formatted(name));
	}

	Charset charset() {
		return this.charset;
	}

	/**
	 * Return the first bytes of the file.
	 */
	byte[] head() {
		return this.head;
	}

	/**
	 * Read characters and return how many, or -1 if there are no more.
	 * @throws MalformedBytes when the next bytes are no characters
	 */
	int read(char[] target, int offset, int length) throws IOException {
		if (this.problem != null) {
			throw new MalformedBytes(this.problem);
		}
		if (this.flushed) {
			return -1;
		}
		CharBuffer chars = CharBuffer.wrap(target, offset, length).slice();
		while (chars.position() == 0) {
			if (!this.ended && !this.bytes.hasRemaining()) {
				fill();
			}
			int before = this.bytes.position();
			CoderResult result = this.decoder.decode(this.bytes, chars, this.ended);
			this.consumed += this.bytes.position() - before;
			if (result.isError()) {
				this.problem = describe(result);
				if (chars.position() == 0) {
					throw new MalformedBytes(this.problem);
				}
			}
			else if (result.isUnderflow() && this.ended) {
				this.decoder.flush(chars);
				this.flushed = true;
				return (chars.position() == 0) ? -1 : chars.position();
			}
			else if (result.isUnderflow() && chars.position() == 0) {
				fill();
			}
		}
		return chars.position();
	}

	private void fill() throws IOException {
		this.bytes.compact();
		int read = this.in.read(this.bytes.array(), this.bytes.position(), this.bytes.remaining());
		if (read < 0) {
			this.ended = true;
		}
		else {
			this.bytes.position(this.bytes.position() + read);
		}
		this.bytes.flip();
	}

	private String describe(CoderResult result) {
		int length = Math.min(result.length(), this.bytes.remaining());
		String hex = HexFormat.ofDelimiter(" ")
			.withUpperCase()
			.formatHex(this.bytes.array(), this.bytes.position(), this.bytes.position() + length);
		return "Byte %d of the file (%s) is no character of %s".formatted(this.consumed + 1, hex, this.charset.name());
	}

	@Override
	public void close() throws IOException {
		this.in.close();
	}

	/**
	 * Bytes that are no characters; in which line, knows who counts lines.
	 */
	static final class MalformedBytes extends IOException {

		private static final long serialVersionUID = 1L;

		MalformedBytes(String message) {
			super(message);
		}

		FileFormatException at(long line) {
			return new FileFormatException(line, String.valueOf(getMessage()), CHOICES);
		}

	}

	/**
	 * What a file in one of Unicode's encodings may begin with.
	 */
	private record Mark(Charset charset, int... bytes) {

		private boolean begins(byte[] head) {
			if (head.length < this.bytes.length) {
				return false;
			}
			for (int i = 0; i < this.bytes.length; i++) {
				if ((head[i] & 0xFF) != this.bytes[i]) {
					return false;
				}
			}
			return true;
		}

		private boolean fits(Charset given) {
			return this.charset.name().startsWith(given.name());
		}

	}

}

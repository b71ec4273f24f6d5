package dev.oriel.admin.data;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

import dev.oriel.admin.access.Operation;
import dev.oriel.admin.extension.RowImage;
import dev.oriel.admin.extension.WrittenRow;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Rows that were written in many parts and that hooks are to be told of once they are
 * kept. Until then they wait in a file, because there may be more of them than fit into
 * the memory.
 */
final class FollowUps implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(FollowUps.class);

	private static final int NONE = -1;

	private final Supplier<Path> files;

	private @Nullable Path file;

	private @Nullable DataOutputStream out;

	private int parts;

	/**
	 * @param files makes a file that nobody else reads
	 */
	FollowUps(Supplier<Path> files) {
		this.files = files;
	}

	/**
	 * Add the rows of a part.
	 */
	void add(Operation operation, List<WrittenRow> rows) {
		try {
			DataOutputStream to = open();
			to.writeByte(operation.ordinal());
			to.writeInt(rows.size());
			for (WrittenRow row : rows) {
				write(row.before(), to);
				write(row.after(), to);
			}
			this.parts++;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private DataOutputStream open() throws IOException {
		DataOutputStream opened = this.out;
		if (opened == null) {
			this.file = this.files.get();
			opened = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(this.file)));
			this.out = opened;
		}
		return opened;
	}

	private static void write(@Nullable RowImage image, DataOutputStream out) throws IOException {
		if (image == null) {
			out.writeInt(NONE);
			return;
		}
		byte[] json = image.json().getBytes(StandardCharsets.UTF_8);
		out.writeInt(json.length);
		out.write(json);
	}

	/**
	 * Tell of each part, in their order.
	 */
	void tell(BiConsumer<Operation, List<WrittenRow>> consumer) {
		if (this.file == null || this.out == null) {
			return;
		}
		try {
			this.out.close();
			try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(this.file)))) {
				for (int i = 0; i < this.parts; i++) {
					Operation operation = Operation.values()[in.readByte()];
					int size = in.readInt();
					List<WrittenRow> rows = new ArrayList<>(size);
					for (int row = 0; row < size; row++) {
						rows.add(new WrittenRow(read(in), read(in)));
					}
					consumer.accept(operation, rows);
				}
			}
		}
		catch (IOException ex) {
			logger.error("Hooks could not be told of all rows that were written and are kept", ex);
		}
	}

	private static @Nullable RowImage read(DataInputStream in) throws IOException {
		int length = in.readInt();
		return (length == NONE) ? null : RowImage.of(new String(in.readNBytes(length), StandardCharsets.UTF_8));
	}

	@Override
	public void close() {
		try {
			if (this.out != null) {
				this.out.close();
			}
			if (this.file != null) {
				Files.deleteIfExists(this.file);
			}
		}
		catch (IOException ex) {
			logger.debug("The file of rows that were written is left behind", ex);
		}
	}

}

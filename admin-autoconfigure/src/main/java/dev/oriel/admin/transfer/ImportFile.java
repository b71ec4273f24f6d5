package dev.oriel.admin.transfer;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

import dev.oriel.admin.transfer.format.FileFormat;
import dev.oriel.admin.transfer.format.FormatLimits;
import dev.oriel.admin.transfer.format.RecordReader;
import dev.oriel.admin.transfer.format.RecordReaders;

import org.jspecify.annotations.Nullable;

/**
 * The file of an import while it is read: as it comes, or from the disk if it is a
 * workbook, which says only at its end where its parts are.
 */
final class ImportFile implements Closeable {

	private final RecordReader reader;

	private final @Nullable Path spooled;

	private ImportFile(RecordReader reader, @Nullable Path spooled) {
		this.reader = reader;
		this.spooled = spooled;
	}

	/**
	 * Begin to read a file.
	 * @param upload the file; closed with its reader
	 * @param request how to read it
	 * @param files where to keep it if need be
	 */
	static ImportFile open(Upload upload, ImportRequest request, PrivateFiles files) throws IOException {
		if (request.format() != FileFormat.XLSX) {
			return new ImportFile(RecordReaders.open(request.format(), upload, request.source(), FormatLimits.DEFAULTS),
					null);
		}
		Path spooled = files.create();
		try {
			Files.copy(upload, spooled, StandardCopyOption.REPLACE_EXISTING);
			return new ImportFile(RecordReaders.open(FileFormat.XLSX, spooled, request.source(), FormatLimits.DEFAULTS),
					spooled);
		}
		catch (IOException | RuntimeException | Error ex) {
			PrivateFiles.delete(spooled);
			throw ex;
		}
	}

	RecordReader reader() {
		return this.reader;
	}

	@Override
	public void close() throws IOException {
		try {
			this.reader.close();
		}
		finally {
			PrivateFiles.delete(this.spooled);
		}
	}

}

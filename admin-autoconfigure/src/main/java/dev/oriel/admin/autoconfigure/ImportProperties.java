package dev.oriel.admin.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * What imports may cost.
 *
 * @since 0.1.0
 */
public class ImportProperties {

	/**
	 * Size that an imported file may have.
	 */
	private DataSize maxFileSize = DataSize.ofGigabytes(4);

	/**
	 * How long one statement of an import may run.
	 */
	private Duration timeout = Duration.ofHours(1);

	/**
	 * Number of imports, and of exports that are jobs, that may run at the same time.
	 */
	private int atOnce = 2;

	/**
	 * Number of them that one user may run at the same time.
	 */
	private int atOncePerUser = 1;

	/**
	 * How long the outcome of an import and its rejected rows can be asked for.
	 */
	private Duration keep = Duration.ofHours(1);

	/**
	 * Directory for rejected rows and for workbooks while they are read. By default the
	 * one for temporary files.
	 */
	private @Nullable Path directory;

	public DataSize getMaxFileSize() {
		return this.maxFileSize;
	}

	public void setMaxFileSize(DataSize maxFileSize) {
		this.maxFileSize = maxFileSize;
	}

	public Duration getTimeout() {
		return this.timeout;
	}

	public void setTimeout(Duration timeout) {
		this.timeout = timeout;
	}

	public int getAtOnce() {
		return this.atOnce;
	}

	public void setAtOnce(int atOnce) {
		this.atOnce = atOnce;
	}

	public int getAtOncePerUser() {
		return this.atOncePerUser;
	}

	public void setAtOncePerUser(int atOncePerUser) {
		this.atOncePerUser = atOncePerUser;
	}

	public Duration getKeep() {
		return this.keep;
	}

	public void setKeep(Duration keep) {
		this.keep = keep;
	}

	public @Nullable Path getDirectory() {
		return this.directory;
	}

	public void setDirectory(@Nullable Path directory) {
		this.directory = directory;
	}

}

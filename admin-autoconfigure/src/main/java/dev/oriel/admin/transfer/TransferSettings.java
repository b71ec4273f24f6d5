package dev.oriel.admin.transfer;

import java.nio.file.Path;
import java.time.Duration;

import org.springframework.util.Assert;

/**
 * The limits that imports and exports keep.
 *
 * @param maxFileSize how many bytes an imported file may have
 * @param timeout how long one statement may take
 * @param atOnce how many may run at the same time
 * @param atOncePerUser how many of them may be one user's
 * @param keep how long it is known what became of one that has ended
 * @param directory where files are kept meanwhile
 * @since 0.1.0
 */
public record TransferSettings(long maxFileSize, Duration timeout, int atOnce, int atOncePerUser, Duration keep,
		Path directory) {

	public TransferSettings {
		Assert.isTrue(maxFileSize > 0, "'maxFileSize' must be greater than 0");
		Assert.isTrue(timeout.toMillis() > 0, "'timeout' must be at least 1ms");
		Assert.isTrue(atOnce > 0, "'atOnce' must be greater than 0");
		Assert.isTrue(atOncePerUser > 0, "'atOncePerUser' must be greater than 0");
		Assert.isTrue(keep.toMillis() > 0, "'keep' must be at least 1ms");
	}

}

package dev.oriel.admin.change.wal;

import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Which publication the changes are taken from.
 *
 * @param publication the name of one that somebody else made and keeps, or {@code null}
 * for {@value #OWN}
 * @param maintained whether {@value #OWN} is made where it is missing, and tables that
 * the role owns are added to it
 * @since 0.1.0
 */
public record WalSettings(@Nullable String publication, boolean maintained) {

	/** The name of the publication unless another one is wanted. */
	public static final String OWN = "oriel";

	public WalSettings {
		publication = StringUtils.hasText(publication) ? publication : null;
		maintained = maintained && publication == null;
	}

	String name() {
		return (this.publication != null) ? this.publication : OWN;
	}

}

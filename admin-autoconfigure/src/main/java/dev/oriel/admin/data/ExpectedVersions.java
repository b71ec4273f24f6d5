package dev.oriel.admin.data;

import java.util.LinkedHashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The versions of which a row must have one when it is written with its family.
 *
 * @param versions the versions, or {@link WriteOptions#ANY_VERSION} if the row must only
 * be there; none if that does not matter either
 */
record ExpectedVersions(Set<String> versions) {

	/** The row may have any version, and need not be there. */
	static final ExpectedVersions NONE = new ExpectedVersions(Set.of());

	ExpectedVersions {
		versions = Set.copyOf(versions);
	}

	/**
	 * Return what a request expects.
	 */
	static ExpectedVersions of(WriteOptions options) {
		Set<String> versions = new LinkedHashSet<>(options.otherVersions());
		if (options.expectedVersion() != null) {
			versions.add(options.expectedVersion());
		}
		return new ExpectedVersions(versions);
	}

	/**
	 * Return the same, narrowed to the version that a row of the body gives.
	 * @param version the version, or {@code null} if the row gives none
	 */
	ExpectedVersions narrowedTo(@Nullable String version) {
		if (version == null) {
			return this;
		}
		// What contradicts itself is no row's version.
		return new ExpectedVersions(Set.of(allow(version) ? version : ""));
	}

	/**
	 * Whether it does not matter which version the row has, nor whether it is there.
	 */
	boolean isEmpty() {
		return this.versions.isEmpty();
	}

	/**
	 * Whether the row must have one of certain versions.
	 */
	boolean areNamed() {
		return !isEmpty() && !this.versions.contains(WriteOptions.ANY_VERSION);
	}

	/**
	 * Whether the row may have a version.
	 */
	boolean allow(String version) {
		return !areNamed() || this.versions.contains(version);
	}

}

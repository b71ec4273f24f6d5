package dev.oriel.admin;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.oriel.admin.schema.SchemaSource;

/**
 * The classes that are delivered, wherever the build keeps them.
 */
final class ProductionCode {

	private ProductionCode() {
	}

	static JavaClasses read() {
		return new ClassFileImporter()
			.importUrl(SchemaSource.class.getProtectionDomain().getCodeSource().getLocation());
	}

}

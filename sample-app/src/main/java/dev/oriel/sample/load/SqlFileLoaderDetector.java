package dev.oriel.sample.load;

import java.util.Set;

import org.springframework.boot.sql.init.dependency.AbstractBeansOfTypeDatabaseInitializerDetector;

/**
 * Makes whatever waits for the migrations wait for the loaded file too.
 */
class SqlFileLoaderDetector extends AbstractBeansOfTypeDatabaseInitializerDetector {

	/** After Flyway, before scripts of Spring Boot. */
	private static final int ORDER = 100;

	@Override
	protected Set<Class<?>> getDatabaseInitializerBeanTypes() {
		return Set.of(SqlFileLoader.class);
	}

	@Override
	public int getOrder() {
		return ORDER;
	}

}

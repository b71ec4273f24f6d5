package dev.oriel.admin.autoconfigure;

import javax.sql.DataSource;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.ObjectProvider;

import org.jspecify.annotations.Nullable;

/**
 * Finds the host's DataSource that is meant.
 */
final class HostDataSource {

	private HostDataSource() {
	}

	/**
	 * Return the DataSource of the given name, or the only or primary one.
	 */
	static DataSource find(@Nullable String name, BeanFactory beans, ObjectProvider<DataSource> candidates) {
		if (name != null) {
			try {
				return beans.getBean(name, DataSource.class);
			}
			catch (NoSuchBeanDefinitionException ex) {
				throw new InvalidOrielPropertyException("oriel.datasource", name,
						"There is no DataSource bean of that name.", "Name a DataSource bean of the application.");
			}
		}
		DataSource unique = candidates.getIfUnique();
		if (unique == null) {
			throw new InvalidOrielPropertyException("oriel.datasource", "",
					"The application has several DataSource beans and none of them is primary.",
					"Name the one to show.");
		}
		return unique;
	}

}

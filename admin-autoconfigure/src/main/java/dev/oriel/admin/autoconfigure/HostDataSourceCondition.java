package dev.oriel.admin.autoconfigure;

import javax.sql.DataSource;

import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;

/**
 * Matches when it is clear which DataSource is meant. An application with several of them
 * that names none is not to fail for it.
 */
class HostDataSourceCondition extends AnyNestedCondition {

	HostDataSourceCondition() {
		super(ConfigurationPhase.REGISTER_BEAN);
	}

	@ConditionalOnSingleCandidate(DataSource.class)
	static final class Obvious {

	}

	@ConditionalOnBean(DataSource.class)
	@ConditionalOnProperty("oriel.datasource")
	static final class Named {

	}

}

package dev.oriel.admin.autoconfigure;

import java.time.Duration;

import dev.oriel.admin.access.AccessPolicy;
import dev.oriel.admin.change.postgres.Capture;
import dev.oriel.admin.change.postgres.ChangeSettings;
import dev.oriel.admin.change.postgres.PostgresChangeSource;
import dev.oriel.admin.change.postgres.TriggerPolicy;
import dev.oriel.admin.change.wal.WalCapture;
import dev.oriel.admin.change.wal.WalSettings;
import dev.oriel.admin.data.RelationReader;
import dev.oriel.admin.live.LiveEngine;
import dev.oriel.admin.live.LiveObserver;
import dev.oriel.admin.live.RowSource;
import dev.oriel.admin.schema.SchemaSource;
import dev.oriel.admin.web.LiveControl;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;

/**
 * {@link AutoConfiguration Auto-configuration} for the live engine and where it learns of
 * changes. Needs no web.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = OrielAutoConfiguration.class)
@ConditionalOnBean(RelationReader.class)
@ConditionalOnBooleanProperty(name = "oriel.live.enabled", matchIfMissing = true)
public final class OrielLiveAutoConfiguration {

	OrielLiveAutoConfiguration() {
	}

	@Bean
	@DependsOnDatabaseInitialization
	PostgresChangeSource orielChangeSource(OrielDataSource dataSource, SchemaSource schema,
			OrielProperties properties) {
		boolean initialize = properties.getDatabase().getInitializeSchema() == OrielProperties.InitializeSchema.ALWAYS;
		TriggerPolicy triggers = TriggerPolicy.valueOf(properties.getLive().getTriggers().name());
		Duration pollInterval = ValidSettings.pollInterval(properties);
		if (isWal(properties)) {
			WalSettings settings = new WalSettings(properties.getLive().getPublication(),
					initialize && triggers != TriggerPolicy.MANUAL);
			Capture capture = new WalCapture(dataSource.pooled(), dataSource::openUnpooled, dataSource::openReplication,
					schema, settings);
			return new PostgresChangeSource(dataSource.pooled(), schema, pollInterval, capture);
		}
		ChangeSettings settings = new ChangeSettings(triggers, dataSource.hasUnpooled(), initialize, pollInterval);
		return new PostgresChangeSource(dataSource.pooled(), dataSource::openUnpooled, schema, settings);
	}

	@Bean
	LiveEngine orielLiveEngine(SchemaSource schema, AccessPolicy policy, RelationReader reader,
			PostgresChangeSource changes, ObjectProvider<LiveObserver> observer) {
		return new LiveEngine(schema, policy, RowSource.of(reader), changes,
				observer.getIfAvailable(() -> LiveObserver.NONE));
	}

	@Bean
	LiveControl orielLiveControl(PostgresChangeSource changes, OrielProperties properties) {
		if (isWal(properties)) {
			return NoTriggers.wal(changes);
		}
		boolean mayInstall = properties.getLive().getTriggers() != OrielProperties.Triggers.MANUAL
				&& !properties.isReadOnly();
		return new TriggerLiveControl(changes, mayInstall);
	}

	private static boolean isWal(OrielProperties properties) {
		return properties.getLive().getSource() == OrielProperties.LiveSource.WAL;
	}

}

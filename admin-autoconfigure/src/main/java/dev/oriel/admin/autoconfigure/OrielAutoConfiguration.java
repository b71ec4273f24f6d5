package dev.oriel.admin.autoconfigure;

import java.time.Duration;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import dev.oriel.admin.Oriel;
import dev.oriel.admin.access.AccessPolicy;
import dev.oriel.admin.access.PrivilegeAccessPolicy;
import dev.oriel.admin.data.BulkTransactions;
import dev.oriel.admin.data.DataSettings;
import dev.oriel.admin.data.FunctionCaller;
import dev.oriel.admin.data.PostGis;
import dev.oriel.admin.data.RelationReader;
import dev.oriel.admin.data.RelationWriter;
import dev.oriel.admin.data.RowCursor;
import dev.oriel.admin.data.RowStreams;
import dev.oriel.admin.data.TimeZones;
import dev.oriel.admin.data.Transactions;
import dev.oriel.admin.data.WriteHooks;
import dev.oriel.admin.live.LiveEngine;
import dev.oriel.admin.schema.SchemaSource;
import dev.oriel.admin.schema.postgres.PostgresSchemaSource;
import dev.oriel.admin.store.SettingsStore;
import dev.oriel.admin.transfer.Exporter;
import dev.oriel.admin.transfer.Imports;
import dev.oriel.admin.transfer.Jobs;
import org.postgresql.Driver;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * {@link AutoConfiguration Auto-configuration} for the engine: reflection, access, and
 * reading and writing rows. Needs no web.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = DataSourceAutoConfiguration.class)
@ConditionalOnClass({ Driver.class, HikariDataSource.class })
@Conditional(HostDataSourceCondition.class)
@ConditionalOnBooleanProperty(name = "oriel.enabled", matchIfMissing = true)
@EnableConfigurationProperties(OrielProperties.class)
public final class OrielAutoConfiguration {

	OrielAutoConfiguration() {
	}

	@Bean(destroyMethod = "close")
	OrielDataSource orielDataSource(OrielProperties properties, BeanFactory beans,
			ObjectProvider<DataSource> candidates) {
		return OrielDataSource.of(HostDataSource.find(properties.getDatasource(), beans, candidates),
				ValidSettings.poolSize(properties), ValidSettings.data(properties));
	}

	@Bean
	Transactions orielTransactions(OrielDataSource dataSource,
			ObjectProvider<PlatformTransactionManager> transactionManagers) {
		return Transactions.of(dataSource.pooled(), dataSource.readSessions(), dataSource.host(),
				() -> transactionManagers.stream().allMatch(DataSourceTransactionManager.class::isInstance));
	}

	@Bean(destroyMethod = "close")
	PostgresSchemaSource orielSchemaSource(OrielDataSource dataSource, OrielProperties properties) {
		return new PostgresSchemaSource(dataSource.pooled(), ValidSettings.reflection(properties));
	}

	@Bean
	@ConditionalOnMissingBean
	AccessPolicy orielAccessPolicy(OrielProperties properties) {
		return new PrivilegeAccessPolicy(properties.isReadOnly());
	}

	@Bean
	RelationReader orielRelationReader(Transactions transactions, SchemaSource source, AccessPolicy policy,
			OrielProperties properties) {
		return new RelationReader(transactions, source, policy, ValidSettings.data(properties));
	}

	@Bean
	RowStreams orielRowStreams(OrielDataSource dataSource, SchemaSource source, AccessPolicy policy,
			OrielProperties properties) {
		// The other half of the connections is for those who wait for a page.
		int atOnce = Math.max(1, ValidSettings.poolSize(properties) / 2);
		return new RowStreams(dataSource.pooled(), source, policy, ValidSettings.data(properties),
				ValidSettings.streamTimeout(properties), atOnce);
	}

	@Bean
	WriteHooks orielWriteHooks(ListableBeanFactory beans) {
		return new WriteHooks(() -> OrderedHooks.find(beans));
	}

	@Bean
	RelationWriter orielRelationWriter(Transactions transactions, SchemaSource source, AccessPolicy policy,
			WriteHooks hooks, OrielProperties properties) {
		return new RelationWriter(transactions, source, policy, hooks, ValidSettings.data(properties));
	}

	@Bean
	FunctionCaller orielFunctionCaller(Transactions transactions, SchemaSource source, AccessPolicy policy,
			OrielProperties properties) {
		return new FunctionCaller(transactions, source, policy, ValidSettings.data(properties));
	}

	@Bean
	Oriel orielApi(OrielDataSource dataSource, Transactions transactions, SchemaSource source, AccessPolicy policy,
			WriteHooks hooks, Jobs jobs, Imports imports, OrielProperties properties, ObjectProvider<LiveEngine> live) {
		Transactions joining = transactions.joining();
		DataSettings settings = ValidSettings.data(properties);
		// A share of the connections, like that of streams over HTTP.
		int atOnce = Math.max(1, ValidSettings.poolSize(properties) / 4);
		Duration streamTimeout = ValidSettings.streamTimeout(properties);
		RelationReader reader = new RelationReader(joining, source, policy, settings);
		RowStreams streams = new RowStreams(joining, source, policy, settings, streamTimeout, atOnce);
		return new Oriel(
				new Oriel.Parts(source, reader, new RowCursor(joining, source, policy, settings, streamTimeout, atOnce),
						new RelationWriter(joining, source, policy, hooks, settings),
						new FunctionCaller(joining, source, policy, settings), new Exporter(streams, reader, jobs),
						imports, live::getIfAvailable, PrincipalCallers.of(properties.getSecurity().getAuthorities())));
	}

	@Bean(destroyMethod = "close")
	Jobs orielJobs(OrielProperties properties) {
		return new Jobs(ValidSettings.transfer(properties));
	}

	@Bean
	Imports orielImports(OrielDataSource dataSource, Transactions transactions, SchemaSource source,
			AccessPolicy policy, WriteHooks hooks, Jobs jobs, OrielProperties properties) {
		return new Imports(new BulkTransactions(dataSource::openForLong, transactions, source, policy, hooks,
				ValidSettings.data(properties), ValidSettings.transfer(properties).timeout()), jobs);
	}

	@Bean
	TimeZones orielTimeZones(OrielDataSource dataSource, OrielProperties properties) {
		return new TimeZones(dataSource.pooled(), ValidSettings.data(properties));
	}

	@Bean
	PostGis orielPostGis(OrielDataSource dataSource, OrielProperties properties) {
		return new PostGis(dataSource.pooled(), ValidSettings.data(properties));
	}

	@Bean
	SettingsStore orielSettingsStore(OrielDataSource dataSource) {
		return new SettingsStore(dataSource.pooled());
	}

	@Bean
	@DependsOnDatabaseInitialization
	OrielStartup orielStartup(OrielDataSource dataSource, PostgresSchemaSource source, Jobs jobs,
			OrielProperties properties) {
		return new OrielStartup(dataSource, source, jobs, properties);
	}

}

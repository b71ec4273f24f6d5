package dev.oriel.admin.autoconfigure;

import dev.oriel.admin.live.LiveEngine;
import dev.oriel.admin.stomp.StompEndpoint;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/**
 * {@link AutoConfiguration Auto-configuration} for the metrics of the live engine, where
 * the application has Micrometer and a registry.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { OrielLiveAutoConfiguration.class, OrielStompAutoConfiguration.class }, afterName = {
		"org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
		"org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
		"org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration" })
@ConditionalOnClass({ MeterRegistry.class, MeterBinder.class })
@ConditionalOnBean({ LiveEngine.class, MeterRegistry.class })
public final class OrielMetricsAutoConfiguration {

	OrielMetricsAutoConfiguration() {
	}

	@Bean
	LiveMeters orielLiveMeters(ObjectProvider<LiveEngine> engine, ObjectProvider<StompEndpoint> sockets) {
		return new LiveMeters(engine, sockets);
	}

}

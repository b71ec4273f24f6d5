package dev.oriel.admin.autoconfigure;

import java.util.List;

import dev.oriel.admin.access.AccessPolicy;
import dev.oriel.admin.data.FunctionCaller;
import dev.oriel.admin.data.PostGis;
import dev.oriel.admin.data.RelationReader;
import dev.oriel.admin.data.RelationWriter;
import dev.oriel.admin.data.RowStreams;
import dev.oriel.admin.data.TimeZones;
import dev.oriel.admin.schema.SchemaSource;
import dev.oriel.admin.store.SettingsStore;
import dev.oriel.admin.transfer.Imports;
import dev.oriel.admin.transfer.Jobs;
import dev.oriel.admin.web.Admission;
import dev.oriel.admin.web.CsrfCheck;
import dev.oriel.admin.web.Disconnects;
import dev.oriel.admin.web.Guard;
import dev.oriel.admin.web.HostLogin;
import dev.oriel.admin.web.LiveControl;
import dev.oriel.admin.web.OrielRoutes;
import dev.oriel.admin.web.OriginCheck;
import dev.oriel.admin.web.WebSettings;
import dev.oriel.admin.web.ui.UiHandler;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.http.converter.ByteArrayHttpMessageConverter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.function.support.RouterFunctionMapping;

/**
 * {@link AutoConfiguration Auto-configuration} for the page and the HTTP interface. It
 * adds one handler mapping of its own and nothing to the host's filters, chains,
 * converters or advice; without Spring Security it mounts nothing.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = OrielAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({ DispatcherServlet.class, SecurityFilterChain.class })
@ConditionalOnBean(RelationReader.class)
public final class OrielWebAutoConfiguration {

	/** Before the host's mappings, which may answer for every path. */
	static final int MAPPING_ORDER = Ordered.HIGHEST_PRECEDENCE + 1000;

	OrielWebAutoConfiguration() {
	}

	@Bean
	Guard orielGuard(OrielProperties properties) {
		return new Guard(new Admission(properties.getSecurity().getAuthorities()),
				new OriginCheck(properties.getSecurity().getAllowedOrigins()), new CsrfCheck());
	}

	@Bean(destroyMethod = "close")
	Disconnects orielDisconnects() {
		return new Disconnects();
	}

	@Bean(defaultCandidate = false)
	RouterFunctionMapping orielRouterFunctionMapping(OrielProperties properties, Guard guard, SchemaSource source,
			AccessPolicy policy, RelationReader reader, RowStreams streams, RelationWriter writer,
			FunctionCaller functions, TimeZones timeZones, PostGis postGis, SettingsStore settingsStore,
			ObjectProvider<LiveControl> live, ObjectProvider<SecurityFilterChain> chains, Disconnects disconnects,
			Imports imports, Jobs jobs, ApplicationContext context) {
		String path = MountPath.validated(properties.getPath());
		WebSettings settings = new WebSettings(path, context.getEnvironment().getProperty("spring.application.name"),
				properties.isReadOnly(), properties.getLive().isEnabled(), properties.isPlanEnabled(),
				properties.isServerTiming());
		HostLogin hostLogin = new HostLogin(() -> chains.orderedStream().toList());
		OrielRoutes.Parts parts = new OrielRoutes.Parts(source, policy, reader, streams, writer, functions, timeZones,
				postGis, settingsStore, ConfiguredPresentations.of(properties.getTables()),
				live.getIfAvailable(NoTriggers::off),
				new UiHandler(path, OrielWebAutoConfiguration.class.getClassLoader()), disconnects, imports, jobs);
		RouterFunctionMapping mapping = new RouterFunctionMapping(
				OrielRoutes.create(settings, guard, hostLogin, parts));
		mapping.setMessageConverters(List.of(new ByteArrayHttpMessageConverter()));
		mapping.setOrder(MAPPING_ORDER);
		return mapping;
	}

}

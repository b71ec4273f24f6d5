package dev.oriel.admin.autoconfigure;

import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.sql.DataSource;

import dev.oriel.admin.testing.PostgresDatabase;
import jakarta.servlet.Filter;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.convert.ConversionService;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.simp.SimpMessageSendingOperations;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.transaction.TransactionManager;
import org.springframework.validation.Validator;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.HandlerAdapter;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.function.support.RouterFunctionMapping;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.socket.messaging.SubProtocolWebSocketHandler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that an application is the same with Oriel as without: the same answers byte for
 * byte, and the same beans for everybody who asks by type.
 */
class HostZeroDifferenceIntegrationTests {

	private static final List<Class<?>> TYPES = List.of(DataSource.class, JdbcOperations.class, JdbcClient.class,
			TransactionManager.class, Executor.class, TaskScheduler.class, JsonMapper.class, ObjectMapper.class,
			Validator.class, ConversionService.class, SecurityFilterChain.class, UserDetailsService.class, Filter.class,
			SimpMessageSendingOperations.class, MessageChannel.class, SubProtocolWebSocketHandler.class,
			HttpMessageConverter.class, WebMvcConfigurer.class, HandlerExceptionResolver.class, HandlerAdapter.class,
			ExecutorService.class, ThreadFactory.class, Clock.class, AuthenticationManager.class, Runnable.class,
			Supplier.class, Function.class, Consumer.class, Predicate.class, Callable.class);

	/** All of these are called, in an order of their own. */
	private static final List<Class<?>> CALLED = List.of(BeanPostProcessor.class, ApplicationListener.class);

	private static final List<Class<?>> MAPPINGS = List.of(RouterFunctionMapping.class, SimpleUrlHandlerMapping.class,
			RequestMappingHandlerMapping.class);

	static final String EXCLUDE = "spring.autoconfigure.exclude=" + String.join(",",
			OrielAmbiguousAutoConfiguration.class.getName(), OrielAutoConfiguration.class.getName(),
			OrielEndpointAutoConfiguration.class.getName(), OrielHealthContributorAutoConfiguration.class.getName(),
			OrielLiveAutoConfiguration.class.getName(), OrielMetricsAutoConfiguration.class.getName(),
			OrielSessionAutoConfiguration.class.getName(), OrielStompAutoConfiguration.class.getName(),
			OrielUnsecuredAutoConfiguration.class.getName(), OrielWebAutoConfiguration.class.getName());

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create();

	static List<Arguments> variants() {
		return List.of(
				Arguments.of("own chain, own broker", ProbeVariants.OwnChain.class,
						List.of("spring.mvc.problemdetails.enabled=true"), ""),
				Arguments.of("default chain", ProbeVariants.DefaultChain.class, List.of(), ""),
				Arguments.of("careless chain, context path", ProbeVariants.Careless.class,
						List.of("server.servlet.context-path=/shop"), "/shop"));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("variants")
	void applicationIsTheSame(String name, Class<?> configuration, List<String> properties, String contextPath) {
		List<String> with = new ArrayList<>(properties);
		with.addAll(List.of("spring.application.name=probe", "management.endpoint.health.show-details=never",
				"logging.level.root=off"));
		List<String> without = new ArrayList<>(with);
		without.add(EXCLUDE);
		Map<String, String> expected;
		Map<String, String> actual;
		try (HostApplication host = HostApplication.start(database, configuration, without.toArray(String[]::new))) {
			expected = look(host, contextPath);
			assertThat(host
				.send("GET", contextPath + "/admin/api/session", "Authorization", HostApplication.basic("admin"))
				.statusCode()).isEqualTo(404);
		}
		try (HostApplication host = HostApplication.start(database, configuration, with.toArray(String[]::new))) {
			actual = look(host, contextPath);
			assertThat(host
				.send("GET", contextPath + "/admin/api/session", "Authorization", HostApplication.basic("admin"))
				.statusCode()).isIn(200, 403);
		}
		assertThat(actual.keySet()).isEqualTo(expected.keySet());
		actual.entrySet().removeIf((entry) -> entry.getValue().equals(expected.get(entry.getKey())));
		assertThat(actual).as("what differs").isEmpty();
	}

	private static Map<String, String> look(HostApplication host, String contextPath) {
		Map<String, String> seen = new LinkedHashMap<>();
		ConfigurableApplicationContext context = host.context();
		for (Class<?> type : TYPES) {
			seen.put("beans of " + type.getName(), String.join(",", context.getBeanNamesForType(type)));
			seen.put("unique " + type.getName(), unique(context, type));
		}
		for (Class<?> type : MAPPINGS) {
			seen.put("unique " + type.getName(), unique(context, type));
		}
		// Any other name could be one that the application gives to a bean.
		seen.put("names", Stream.of(context.getBeanDefinitionNames())
			.filter((bean) -> !bean.startsWith("oriel") && !bean.startsWith("dev.oriel.admin.autoconfigure.Oriel"))
			.sorted()
			.collect(Collectors.joining(",")));
		for (Class<?> type : CALLED) {
			seen.put("beans of " + type.getName(),
					Stream.of(context.getBeanNamesForType(type)).sorted().collect(Collectors.joining(",")));
		}
		seen.put("advice", String.join(",", context.getBeanNamesForAnnotation(ControllerAdvice.class)));
		seen.put("server", ((ServletWebServerApplicationContext) context).getWebServer().getClass().getName());
		for (String user : new String[] { "", "admin" }) {
			for (String request : List.of("GET /hello", "GET /hello?x=1", "HEAD /hello", "OPTIONS /hello", "PUT /hello",
					"POST /hello", "GET /number?n=5", "GET /number?n=x", "GET /number", "GET /broken", "GET /refused",
					"GET /functional", "POST /functional", "GET /nothing", "GET /administrator", "GET /admins/x",
					"GET /login", "GET /logout", "GET /error", "GET /actuator", "GET /actuator/health", "GET /socket",
					"GET /index.html", "GET /META-INF/oriel/ui/index.html", "GET /;x=1/hello", "GET //hello")) {
				for (String accept : new String[] { "application/json", "text/html" }) {
					seen.put(user + " " + request + " " + accept, ask(host, user, request, contextPath, accept));
				}
			}
		}
		return seen;
	}

	private static String ask(HostApplication host, String user, String request, String contextPath, String accept) {
		String method = request.substring(0, request.indexOf(' '));
		String path = contextPath + request.substring(method.length() + 1);
		List<String> headers = new ArrayList<>(List.of("Accept", accept));
		if (!user.isEmpty()) {
			headers.addAll(List.of("Authorization", HostApplication.basic(user)));
		}
		HttpResponse<String> answer = host.send(method, path, headers.toArray(String[]::new));
		Map<String, Object> fields = new TreeMap<>(answer.headers().map());
		fields.remove("date");
		String text = answer.statusCode() + " " + fields + "\n" + answer.body();
		return text.replace(host.origin(), "http://host")
			.replaceAll("(?i)(jsessionid)=[0-9A-F]+", "$1=*")
			.replaceAll("(?s)name=\"_csrf\"([^>]*)value=\"[^\"]+\"", "name=\"_csrf\"$1value=\"*\"")
			.replaceAll("\"timestamp\":\"[^\"]+\"", "\"timestamp\":\"*\"")
			.replaceAll("<div id='created'>[^<]*</div>", "<div id='created'>*</div>");
	}

	private static String unique(ConfigurableApplicationContext context, Class<?> type) {
		Object bean = context.getBeanProvider(type).getIfUnique();
		return (bean != null) ? bean.getClass().getName().replaceAll("\\$\\$.*|/0x.*", "") : "none";
	}

}

package dev.oriel.admin.autoconfigure;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.oriel.admin.stomp.StompClient;
import dev.oriel.admin.testing.PostgresDatabase;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.session.MapSessionRepository;
import org.springframework.session.config.annotation.web.http.EnableSpringHttpSession;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.filter.OncePerRequestFilter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a socket ends with the login that it was opened with.
 */
class SocketLoginIntegrationTests {

	private static final Pattern TOKEN = Pattern.compile("\"header\":\"([^\"]+)\".*?\"token\":\"([^\"]+)\"");

	private static final int SIGNED_OUT = 1008;

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create();

	@ParameterizedTest
	@ValueSource(classes = { Host.class, SpringSessionHost.class })
	void signingOutClosesTheSocket(Class<?> configuration) {
		try (HostApplication host = HostApplication.start(database, configuration)) {
			String one = cookie(host);
			String other = cookie(host);
			StompClient client = connect(host, one);
			StompClient elsewhere = connect(host, other);
			assertThat(host.send("GET", "/session/logout", "Cookie", one).statusCode()).isEqualTo(200);
			await().until(() -> client.closed() == SIGNED_OUT);
			// Who signs out in one browser is still there in another.
			assertThat(answer(host, other)).isEqualTo(200);
			assertThat(elsewhere.closed()).isZero();
		}
	}

	@ParameterizedTest
	@ValueSource(classes = { Host.class, SpringSessionHost.class })
	void expiryOfTheSessionClosesTheSocket(Class<?> configuration) {
		try (HostApplication host = HostApplication.start(database, configuration)) {
			String cookie = cookie(host);
			StompClient client = connect(host, cookie);
			// A second without a request; frames are none.
			host.send("GET", "/session/short", "Cookie", cookie);
			await().until(() -> client.closed() == SIGNED_OUT);
		}
	}

	@ParameterizedTest
	@ValueSource(classes = { Host.class, SpringSessionHost.class })
	void authorityThatASessionLosesClosesTheSocket(Class<?> configuration) {
		try (HostApplication host = HostApplication.start(database, configuration)) {
			String cookie = cookie(host);
			StompClient client = connect(host, cookie);
			host.send("GET", "/session/demote", "Cookie", cookie);
			await().until(() -> client.closed() == SIGNED_OUT);
			assertThat(client.reason()).isEqualTo("Signed out");
			assertThat(answer(host, cookie)).isEqualTo(403);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "gone", "demoted", "disabled", "locked", "password" })
	void userWhoIsNoLongerAsBeforeIsClosed(String change) {
		try (HostApplication host = HostApplication.start(database, Host.class)) {
			StompClient client = connectWith(host, HostApplication.basic("admin"));
			StompClient unchanged = connectWith(host, HostApplication.basic("support"));
			Users users = host.context().getBean(Users.class);
			int before = users.looks.get();
			// Two looks at each of the two.
			await().until(() -> users.looks.get() >= before + 4);
			assertThat(client.closed()).isZero();
			users.change(change);
			await().until(() -> client.closed() == SIGNED_OUT);
			assertThat(unchanged.closed()).isZero();
		}
	}

	@Test
	void expiryOfATokenClosesTheSocket() {
		try (HostApplication host = HostApplication.start(database, Host.class)) {
			StompClient lasting = connectWith(host, "Bearer 600");
			StompClient brief = connectWith(host, "Bearer 2");
			await().until(() -> brief.closed() == SIGNED_OUT);
			assertThat(lasting.closed()).isZero();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "Bearer foreign", "Bearer odd" })
	void userWhomTheApplicationKnowsFromElsewhereIsNotLookedUp(String authorization) {
		try (HostApplication host = HostApplication.start(database, Host.class)) {
			Users users = host.context().getBean(Users.class);
			StompClient foreign = connectWith(host, authorization);
			StompClient known = connectWith(host, HostApplication.basic("support"));
			int before = users.looks.get();
			await().until(() -> users.looks.get() >= before + 2);
			assertThat(foreign.closed()).isZero();
			assertThat(known.closed()).isZero();
		}
	}

	private static String cookie(HostApplication host) {
		HttpResponse<String> answer = host.send("GET", "/session/login", "Authorization",
				HostApplication.basic("admin"));
		assertThat(answer.statusCode()).isEqualTo(200);
		String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
		return cookie.substring(0, cookie.indexOf(';'));
	}

	private static int answer(HostApplication host, String cookie) {
		return host.send("GET", "/admin/api/session", "Cookie", cookie).statusCode();
	}

	private static StompClient connect(HostApplication host, String cookie) {
		Matcher token = TOKEN.matcher(host.send("GET", "/admin/api/session", "Cookie", cookie).body());
		assertThat(token.find()).isTrue();
		return connected(StompClient.open(host.port(), "Cookie", cookie)
			.send("CONNECT\naccept-version:1.2\n" + token.group(1) + ":" + token.group(2) + "\n\n"));
	}

	private static StompClient connectWith(HostApplication host, String authorization) {
		return connected(StompClient.open(host.port(), "Authorization", authorization).connect());
	}

	/**
	 * Much longer than it takes, for a machine that is busy.
	 */
	private static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofSeconds(40));
	}

	private static StompClient connected(StompClient client) {
		await().until(() -> client.isTold("CONNECTED"));
		return client;
	}

	/**
	 * Passwords, tokens that say for how many seconds they are good, and sessions.
	 */
	@Configuration(proxyBeanMethods = false)
	@Import(Sessions.class)
	static class Host {

		@Bean
		Users users() {
			return new Users();
		}

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			return http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated())
				.httpBasic(Customizer.withDefaults())
				.addFilterBefore(new Tokens(), BasicAuthenticationFilter.class)
				.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableSpringHttpSession
	@Import(Host.class)
	static class SpringSessionHost {

		@Bean
		MapSessionRepository sessions() {
			return new MapSessionRepository(new ConcurrentHashMap<>());
		}

	}

	/**
	 * Does to sessions what applications do to them.
	 */
	@RestController
	static class Sessions {

		@GetMapping("/session/{what}")
		String change(@PathVariable String what, HttpServletRequest request) {
			HttpSession session = request.getSession();
			Consumer<SecurityContext> keep = (context) -> session.setAttribute(SessionContexts.ATTRIBUTE, context);
			switch (what) {
				case "login" -> keep.accept(SecurityContextHolder.getContext());
				case "logout" -> session.invalidate();
				case "short" -> session.setMaxInactiveInterval(1);
				default -> keep.accept(new SecurityContextImpl(UsernamePasswordAuthenticationToken
					.authenticated("admin", null, AuthorityUtils.createAuthorityList("ROLE_USER"))));
			}
			return what;
		}

	}

	/**
	 * Two people, of whom one changes.
	 */
	static final class Users implements UserDetailsService {

		final AtomicInteger looks = new AtomicInteger();

		private volatile String change = "";

		void change(String change) {
			this.change = change;
		}

		@Override
		public User loadUserByUsername(String username) {
			this.looks.incrementAndGet();
			if (username.equals("odd")) {
				throw new IllegalArgumentException("not a name of ours");
			}
			boolean changed = username.equals("admin");
			if (!List.of("admin", "support").contains(username) || (changed && this.change.equals("gone"))) {
				throw new UsernameNotFoundException(username);
			}
			String password = "{noop}" + ((changed && this.change.equals("password")) ? "other" : username);
			return (User) User.withUsername(username)
				.password(password)
				.authorities((changed && this.change.equals("demoted")) ? "ROLE_USER" : "ROLE_ADMIN")
				.disabled(changed && this.change.equals("disabled"))
				.accountLocked(changed && this.change.equals("locked"))
				.build();
		}

	}

	/**
	 * Takes the place of a resource server.
	 */
	static final class Tokens extends OncePerRequestFilter {

		@Override
		protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
				throws ServletException, IOException {
			String header = request.getHeader("Authorization");
			if (header != null && header.startsWith("Bearer ")) {
				SecurityContextHolder.getContext().setAuthentication(authentication(header.substring(7)));
			}
			chain.doFilter(request, response);
		}

		private static UsernamePasswordAuthenticationToken authentication(String token) {
			Instant now = Instant.now();
			if (token.equals("foreign") || token.equals("odd")) {
				User user = new User(token, "", AuthorityUtils.createAuthorityList("ROLE_ADMIN"));
				return UsernamePasswordAuthenticationToken.authenticated(user, "x", user.getAuthorities());
			}
			return UsernamePasswordAuthenticationToken
				.authenticated("program",
						new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER, token, now,
								now.plusSeconds(Long.parseLong(token))),
						AuthorityUtils.createAuthorityList("ROLE_ADMIN"));
		}

	}

}

package dev.oriel.admin.autoconfigure;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/**
 * How applications may be secured: well, badly, or somewhere else.
 */
public final class HostSecurity {

	private HostSecurity() {
	}

	/**
	 * Three people, of whom two may use the admin.
	 */
	@Configuration(proxyBeanMethods = false)
	public static class Users {

		@Bean
		UserDetailsService users() {
			// Only to look up, else passwords would be encoded anew, which takes its
			// time.
			return new InMemoryUserDetailsManager(user("admin", "ROLE_ADMIN"), user("support", "ORIEL_ADMIN"),
					user("viewer", "ROLE_USER"))::loadUserByUsername;
		}

		private static UserDetails user(String name, String authority) {
			return User.withUsername(name).password("{noop}" + name).authorities(authority).build();
		}

	}

	/**
	 * A login page and HTTP Basic, with CSRF tokens everywhere but in the admin.
	 */
	@Configuration(proxyBeanMethods = false)
	@Import(Users.class)
	public static class Own {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			return http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated())
				.formLogin(Customizer.withDefaults())
				.httpBasic(Customizer.withDefaults())
				.csrf((csrf) -> csrf.ignoringRequestMatchers(OrielRequest.toOriel()))
				.build();
		}

	}

	/**
	 * Everybody may do everything, and nothing is checked.
	 */
	@Configuration(proxyBeanMethods = false)
	@Import(Users.class)
	public static class PermitAll {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			return http.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll())
				.formLogin(Customizer.withDefaults())
				.httpBasic(Customizer.withDefaults())
				.build();
		}

		@Bean
		Customizer<HttpSecurity> careless() {
			return (http) -> http.csrf((csrf) -> csrf.disable()).headers((headers) -> headers.disable());
		}

	}

	/**
	 * The only chain does not cover the admin.
	 */
	@Configuration(proxyBeanMethods = false)
	@Import(Users.class)
	public static class Elsewhere {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			return http.securityMatcher("/private/**")
				.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated())
				.httpBasic(Customizer.withDefaults())
				.build();
		}

	}

}

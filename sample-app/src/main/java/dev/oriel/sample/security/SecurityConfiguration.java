package dev.oriel.sample.security;

import java.util.Map;

import dev.oriel.admin.autoconfigure.OrielRequest;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.web.SecurityFilterChain;

/**
 * The application's own rules. Oriel asks for an authority by itself, here its pages only
 * need somebody who has signed in.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class SecurityConfiguration {

	@Bean
	SecurityFilterChain securityFilterChain(HttpSecurity http) {
		return http
			.authorizeHttpRequests((requests) -> requests.requestMatchers("/", "/index.html", "/style.css", "/error")
				.permitAll()
				.requestMatchers(EndpointRequest.to(HealthEndpoint.class))
				.permitAll()
				.anyRequest()
				.authenticated())
			.formLogin(Customizer.withDefaults())
			.httpBasic(Customizer.withDefaults())
			// Oriel checks the token itself, so that programs with a password need none.
			// Nor do
			// they to send JSON, which no form of another site can.
			.csrf((csrf) -> csrf.ignoringRequestMatchers(OrielRequest.toOriel(), SecurityConfiguration::isJson))
			.build();
	}

	private static boolean isJson(HttpServletRequest request) {
		String type = request.getContentType();
		return type != null && type.startsWith(MediaType.APPLICATION_JSON_VALUE);
	}

	/**
	 * People to try the application with; a real one knows its users from elsewhere. The
	 * service takes no new passwords, or Spring Security would replace these by strong
	 * hashes, and each request of a program that signs in by Basic would pay for one.
	 */
	@Bean
	UserDetailsService users() {
		Map<String, String> authorities = Map.of("admin", "ROLE_ADMIN", "support", "ORIEL_ADMIN", "viewer",
				"ROLE_USER");
		return (name) -> {
			String authority = authorities.get(name);
			if (authority == null) {
				throw new UsernameNotFoundException(name);
			}
			return User.withUsername(name).password("{noop}" + name).authorities(authority).build();
		};
	}

}

package dev.oriel.admin.benchmark;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.web.SecurityFilterChain;

/**
 * The one filter chain that everything that is measured stands behind.
 */
@Configuration(proxyBeanMethods = false)
class BenchmarkSecurity {

	@Bean
	SecurityFilterChain chain(HttpSecurity http) {
		return http.csrf((csrf) -> csrf.disable())
			.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated())
			.sessionManagement((sessions) -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
			.httpBasic(Customizer.withDefaults())
			.build();
	}

	/**
	 * Not one that takes a new password, or every request would pay for a strong hash.
	 */
	@Bean
	UserDetailsService users() {
		return (name) -> User.withUsername(name).password("{noop}admin").authorities("ROLE_ADMIN").build();
	}

}

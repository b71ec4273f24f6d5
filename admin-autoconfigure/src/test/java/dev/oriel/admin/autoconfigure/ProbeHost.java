package dev.oriel.admin.autoconfigure;

import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * An application with a bit of everything, to see whether Oriel changes any of it.
 */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
@Import({ ProbeHost.Greetings.class, ProbeHost.Advice.class })
class ProbeHost {

	@Bean
	RouterFunction<ServerResponse> functional() {
		return RouterFunctions.route().GET("/functional", (request) -> ServerResponse.ok().body("functional")).build();
	}

	@Scheduled(fixedDelay = 60_000)
	void tick() {
		// That it is scheduled is enough.
	}

	@RestController
	static class Greetings {

		@GetMapping("/hello")
		Map<String, Object> hello(HttpServletRequest request) {
			return Map.of("greeting", "hello");
		}

		@PostMapping(path = "/hello", consumes = MediaType.APPLICATION_JSON_VALUE)
		Map<String, Object> greet(@RequestBody Map<String, Object> body) {
			return Map.of("size", body.size());
		}

		@GetMapping(path = "/number", produces = MediaType.APPLICATION_JSON_VALUE)
		int number(@RequestParam int n) {
			return n;
		}

		@GetMapping("/broken")
		String broken() {
			throw new IllegalStateException("broken");
		}

		@GetMapping("/refused")
		String refused() {
			throw new IllegalArgumentException("refused");
		}

		@GetMapping({ "/administrator", "/admins/{name}" })
		String neighbour() {
			return "neighbour";
		}

	}

	@RestControllerAdvice
	static class Advice {

		@ExceptionHandler(IllegalArgumentException.class)
		String refuse(IllegalArgumentException ex) {
			return "advice: " + ex.getMessage();
		}

	}

}

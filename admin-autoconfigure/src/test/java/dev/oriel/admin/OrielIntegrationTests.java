package dev.oriel.admin;

import java.math.BigDecimal;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.oriel.admin.access.Caller;
import dev.oriel.admin.data.Problem;
import org.junit.jupiter.api.Test;

import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Oriel}: whom it admits to what, functions and live rows.
 */
class OrielIntegrationTests extends OrielFixture {

	@Test
	void callsFunctions() {
		assertThat(this.system.call("sales.open_orders", Map.of("customer", 1)).list(Id.class))
			.containsExactly(new Id(1));
		assertThat(this.system.call("sales.open_orders", Map.of("customer", 1), "select=status").json())
			.isEqualTo("[{\"status\":\"open\"}]");
		BigDecimal n = new BigDecimal("0.000000000000000000000000000000000001");
		assertThat(this.system.call("twice", Map.of("n", n)).one(BigDecimal.class))
			.isEqualTo(n.multiply(BigDecimal.valueOf(2)));
		assertThat(this.system.call("twice", Map.of("n", 4)).json()).isEqualTo("8");
		assertThat(problem(() -> this.system.call("thrice", Map.of())).code()).isEqualTo("PGRST202");
	}

	@Test
	void showsRowsWhileTheyChange() throws InterruptedException {
		BlockingQueue<List<Part>> seen = new LinkedBlockingQueue<>();
		LiveRows live = this.system.table("part")
			.where("a", "gt", 0)
			.orderBy("a")
			.live((rows) -> seen.add(rows.list(Part.class)));
		assertThat(seen.poll(2, TimeUnit.MINUTES)).isEmpty();
		this.system.table("part").insert(new Part(1, "a", "{\"x\": [1.50]}"));
		assertThat(seen.poll(2, TimeUnit.MINUTES)).containsExactly(new Part(1, "a", "{\"x\": [1.50]}"));
		live.close();
		BlockingQueue<Problem> failed = new LinkedBlockingQueue<>();
		this.system.table("nowhere").live(new RowsListener() {

			@Override
			public void changed(OrielRows rows) {
				throw new IllegalStateException("There are none");
			}

			@Override
			public void failed(Problem problem) {
				failed.add(problem);
			}

		});
		assertThat(failed.poll(2, TimeUnit.MINUTES)).extracting(Problem::code).isEqualTo("PGRST205");
	}

	@Test
	void usersAreAdmittedAsByHttp() {
		OrielClient admin = this.oriel.as(authentication("mary", "ROLE_ADMIN", "X"));
		assertThat(admin.caller()).isEqualTo(new Caller("mary", Set.of("ROLE_ADMIN", "X")));
		assertThat(problem(() -> this.oriel.as(authentication("joe", "ROLE_USER"))).status()).isEqualTo(403);
		assertThat(problem(() -> this.oriel.as((Principal) null)).status()).isEqualTo(401);
		assertThat(problem(() -> this.oriel.as(() -> "joe")).status()).isEqualTo(401);
		assertThat(problem(() -> this.oriel
			.as(new AnonymousAuthenticationToken("k", "anonymous", AuthorityUtils.createAuthorityList("ROLE_ADMIN"))))
			.status()).isEqualTo(401);
		TestingAuthenticationToken unverified = authentication("joe", "ROLE_ADMIN");
		unverified.setAuthenticated(false);
		assertThat(problem(() -> this.oriel.as(unverified)).status()).isEqualTo(401);
	}

	@Test
	void accessPolicyDecidesForEveryCaller() {
		OrielClient clerk = this.oriel.as(new Caller("clerk", Set.of()));
		assertThat(clerk.table("sales.orders").select("id").list()).containsExactly(Map.of("id", 1L), Map.of("id", 3L));
		assertThat(problem(() -> clerk.table("sales.orders").where("total", "gt", 1).list()).code()).isEqualTo("42703");
		assertThat(problem(() -> clerk.table("sales.orders").where("id", "eq", 1).delete()).status()).isEqualTo(403);
		assertThat(problem(() -> clerk.table("part").list()).status()).isEqualTo(404);
		assertThat(problem(() -> clerk.table("part").get(1, "a")).status()).isEqualTo(404);
		List<String> streamed = new ArrayList<>();
		clerk.table("sales.orders").streamJson(streamed::add);
		assertThat(streamed).hasSize(2).noneMatch((row) -> row.contains("total"));
		assertThat(this.system.table("sales.orders").count()).isEqualTo(3);
	}

	private static TestingAuthenticationToken authentication(String name, String... authorities) {
		return new TestingAuthenticationToken(name, "secret", authorities);
	}

}

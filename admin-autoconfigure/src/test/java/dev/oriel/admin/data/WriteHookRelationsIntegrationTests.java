package dev.oriel.admin.data;

import dev.oriel.admin.access.Operation;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for hooks around writes: rows without a key, in views and in partitions.
 */
class WriteHookRelationsIntegrationTests extends WriteHooksFixture {

	@Test
	void rowsWithoutAKeyAreToldApart() {
		Rig rig = this.rig;
		this.hook.before = (write) -> {
			for (int i = 0; i < write.rows().size(); i++) {
				if (write.operation() == Operation.UPDATE) {
					write.rows().get(i).set("b", "row " + i);
				}
			}
		};
		assertThat(rig.update("keyless", "a=eq.1", "{\"a\":5}"))
			.isEqualTo("[{\"a\":5,\"b\":\"row 0\"},{\"a\":5,\"b\":\"row 1\"}]");
		assertThat(rig.delete("keyless", "b=eq.row 0", WriteOptions.DEFAULTS)).isEqualTo("[{\"a\":5,\"b\":\"row 0\"}]");
	}

	@Test
	void viewsHaveHooksToo() {
		Rig rig = this.rig;
		assertThat(rig.update("customer_view", "id=eq.1", "{\"status\":\"x\"}")).contains("\"status\":\"x\"");
		assertThat(rig.update("keyless_view", "a=eq.2", "{\"b\":\"z\"}")).isEqualTo("[{\"a\":2,\"b\":\"z\"}]");
		assertThat(rig.delete("keyless_view", "a=eq.2", WriteOptions.DEFAULTS)).isEqualTo("[{\"a\":2,\"b\":\"z\"}]");
		assertThat(rig.update("summary", "status=eq.new", "{\"status\":\"old\"}"))
			.isEqualTo("[{\"status\":\"old\",\"customers\":2}]");
		assertThat(this.hook.afters).hasSize(4);
		this.hook.before = (write) -> database.execute("UPDATE customer SET status = 'raced' WHERE id = 2");
		Problem problem = Rig.problem(() -> rig.update("customer_view", "id=eq.2", "{\"name\":\"x\"}"));
		assertThat(problem.status()).isEqualTo(409);
	}

	@Test
	void partsOfATableAreFoundInTheirPlaces() {
		Rig rig = this.rig;
		assertThat(rig.update("measured", "id=eq.1", "{\"v\":\"x\"}"))
			.isEqualTo("[{\"id\":1,\"at\":\"2010-01-01\",\"v\":\"x\"},{\"id\":1,\"at\":\"2030-01-01\",\"v\":\"x\"}]");
		assertThat(rig.update("measured", "at=eq.2010-01-01", "{\"at\":\"2031-01-01\"}")).contains("2031");
		assertThat(this.hook.images()).contains("2010-01-01", "2031-01-01");
	}

	@Test
	void namesOfColumnsDoNotClash() {
		Rig rig = this.rig;
		this.hook.before = (write) -> write.rows().forEach((row) -> row.set("a \"b\" c", "set"));
		rig.insert("odd", "{\"id\":1,\"k\":\"k\",\"e\":\"e\",\"n\":1,\"s\":\"s\",\"v\":\"v\"}");
		assertThat(rig.update("odd", "id=eq.1", "{\"id\":2,\"k\":\"K\",\"e\":\"E\",\"n\":2,\"s\":\"S\",\"v\":\"V\"}"))
			.isEqualTo(
					"[{\"id\":2,\"k\":\"K\",\"e\":\"E\",\"n\":2,\"s\":\"S\",\"v\":\"V\",\"a \\\"b\\\" c\":\"set\"}]");
		assertThat(
				rig.update("odd", "", "[{\"id\":2,\"n\":3},{\"id\":2.0,\"n\":4}]".replace(",{\"id\":2.0,\"n\":4}", "")))
			.contains("\"n\":3");
	}

}

package dev.oriel.admin.transfer;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.oriel.admin.extension.VetoException;
import dev.oriel.admin.testing.RecordingHook;
import dev.oriel.admin.transfer.ImportRig.Outcome;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for imports into relations with hooks: which rows stay out.
 */
class HookedImportRejectionsIntegrationTests extends HookedImportFixture {

	@Test
	void onlyTheRowsThatAHookRejectsStayOut() {
		this.hook.before = (write) -> write.rows()
			.stream()
			.filter((row) -> "bad".equals(row.values().text("name")))
			.forEach((row) -> {
				row.reject("name", "No such name");
				row.reject("Nor such a row");
			});
		String file = "id,name,place_id\n1,a,1\n2,bad,1\n3,c,99\n4,d,2\n5,bad,2\n";
		Outcome outcome = this.rig.csv("item", "on-rejected=skip", file);
		assertThat(outcome.counts()).isEqualTo("5 2 0 0 3");
		assertThat(items()).isEqualTo("1|a|1|none; 4|d|2|none");
		assertThat(outcome.rejected().lines()).contains("2,bad,1,3,name: No such name; Nor such a row",
				"5,bad,2,6,name: No such name; Nor such a row");
		assertThat(outcome.rejected()).contains("3,c,99,4,\"place_id: ");
		List<?> shown = (List<?>) outcome.job().details().get("problems");
		assertThat(shown).extracting("problem").extracting("code").contains("ORIEL422", "23503");
		assertThat(RecordingHook.images(this.hook.commits)).hasSize(2);
	}

	@Test
	void vetoOfAllRowsIsThatOfTheRowsItComesFrom() {
		this.hook.before = (write) -> write.rows()
			.stream()
			.filter((row) -> row.values().number("id").intValue() % 400 == 0)
			.findAny()
			.ifPresent((row) -> {
				throw new VetoException("id", "No hundreds");
			});
		this.hook.after = (write) -> write.rows().forEach((row) -> {
			if (row.after() != null && row.after().number("id").intValue() == 77) {
				throw new VetoException("Not 77");
			}
		});
		String file = "id,name\n"
				+ IntStream.rangeClosed(1, 1_200).mapToObj((i) -> i + ",n" + i + "\n").collect(Collectors.joining());
		Outcome outcome = this.rig.csv("item", "on-rejected=skip", file);
		assertThat(outcome.counts()).isEqualTo("1200 1196 0 0 4");
		assertThat(outcome.rejected().lines()).contains("400,n400,401,id: No hundreds", "77,n77,78,Not 77");
		assertThat(RecordingHook.images(this.hook.commits)).hasSize(1_196);
	}

	@Test
	void rejectedRowKeepsAllOut() {
		this.hook.before = (write) -> write.rows().get(0).reject("Never the first");
		Outcome outcome = this.rig.csv("item", "", "id,name\n1,a\n2,b\n");
		assertThat(outcome.state()).isEqualTo("rejected");
		assertThat(items()).isEmpty();
		assertThat(RecordingHook.images(this.hook.commits)).isEmpty();
	}

	@Test
	void whatIsBadByItsTypeIsNotShownToHooks() {
		Outcome outcome = this.rig.csv("item", "on-rejected=skip", "id,name\n1,a\nx,b\n");
		assertThat(outcome.counts()).isEqualTo("2 1 0 0 1");
		assertThat(this.hook.calls).startsWith("before INSERT 1");
	}

	@Test
	void triggersAndExclusionsRefuseSingleRows() {
		String file = "id,during,code\n" + IntStream.range(0, 450)
			.mapToObj((i) -> "%d,\"%s\",%s%n".formatted(i,
					(i % 100 == 7) ? "[0,5)" : "[%d,%d)".formatted(10 * i, 10 * i + 10),
					(i % 150 == 149) ? "bad" : "ok"))
			.collect(Collectors.joining());
		Outcome outcome = this.rig.csv("guarded", "on-rejected=skip", file);
		assertThat(outcome.counts()).isEqualTo("450 442 0 0 8");
		assertThat(outcome.rejected()).contains("The code bad is not for us");
		assertThat(RecordingHook.images(this.hook.afters)).anyMatch((image) -> image.contains("\"code\":\"OK\""));
	}

}

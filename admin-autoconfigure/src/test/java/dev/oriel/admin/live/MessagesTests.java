package dev.oriel.admin.live;

import java.util.List;

import dev.oriel.admin.change.ChangeEvent;
import dev.oriel.admin.change.ChangeEvent.Operation;
import dev.oriel.admin.data.Count;
import dev.oriel.admin.data.Problem;
import dev.oriel.admin.data.Row;
import dev.oriel.admin.schema.RelationName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Messages}.
 */
class MessagesTests {

	@Test
	void snapshotHoldsRowsAsTheyAre() {
		LiveMessage message = Messages.snapshot(7, List.of(row("{\"id\": 1.50}"), row("{\"id\":2}")), null, null);
		assertThat(message.json())
			.isEqualTo("{\"type\":\"snapshot\",\"version\":7,\"rows\":[{\"id\": 1.50},{\"id\":2}]}");
	}

	@Test
	void snapshotHoldsTheCountOnceItIsKnown() {
		assertThat(Messages.snapshot(7, List.of(), new Count(123, true), null).json())
			.isEqualTo("{\"type\":\"snapshot\",\"version\":7,\"rows\":[],\"count\":{\"value\":123,\"exact\":true}}");
	}

	@Test
	void deltaHoldsEveryKindOfChange() {
		List<Change> changes = List.of(new Change.Delete(4, List.of("8")), new Change.Insert(0, List.of("42"), "{}"),
				new Change.Move(5, 2, List.of("9", "\"")), new Change.Update(3, List.of("17"), "{}"));
		assertThat(Messages.delta(7, 8, changes, null, null).json())
			.isEqualTo("{\"type\":\"delta\",\"from\":7,\"to\":8,"
					+ "\"changes\":[{\"op\":\"delete\",\"at\":4,\"key\":[\"8\"]},"
					+ "{\"op\":\"insert\",\"at\":0,\"key\":[\"42\"],\"row\":{}},"
					+ "{\"op\":\"move\",\"from\":5,\"at\":2,\"key\":[\"9\",\"\\\"\"]},"
					+ "{\"op\":\"update\",\"at\":3,\"key\":[\"17\"],\"row\":{}}]}");
	}

	@Test
	void errorHoldsTheProblem() {
		assertThat(Messages.error(new Problem(404, "PGRST205", "No \"x\"\n", null, "y")).json())
			.isEqualTo("{\"type\":\"error\",\"problem\":{\"code\":\"PGRST205\",\"message\":\"No \\\"x\\\"\\n\","
					+ "\"details\":null,\"hint\":\"y\"}}");
	}

	@Test
	void errorHoldsWhatAnEmbedMayMean() {
		Problem problem = new Problem(300, "PGRST201", "m", null, "h", null,
				List.of(new Problem.Candidate("many-to-one", "a with b", "k"),
						new Problem.Candidate("many-to-many", "a with b", "j")));
		assertThat(Messages.error(problem).json()).isEqualTo("{\"type\":\"error\",\"problem\":{\"code\":\"PGRST201\","
				+ "\"message\":\"m\",\"details\":[{\"cardinality\":\"many-to-one\",\"embedding\":\"a with b\","
				+ "\"relationship\":\"k\"},{\"cardinality\":\"many-to-many\",\"embedding\":\"a with b\","
				+ "\"relationship\":\"j\"}],\"hint\":\"h\"}}");
	}

	@Test
	void eventForSomebodyWhoMayNotSeeAllRowsHoldsNoKeys() {
		ChangeEvent event = new ChangeEvent(new RelationName("public", "t"), Operation.DELETE, List.of(List.of("7")),
				false, "99");
		assertThat(Messages.event(event, true).json())
			.isEqualTo("{\"op\":\"delete\",\"keys\":[[\"7\"]],\"bulk\":false,\"tx\":\"99\"}");
		assertThat(Messages.event(event, false).json())
			.isEqualTo("{\"op\":\"delete\",\"keys\":[],\"bulk\":true,\"tx\":\"99\"}");
	}

	private static Row row(String json) {
		return new Row(json, List.of(), null);
	}

}

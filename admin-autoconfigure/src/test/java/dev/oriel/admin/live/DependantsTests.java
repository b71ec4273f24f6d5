package dev.oriel.admin.live;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import com.sun.management.ThreadMXBean;
import dev.oriel.admin.access.Caller;
import dev.oriel.admin.access.Operation;
import dev.oriel.admin.access.RelationAccess;
import dev.oriel.admin.data.CountMode;
import dev.oriel.admin.data.Footprint;
import dev.oriel.admin.data.Row;
import dev.oriel.admin.data.RowTest;
import dev.oriel.admin.query.Filter;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.SchemaSnapshot;
import dev.oriel.admin.testing.GivenChanges;
import dev.oriel.admin.testing.GivenRows;
import dev.oriel.admin.testing.GivenSchema;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Dependants}.
 */
class DependantsTests {

	private static final RelationName NAME = new RelationName("public", "t");

	private static final Caller ALICE = new Caller("alice", Set.of());

	private final LiveEngine engine = new LiveEngine(
			new GivenSchema(new SchemaSnapshot("1", "test", List.of(), List.of())),
			(caller, relation) -> new RelationAccess(Set.of(Operation.SELECT), Set.of(), Set.of(), Set.of(),
					Filter.NONE),
			new GivenRows() {

				@Override
				protected List<Row> rows(Caller caller, RelationName relation) {
					return List.of();
				}

			}, new GivenChanges());

	private final Dependants dependants = new Dependants();

	@Test
	void windowIsFoundByTheRowsThatItShowsNow() {
		List<Window> windows = windows(40);
		windows.forEach((window) -> place(window, 1, 2, 3));
		assertThat(showing(2)).hasSize(40);
		windows.subList(1, 40).forEach((window) -> place(window, 3, 4, 4));
		assertThat(showing(1)).containsExactly(windows.get(0));
		assertThat(showing(3)).hasSize(40);
		assertThat(showing(4)).hasSize(39).doesNotContain(windows.get(0));
		windows.subList(2, 40).forEach(this.dependants::remove);
		assertThat(showing(3)).containsExactlyInAnyOrder(windows.get(0), windows.get(1));
		assertThat(showing(4)).containsExactly(windows.get(1));
		this.dependants.place(windows.get(1), Interest.WHOLE);
		assertThat(showing(4)).isEmpty();
		assertThat(this.dependants.remove(windows.get(1))).isFalse();
		assertThat(this.dependants.remove(windows.get(0))).isTrue();
		assertThat(showing(3)).isEmpty();
	}

	@Test
	void windowThatWasRemovedTakesNoPlace() {
		Window window = windows(1).get(0);
		this.dependants.remove(window);
		place(window, 1);
		this.dependants.place(window, Interest.WHOLE);
		assertThat(showing(1)).isEmpty();
		assertThat(this.dependants.concernedBy(new ChangedRows())).isEmpty();
	}

	/**
	 * What is done for each window must not depend on how many show the same rows. Memory
	 * is measured because it is the same on any machine.
	 */
	@Test
	void windowsThatShowTheSameRowsCostNoMoreThanOthers() {
		List<Window> windows = windows(4_000);
		int[] same = IntStream.range(0, 50).toArray();
		long before = allocated();
		windows.forEach((window) -> place(window, same));
		windows.forEach((window) -> place(window, same));
		windows.forEach(this.dependants::remove);
		long each = (allocated() - before) / windows.size();
		// Arrays of all windows would be 800 kB each time.
		assertThat(each).isLessThan(200_000);
	}

	private static long allocated() {
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
	}

	private List<Window> windows(int count) {
		List<Window> windows = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			Window window = new Window(
					new WindowKey(NAME, Query.ALL, new WindowOptions(false, CountMode.NONE), Map.of()), ALICE,
					this.engine);
			this.dependants.add(window);
			windows.add(window);
		}
		return windows;
	}

	private void place(Window window, int... ids) {
		List<Row> rows = IntStream.of(ids).mapToObj((id) -> new Row("{}", List.of("" + id), null)).toList();
		Footprint footprint = new Footprint(new RowTest("test", List.of()), true, Map.of(), List.of(), Set.of(), false);
		this.dependants.place(window, new Interest.Rows(footprint, rows, List.of()));
	}

	private Set<Window> showing(int id) {
		return this.dependants.showing(List.of(List.of("" + id)));
	}

}

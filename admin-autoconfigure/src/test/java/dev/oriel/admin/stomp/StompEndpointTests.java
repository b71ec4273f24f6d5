package dev.oriel.admin.stomp;

import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import dev.oriel.admin.data.Row;
import dev.oriel.admin.schema.SchemaSnapshot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link StompEndpoint} with a real server and a real client.
 */
class StompEndpointTests {

	private static final String ROWS = "/topic/rows/item?order=id";

	private StompServer server;

	@BeforeEach
	void start() throws Exception {
		this.server = new StompServer(StompServer.settings());
	}

	@AfterEach
	void stop() throws Exception {
		this.server.close();
	}

	@Test
	void subscriberIsToldRowsAndChanges() {
		StompClient client = open().connect().subscribe("7", ROWS, "receipt:r1");
		await().until(() -> client.isTold("snapshot"));
		assertThat(client.frames.get(0)).startsWith("CONNECTED\nversion:1.2\n");
		assertThat(client.isTold("RECEIPT\nreceipt-id:r1")).isTrue();
		assertThat(client.isTold("subscription:7\n")).isTrue();
		this.server.rows = List.of(StompServer.row(1, ""), StompServer.row(2, "new"));
		this.server.change();
		await().until(() -> client.isTold("\"op\":\"insert\",\"at\":1,\"key\":[\"2\"]"));
	}

	@Test
	void rowsThatTheClientHasAlreadyAreNotSentAgain() {
		StompClient other = open().connect().subscribe("1", ROWS, "count:none");
		StompClient client = open().connect().subscribe("1", ROWS, "count:none");
		await().until(() -> other.isTold("snapshot") && client.isTold("snapshot"));
		String epoch = epoch(client);
		String version = version(client);
		client.close();
		StompClient again = open().connect().subscribe("1", ROWS, "count:none", "epoch:" + epoch, "version:" + version);
		String confirmation = "{\"type\":\"delta\",\"from\":" + version + ",\"to\":" + version + ",\"changes\":[]}";
		await().until(() -> again.isTold(confirmation));
		this.server.rows = List.of(StompServer.row(1, ""), StompServer.row(2, "new"));
		this.server.change();
		await().until(() -> again.isTold("{\"type\":\"delta\",\"from\":" + version + ",") && again.isTold("insert"));
		assertThat(again.isTold("snapshot")).isFalse();
	}

	@Test
	void versionOfBeforeOrOfAnotherNodeIsGivenASnapshot() {
		StompClient client = open().connect().subscribe("1", ROWS, "count:none");
		await().until(() -> client.isTold("snapshot"));
		String epoch = epoch(client);
		String version = version(client);
		StompClient stranger = open().connect()
			.subscribe("1", ROWS, "count:none", "epoch:another", "version:" + version);
		await().until(() -> stranger.isTold("snapshot"));
		stranger.close();
		this.server.rows = List.of(StompServer.row(2, ""));
		this.server.change();
		await().until(() -> client.isTold("\"insert\""));
		StompClient late = open().connect().subscribe("1", ROWS, "count:none", "epoch:" + epoch, "version:" + version);
		await().until(() -> late.isTold("\"rows\":[{\"id\":2"));
		StompClient mistaken = StompClient.open(this.server.port(), "X-User", "bob")
			.connect()
			.subscribe("1", ROWS, "epoch:" + epoch, "version:old")
			.subscribe("2", ROWS, "epoch:" + epoch, "version:0");
		await().until(() -> mistaken.isTold("'old' is no version of rows") && mistaken.isTold("snapshot"));
	}

	@Test
	void unsubscribedTopicIsToldNothingMore() {
		StompClient client = open().connect().subscribe("7", ROWS, "count:none");
		await().until(() -> client.isTold("snapshot"));
		client.send("UNSUBSCRIBE\nid:7\nreceipt:r2\n\n");
		await().until(() -> client.isTold("r2"));
		this.server.rows = List.of();
		this.server.change();
		client.subscribe("8", ROWS, "count:none");
		await().until(() -> client.isTold("subscription:8"));
		assertThat(client.isTold("delta")).isFalse();
	}

	@Test
	void anonymousIsRefused() {
		assertThat(refusal("X-User", "nobody")).isEqualTo(401);
	}

	@Test
	void connectWithoutTokenIsRefused() {
		StompClient client = open().send("CONNECT\naccept-version:1.2\n\n");
		await().until(() -> client.closed == 1002);
		assertThat(client.isTold("ERROR")).isTrue();
		assertThat(client.isTold("CONNECTED")).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "SEND\ndestination:/topic/rows/item\n\n{}", "ACK\nid:1\n\n", "NACK\nid:1\n\n",
			"BEGIN\ntransaction:1\n\n", "COMMIT\ntransaction:1\n\n", "ABORT\ntransaction:1\n\n",
			"MESSAGE\nsubscription:1\nmessage-id:1\ndestination:/topic/rows/item\n\n{}",
			"CONNECT\naccept-version:1.2\nX-CSRF-TOKEN:good\n\n", "SUBSCRIBE\nid:1\ndestination:/topic/**\n\n",
			"SUBSCRIBE\nid:1\ndestination:/user/queue/x\n\n", "SUBSCRIBE\nid:1\ndestination:/queue/x\n\n",
			"SUBSCRIBE\nid:1\ndestination:/topic/rows/item\nselector:a=1\n\n",
			"SUBSCRIBE\nid:1\ndestination:/topic/rows/item\nack:client\n\n",
			"SUBSCRIBE\ndestination:/topic/rows/item\n\n", "SUBSCRIBE\nid:1\n\n", "nonsense\n\n" })
	void frameThatIsNotAllowedEndsTheConnection(String frame) {
		StompClient client = open().connect();
		await().until(() -> client.isTold("CONNECTED"));
		client.send(frame);
		await().until(() -> client.closed == 1002);
		assertThat(client.isTold("ERROR")).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "SUBSCRIBE\nid:1\ndestination:/topic/rows/item\n\n", "UNSUBSCRIBE\nid:1\n\n",
			"DISCONNECT\n\n", "CONNECT\naccept-version:1.0\nX-CSRF-TOKEN:good\n\n" })
	void nothingIsAcceptedBeforeAConnect(String frame) {
		StompClient client = open().send(frame);
		await().until(() -> client.closed == 1002);
		assertThat(client.isTold("snapshot")).isFalse();
	}

	@Test
	void problemOfOneSubscriptionLeavesTheOthersAlone() {
		StompClient client = open().connect()
			.subscribe("1", "/topic/rows/unknown")
			.subscribe("2", "/topic/rows/item?id=nonsense.5")
			.subscribe("3", ROWS);
		await().until(() -> client.isTold("snapshot") && client.isTold("PGRST205") && client.isTold("PGRST100"));
		assertThat(client.closed).isZero();
	}

	@Test
	void wildcardsInARelationAreOnlyItsName() {
		StompClient client = open().connect().subscribe("1", "/topic/rows/**");
		await().until(() -> client.isTold("\"error\""));
		assertThat(client.isTold("snapshot")).isFalse();
	}

	@Test
	void subscriptionsOfAUserAreLimited() {
		StompClient one = open().connect().subscribe("1", ROWS).subscribe("2", ROWS, "receipt:r");
		await().until(() -> one.isTold("RECEIPT"));
		StompClient other = open().connect().subscribe("3", ROWS).subscribe("4", ROWS, "receipt:r");
		await().until(() -> other.isTold("ORIEL429") && other.isTold("RECEIPT") && other.isTold("subscription:3\n"));
		assertThat(other.closed).isZero();
		assertThat(other.frames).filteredOn((frame) -> frame.contains("subscription:4\n"))
			.singleElement()
			.asString()
			.contains("One user may have 3 at a time, over all sockets.");
		// Whoever lets go of one may have another, and a socket that is gone holds none.
		one.send("UNSUBSCRIBE\nid:1\n\n");
		one.close();
		await().until(() -> this.server.endpoint.socketCount() == 1);
		other.subscribe("4", ROWS);
		await().until(() -> other.frames.stream()
			.anyMatch((frame) -> frame.contains("subscription:4\n") && frame.contains("snapshot")));
		StompClient bob = StompClient.open(this.server.port(), "X-User", "bob").connect().subscribe("1", ROWS);
		await().until(() -> bob.isTold("snapshot"));
		assertThat(this.server.endpoint.socketsByUser()).isEqualTo(Map.of("alice", 1, "bob", 1));
	}

	@Test
	void framesOfAUserAreLimitedOverAllSockets() {
		List<StompClient> clients = List.of(open().connect(), open().connect(), open().connect());
		clients.forEach((client) -> await().until(() -> client.isTold("CONNECTED")));
		// Not too many for one socket, but for the three.
		clients.parallelStream().forEach((client) -> {
			try {
				for (int i = 0; i < 150; i++) {
					client.send("UNSUBSCRIBE\nid:" + i + "\n\n");
				}
			}
			catch (CompletionException ex) {
				// The server closes while we are sending.
			}
		});
		await().until(() -> clients.stream().anyMatch((client) -> client.closed != 0));
		await().until(() -> clients.stream().anyMatch((client) -> client.isTold("one user may send 20 a second")));
	}

	@Test
	void socketsOfAUserAreLimited() {
		List<StompClient> clients = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			clients.add(open().connect());
		}
		clients.forEach((client) -> await().until(() -> client.isTold("CONNECTED")));
		StompClient tooMany = open();
		await().until(() -> tooMany.closed == 1013);
		assertThat(tooMany.reason).isEqualTo("Too many sockets: one user may open 5");
		StompClient other = StompClient.open(this.server.port(), "X-User", "bob").connect();
		await().until(() -> other.isTold("CONNECTED"));
		clients.get(0).close();
		await().until(() -> {
			StompClient next = open().connect();
			return isConnected(next);
		});
	}

	private static boolean isConnected(StompClient client) {
		await().until(() -> client.closed != 0 || client.isTold("CONNECTED"));
		return client.isTold("CONNECTED");
	}

	@Test
	void floodOfFramesEndsTheConnection() {
		StompClient client = open().connect();
		try {
			for (int i = 0; i < 400; i++) {
				client.send("UNSUBSCRIBE\nid:" + i + "\n\n");
			}
		}
		catch (CompletionException ex) {
			// The server closes while we are sending.
		}
		await().until(() -> client.closed != 0);
	}

	@Test
	void frameInManyPartsCountsAsManyFrames() {
		StompClient client = open().connect();
		await().until(() -> client.isTold("CONNECTED"));
		client.sendInParts("SUBSCRIBE\nid:1\nx:" + "y".repeat(20_000));
		await().until(() -> client.closed() != 0);
	}

	@ParameterizedTest
	@ValueSource(strings = { "id", "receipt" })
	void nameThatWouldBeSentBackIsShort(String header) {
		StompClient client = open().connect();
		client.send("UNSUBSCRIBE\n" + header + ":" + "x".repeat(1_001) + "\n\n");
		await().until(() -> client.isTold("Header '" + header + "' may have 1000 characters at most"));
		await().until(() -> client.closed() != 0);
	}

	@Test
	void hugeFrameEndsTheConnection() {
		StompClient client = open().connect();
		client.subscribe("1", "/topic/rows/item?name=eq." + "x".repeat(70_000));
		await().until(() -> client.closed != 0);
	}

	@Test
	void longQueryIsAccepted() {
		StompClient client = open().connect();
		client.subscribe("1", "/topic/rows/item?name=eq." + "x".repeat(50_000));
		await().until(() -> client.isTold("snapshot"));
	}

	@Test
	void silentSocketIsClosed() {
		StompClient client = open();
		await().until(() -> client.closed == 1008);
	}

	@Test
	void clientWithoutHeartbeatIsClosed() {
		StompClient client = open().send("CONNECT\naccept-version:1.2\nheart-beat:1000,1000\nX-CSRF-TOKEN:good\n\n");
		await().until(() -> client.frames.contains("\n"));
		await().until(() -> client.closed == 4500);
	}

	@Test
	void signedOutUserIsClosedWithinFiveSeconds() {
		StompClient client = open().connect();
		await().until(() -> client.isTold("CONNECTED"));
		this.server.signedIn = (user) -> false;
		await().atMost(Duration.ofSeconds(5)).until(() -> client.closed == 1008);
	}

	@Test
	void stopTellsClientsWithinTwoSeconds() {
		StompClient client = open().connect();
		await().until(() -> client.isTold("CONNECTED"));
		long start = System.nanoTime();
		this.server.endpoint.stop();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
		await().until(() -> client.closed == 1001);
	}

	@Test
	void disconnectIsReceiptedAndClosed() {
		StompClient client = open().connect().send("DISCONNECT\nreceipt:bye\n\n");
		await().until(() -> client.closed == 1000);
		assertThat(client.isTold("receipt-id:bye")).isTrue();
	}

	@Test
	void versionOfTheSchemaIsToldAtOnce() {
		StompClient client = open().connect().subscribe("1", "/topic/schema");
		await().until(() -> client.isTold("{\"type\":\"schema\",\"version\":\"1\"}"));
	}

	@Test
	void changeOfTheSchemaIsTold() {
		StompClient client = open().connect().subscribe("1", "/topic/schema", "receipt:r");
		await().until(() -> client.isTold("RECEIPT"));
		this.server.schema.change(new SchemaSnapshot("18", "test", List.of(), List.of()));
		await().until(() -> client.isTold("{\"type\":\"schema\",\"version\":\"18\"}"));
	}

	@Test
	void plainChangesAreTold() {
		StompClient client = open().connect().subscribe("1", "/topic/changes/public.item", "receipt:r");
		await().until(() -> client.isTold("RECEIPT"));
		this.server.change();
		await().until(() -> client.isTold("{\"op\":\"any\",\"keys\":[],\"bulk\":true,\"tx\":null}"));
	}

	@Test
	void clientThatDoesNotReadHoldsUpNobody() {
		StompClient stalled = StompClient.open(this.server.port(), false, "X-User", "stalled").connect();
		stalled.subscribe("1", ROWS);
		StompClient healthy = open().connect().subscribe("1", ROWS);
		await().until(() -> healthy.isTold("snapshot"));
		String padding = "x".repeat(200_000);
		for (int i = 0; i < 40; i++) {
			int version = i;
			List<Row> rows = new ArrayList<>();
			for (int id = 0; id < 10; id++) {
				rows.add(StompServer.row(id, version + padding));
			}
			this.server.rows = rows;
			this.server.change();
			await().pollInterval(Duration.ofMillis(5)).until(() -> healthy.isTold("\"" + version + "x"));
			healthy.frames.clear();
		}
		// A client that takes nothing for two seconds is not kept.
		await().until(() -> this.server.endpoint.socketsByUser().equals(Map.of("alice", 1)));
	}

	@Test
	void clientsThatDoNotReadAreClosedWithoutHoldingUpOthers() throws Exception {
		// Whoever waited for one of them, to write or to close, would wait for longer
		// than
		// this test does.
		try (StompServer patient = new StompServer(new StompSettings(30, 20, 20, 64 * 1024, 20, Duration.ofSeconds(1),
				Duration.ofSeconds(2), Duration.ofMinutes(5)))) {
			for (int i = 0; i < 10; i++) {
				StompClient.open(patient.port(), false, "X-User", "stalled").connect().subscribe("1", ROWS);
			}
			StompClient healthy = StompClient.open(patient.port()).connect().subscribe("1", ROWS);
			await().until(() -> healthy.isTold("snapshot"));
			String padding = "x".repeat(200_000);
			for (int i = 0; i < 40; i++) {
				String text = i + padding;
				patient.rows = IntStream.range(0, 10).mapToObj((id) -> StompServer.row(id, text)).toList();
				patient.change();
				await().pollInterval(Duration.ofMillis(5)).until(() -> healthy.isTold("\"" + text));
				healthy.frames.clear();
			}
			patient.signedIn = (user) -> !user.equals("stalled");
			await().until(() -> patient.endpoint.socketCount() == 1);
			patient.rows = List.of(StompServer.row(1, "the end"));
			patient.change();
			await().until(() -> healthy.isTold("the end"));
		}
	}

	private static String epoch(StompClient client) {
		return part(client, "\nepoch:([^\n]+)\n");
	}

	private static String version(StompClient client) {
		return part(client, "\"version\":(\\d+)");
	}

	private static String part(StompClient client, String pattern) {
		return client.frames.stream()
			.flatMap((frame) -> Pattern.compile(pattern).matcher(frame).results())
			.map((match) -> match.group(1))
			.findFirst()
			.orElseThrow();
	}

	private StompClient open() {
		return StompClient.open(this.server.port());
	}

	private int refusal(String... headers) {
		int[] status = new int[1];
		assertThatExceptionOfType(CompletionException.class)
			.isThrownBy(() -> StompClient.open(this.server.port(), headers))
			.satisfies((ex) -> status[0] = ((WebSocketHandshakeException) ex.getCause()).getResponse().statusCode());
		return status[0];
	}

}

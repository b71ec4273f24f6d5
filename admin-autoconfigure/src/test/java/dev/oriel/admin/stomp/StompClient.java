package dev.oriel.admin.stomp;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * A client that writes its frames by hand.
 */
public final class StompClient implements WebSocket.Listener {

	final List<String> frames = new CopyOnWriteArrayList<>();

	volatile int closed;

	volatile String reason = "";

	private volatile Consumer<String> told = (frame) -> {
	};

	private final StringBuilder partial = new StringBuilder();

	private final boolean reading;

	private WebSocket socket;

	private StompClient(boolean reading) {
		this.reading = reading;
	}

	/**
	 * Open a socket at the usual path.
	 * @param port the port
	 * @param headers names and values in turn
	 */
	public static StompClient open(int port, String... headers) {
		return open(port, true, headers);
	}

	static StompClient open(int port, boolean reading, String... headers) {
		StompClient client = new StompClient(reading);
		WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder().subprotocols("v12.stomp");
		for (int i = 0; i < headers.length; i += 2) {
			builder.header(headers[i], headers[i + 1]);
		}
		client.socket = builder.buildAsync(URI.create("ws://localhost:" + port + "/admin/live"), client).join();
		return client;
	}

	/**
	 * Connect, with the token that the tests' server wants.
	 */
	public StompClient connect() {
		return send("CONNECT\naccept-version:1.2\nheart-beat:0,0\nX-CSRF-TOKEN:good\n\n");
	}

	/**
	 * Subscribe to a topic.
	 * @param id the subscription's id
	 * @param destination the topic
	 * @param headers further headers as lines
	 */
	public StompClient subscribe(String id, String destination, String... headers) {
		StringBuilder frame = new StringBuilder("SUBSCRIBE\nid:" + id + "\ndestination:" + destination + "\n");
		for (String header : headers) {
			frame.append(header).append('\n');
		}
		return send(frame.append('\n').toString());
	}

	/**
	 * Send a frame.
	 * @param frame the frame without the character that ends it
	 */
	public StompClient send(String frame) {
		this.socket.sendText(frame + "\0", true).join();
		return this;
	}

	/**
	 * Send a text character by character, until the socket is closed.
	 */
	void sendInParts(String text) {
		try {
			for (int i = 0; i < text.length(); i++) {
				this.socket.sendText(text.substring(i, i + 1), false).join();
			}
		}
		catch (CompletionException ex) {
			// Closed by the server.
		}
	}

	/**
	 * Tell of each further frame.
	 * @param told called with the frame
	 */
	public StompClient onFrame(Consumer<String> told) {
		this.told = told;
		return this;
	}

	/**
	 * Return the code that the server closed with, or 0.
	 */
	public int closed() {
		return this.closed;
	}

	/**
	 * Return why the server closed.
	 */
	public String reason() {
		return this.reason;
	}

	/**
	 * Cut the connection.
	 */
	public void close() {
		this.socket.abort();
	}

	/**
	 * Whether a frame holds a text.
	 * @param text the text
	 */
	public boolean isTold(String text) {
		return this.frames.stream().anyMatch((frame) -> frame.contains(text));
	}

	@Override
	public void onOpen(WebSocket webSocket) {
		if (this.reading) {
			webSocket.request(1);
		}
	}

	@Override
	public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
		this.partial.append(data);
		if (last) {
			this.frames.add(this.partial.toString());
			this.told.accept(this.partial.toString());
			this.partial.setLength(0);
		}
		webSocket.request(1);
		return null;
	}

	@Override
	public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
		this.reason = reason;
		this.closed = statusCode;
		return null;
	}

	@Override
	public void onError(WebSocket webSocket, Throwable error) {
		this.closed = -1;
	}

}

package dev.oriel.admin.live.convergence;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.oriel.admin.autoconfigure.HostApplication;
import dev.oriel.admin.stomp.StompClient;

/**
 * A browser's connection, over which several clients see their queries. It can be cut,
 * and can cease to read.
 */
final class Socket {

	private static final Pattern EPOCH = Pattern.compile("\nepoch:(.+)\n");

	private final int port;

	private final String user;

	private final Map<String, ShowingClient> clients = new LinkedHashMap<>();

	private final Queue<String> frames = new ConcurrentLinkedQueue<>();

	private int ids;

	private volatile StompClient connection;

	private volatile String epoch = "";

	private volatile CountDownLatch reading = new CountDownLatch(0);

	Socket(int port, String user) {
		this.port = port;
		this.user = user;
		connect();
	}

	String user() {
		return this.user;
	}

	synchronized int size() {
		return this.clients.size();
	}

	/**
	 * Return every frame that came so far.
	 */
	Collection<String> frames() {
		return this.frames;
	}

	private synchronized void connect() {
		StompClient opened = StompClient.open(this.port, "Authorization", HostApplication.basic(this.user));
		this.connection = opened;
		opened.onFrame((frame) -> hear(opened, frame)).connect();
	}

	private void hear(StompClient from, String frame) {
		this.frames.add(frame);
		await(this.reading);
		synchronized (this) {
			// What an old connection had still to say is of no interest.
			if (from != this.connection) {
				return;
			}
			Matcher told = EPOCH.matcher(frame);
			if (frame.startsWith("CONNECTED") && told.find()) {
				this.epoch = told.group(1);
			}
			else if (frame.startsWith("MESSAGE")) {
				int id = frame.indexOf("subscription:") + "subscription:".length();
				ShowingClient client = this.clients.get(frame.substring(id, frame.indexOf('\n', id)));
				if (client != null) {
					client.apply(frame.substring(frame.indexOf("\n\n") + 2, frame.lastIndexOf('\0')));
				}
			}
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Let a client subscribe, once more if it had before.
	 */
	synchronized void subscribe(ShowingClient client) {
		this.clients.entrySet().removeIf((before) -> {
			if (before.getValue() == client) {
				this.connection.send("UNSUBSCRIBE\nid:" + before.getKey() + "\n\n");
			}
			return before.getValue() == client;
		});
		String id = Integer.toString(this.ids++);
		this.clients.put(id, client);
		this.connection.subscribe(id, "/topic/rows/" + client.query(), "count:none");
	}

	/**
	 * Cut the connection and make another one, over which every client goes on from what
	 * it has.
	 */
	synchronized void connectAgain() {
		String before = this.epoch;
		this.connection.close();
		connect();
		this.clients.forEach((id, client) -> {
			if (!client.isInTrouble()) {
				this.connection.subscribe(id, "/topic/rows/" + client.query(), "count:none", "epoch:" + before,
						"version:" + client.version());
			}
		});
	}

	/**
	 * Read nothing any more.
	 */
	void stall() {
		if (this.reading.getCount() == 0) {
			this.reading = new CountDownLatch(1);
		}
	}

	/**
	 * Read on, over a new connection if the server has lost its patience.
	 */
	void heal() {
		this.reading.countDown();
		if (this.connection.closed() != 0) {
			connectAgain();
		}
	}

	void close() {
		this.reading.countDown();
		this.connection.close();
	}

}

package dev.oriel.admin.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Very many clients in a process of their own, on one thread: each opens a socket, sends
 * some frames, and looks in what it is told for the greatest number behind
 * {@code "value":}. Times are those of {@link System#nanoTime()}, which all processes of
 * a Linux machine share.
 *
 * <p>
 * Says {@code open} when all clients are, {@code all N} when all know the number N, and
 * {@code latency …} when asked to {@code report} since when each number was to be known.
 */
final class SocketSwarm {

	/** How many open their sockets at a time, so that none waits to be accepted. */
	private static final int AT_ONCE = 64;

	private final InetSocketAddress server;

	private final ByteBuffer handshake;

	private final boolean waiting;

	private final List<ByteBuffer> frames;

	private final Client[] clients;

	private final Selector selector = Selector.open();

	private final ByteBuffer buffer = ByteBuffer.allocateDirect(256 * 1024);

	private final Queue<String> commands = new ConcurrentLinkedQueue<>();

	/** When each client knew each number. */
	private final List<long[]> knownAt = new ArrayList<>();

	private final List<Integer> unknowing = new ArrayList<>();

	private int begun;

	private int open;

	private long messages;

	private long bytes;

	private SocketSwarm(int port, String path, int count, boolean waiting, List<String> frames) throws IOException {
		this.server = new InetSocketAddress("127.0.0.1", port);
		this.handshake = ByteBuffer.wrap(("GET " + path + " HTTP/1.1\r\nHost: localhost:" + port
				+ "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
				+ "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: v12.stomp\r\n"
				+ "Authorization: Basic YWRtaW46YWRtaW4=\r\n\r\n")
			.getBytes(StandardCharsets.US_ASCII));
		this.waiting = waiting;
		this.frames = frames.stream().map(SocketSwarm::frame).toList();
		this.clients = new Client[count];
	}

	/**
	 * Run until told to quit.
	 * @param args the port, the path, how many clients, whether each must be told a
	 * number before it is open, and the texts that each sends
	 */
	public static void main(String[] args) throws IOException {
		new SocketSwarm(Integer.parseInt(args[0]), args[1], Integer.parseInt(args[2]), Boolean.parseBoolean(args[3]),
				Arrays.asList(args).subList(4, args.length))
			.run();
	}

	/**
	 * Masked by zeros, which changes nothing.
	 */
	private static ByteBuffer frame(String text) {
		byte[] payload = (text + "\0").getBytes(StandardCharsets.UTF_8);
		ByteBuffer frame = ByteBuffer.allocate(payload.length + 8);
		frame.put((byte) 0x81).put((byte) (0x80 | 126)).putShort((short) payload.length).putInt(0).put(payload);
		return frame.flip();
	}

	private void run() throws IOException {
		Thread reader = new Thread(this::listen, "commands");
		reader.setDaemon(true);
		reader.start();
		for (int i = 0; i < Math.min(AT_ONCE, this.clients.length); i++) {
			begin();
		}
		while (true) {
			this.selector.select((key) -> {
				try {
					ready(key);
				}
				catch (IOException ex) {
					throw new IllegalStateException("The server has closed a socket", ex);
				}
			});
			for (String command = this.commands.poll(); command != null; command = this.commands.poll()) {
				if (command.equals("quit")) {
					quit();
					return;
				}
				report(command);
			}
		}
	}

	private void listen() {
		try (BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
			for (String line = input.readLine(); line != null; line = input.readLine()) {
				this.commands.add(line);
				this.selector.wakeup();
			}
		}
		catch (IOException ex) {
			// The one who asks is gone.
		}
		this.commands.add("quit");
		this.selector.wakeup();
	}

	private void begin() throws IOException {
		SocketChannel channel = SocketChannel.open();
		channel.configureBlocking(false);
		channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
		// Nothing is left over of a socket that is closed, no port and no memory.
		channel.setOption(StandardSocketOptions.SO_LINGER, 0);
		Client client = new Client(this.begun);
		this.clients[this.begun++] = client;
		channel.register(this.selector, SelectionKey.OP_CONNECT, client);
		channel.connect(this.server);
	}

	private void ready(SelectionKey key) throws IOException {
		SocketChannel channel = (SocketChannel) key.channel();
		Client client = (Client) key.attachment();
		if (key.isConnectable() && channel.finishConnect()) {
			channel.write(this.handshake.duplicate());
			key.interestOps(SelectionKey.OP_READ);
		}
		else if (key.isReadable()) {
			this.buffer.clear();
			if (channel.read(this.buffer) < 0) {
				throw new IOException("Closed: " + client.said);
			}
			this.buffer.flip();
			this.bytes += this.buffer.remaining();
			read(channel, client);
		}
	}

	private void read(SocketChannel channel, Client client) throws IOException {
		if (!client.upgraded) {
			client.said.append(StandardCharsets.ISO_8859_1.decode(this.buffer));
			if (client.said.indexOf("\r\n\r\n") < 0) {
				return;
			}
			if (!client.said.toString().startsWith("HTTP/1.1 101")) {
				throw new IOException(client.said.toString());
			}
			client.upgraded = true;
			client.said = new StringBuilder(0);
			for (ByteBuffer frame : this.frames) {
				channel.write(frame.duplicate());
			}
			if (!this.waiting) {
				opened(client);
			}
			return;
		}
		while (this.buffer.hasRemaining()) {
			if (client.frame.read(this.buffer)) {
				this.messages++;
				told(client, client.frame.number());
			}
		}
	}

	private void told(Client client, int number) throws IOException {
		if (number < 0) {
			return;
		}
		opened(client);
		long now = System.nanoTime();
		while (client.known < number) {
			client.known++;
			while (this.knownAt.size() <= client.known) {
				this.knownAt.add(new long[this.clients.length]);
				this.unknowing.add(this.clients.length);
			}
			this.knownAt.get(client.known)[client.index] = now;
			int left = this.unknowing.get(client.known) - 1;
			this.unknowing.set(client.known, left);
			if (left == 0) {
				System.out.println("all " + client.known);
			}
		}
	}

	private void opened(Client client) throws IOException {
		if (!client.open) {
			client.open = true;
			if (++this.open == this.clients.length) {
				System.out.println("open");
			}
			if (this.begun < this.clients.length) {
				begin();
			}
		}
	}

	/**
	 * @param command {@code report}, the first number, and when that and each one after
	 * it was to be known
	 */
	private void report(String command) {
		String[] words = command.split(" ");
		int first = Integer.parseInt(words[1]);
		int count = this.clients.length;
		long[] latencies = new long[(words.length - 2) * count];
		for (int i = 2; i < words.length; i++) {
			for (int client = 0; client < count; client++) {
				latencies[(i - 2) * count + client] = this.knownAt.get(first + i - 2)[client]
						- Long.parseLong(words[i]);
			}
		}
		Arrays.sort(latencies);
		System.out.println(String.format(Locale.ROOT, "latency %d %d %d %d %d %d", at(latencies, 0.5),
				at(latencies, 0.95), at(latencies, 0.99), at(latencies, 1), this.messages, this.bytes));
	}

	private static long at(long[] sorted, double quantile) {
		return sorted[(int) Math.min(sorted.length - 1, sorted.length * quantile)];
	}

	private void quit() throws IOException {
		for (SelectionKey key : this.selector.keys()) {
			key.channel().close();
		}
		this.selector.close();
	}

	private static final class Client {

		private final int index;

		private final FrameReader frame = new FrameReader();

		private StringBuilder said = new StringBuilder();

		private boolean upgraded;

		private boolean open;

		private int known = -1;

		Client(int index) {
			this.index = index;
		}

	}

}

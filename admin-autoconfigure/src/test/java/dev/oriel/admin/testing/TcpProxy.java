package dev.oriel.admin.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands between a client and a server, and can fall silent as a network does that lost
 * its way: connections stay open, but nothing comes through any more.
 */
public final class TcpProxy implements AutoCloseable {

	private final ServerSocket listening;

	private final String host;

	private final int port;

	private final Set<Pair> pairs = ConcurrentHashMap.newKeySet();

	/**
	 * Begin to pass connections on.
	 * @param host the server's host
	 * @param port the server's port
	 */
	public TcpProxy(String host, int port) throws IOException {
		this.host = host;
		this.port = port;
		this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		thread(this::accept);
	}

	/**
	 * Return the port to connect to.
	 */
	public int port() {
		return this.listening.getLocalPort();
	}

	/**
	 * Pass nothing on any more over the connections that there are. New ones work.
	 */
	public void silence() {
		this.pairs.forEach((pair) -> pair.silent = true);
	}

	/**
	 * Break the connections that there are, as a network does that was told to. New ones
	 * work.
	 */
	public void reset() {
		this.pairs.forEach(Pair::close);
	}

	@Override
	public void close() throws IOException {
		this.listening.close();
		this.pairs.forEach(Pair::close);
	}

	private void accept() {
		try {
			while (true) {
				connect(this.listening.accept());
			}
		}
		catch (IOException ex) {
			// Closed.
		}
	}

	private void connect(Socket client) throws IOException {
		try {
			Pair pair = new Pair(client, new Socket(this.host, this.port));
			this.pairs.add(pair);
			thread(() -> pair.pump(pair.client, pair.server));
			thread(() -> pair.pump(pair.server, pair.client));
		}
		catch (IOException ex) {
			// The server is away, which the client is to notice.
			client.close();
		}
	}

	private static void thread(Runnable task) {
		Thread thread = new Thread(task, "tcp-proxy");
		thread.setDaemon(true);
		thread.start();
	}

	private static final class Pair {

		private final Socket client;

		private final Socket server;

		private volatile boolean silent;

		Pair(Socket client, Socket server) {
			this.client = client;
			this.server = server;
		}

		void pump(Socket from, Socket to) {
			byte[] buffer = new byte[8192];
			try {
				for (int count = from.getInputStream().read(buffer); count >= 0; count = from.getInputStream()
					.read(buffer)) {
					if (!this.silent) {
						to.getOutputStream().write(buffer, 0, count);
					}
				}
			}
			catch (IOException ex) {
				// The other direction was closed.
			}
			if (!this.silent) {
				close();
			}
		}

		void close() {
			try {
				this.client.close();
				this.server.close();
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}

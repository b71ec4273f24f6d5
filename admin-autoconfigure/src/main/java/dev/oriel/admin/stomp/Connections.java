package dev.oriel.admin.stomp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * All open connections, by their sockets.
 */
final class Connections {

	private final int limit;

	private final int limitPerUser;

	private final Map<String, StompConnection> connections = new HashMap<>();

	Connections(int limit, int limitPerUser) {
		this.limit = limit;
		this.limitPerUser = limitPerUser;
	}

	/**
	 * Add a connection unless there are too many, of all users or of this one.
	 */
	synchronized boolean add(String socket, StompConnection connection) {
		String user = connection.identity().caller().name();
		long ofUser = this.connections.values()
			.stream()
			.filter((other) -> other.identity().caller().name().equals(user))
			.count();
		if (this.connections.size() >= this.limit || ofUser >= this.limitPerUser) {
			return false;
		}
		this.connections.put(socket, connection);
		return true;
	}

	synchronized @Nullable StompConnection get(String socket) {
		return this.connections.get(socket);
	}

	synchronized @Nullable StompConnection remove(String socket) {
		return this.connections.remove(socket);
	}

	synchronized List<StompConnection> all() {
		return new ArrayList<>(this.connections.values());
	}

}

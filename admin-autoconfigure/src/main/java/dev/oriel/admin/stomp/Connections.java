package dev.oriel.admin.stomp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * All open connections, by their sockets, and what each user has of them.
 */
final class Connections {

	private final StompSettings settings;

	private final Map<String, StompConnection> connections = new HashMap<>();

	private final Map<String, UserShare> users = new HashMap<>();

	Connections(StompSettings settings) {
		this.settings = settings;
	}

	/**
	 * Add a connection unless there are too many, of all users or of this one.
	 * @return why not, or {@code null} if it was added
	 */
	synchronized @Nullable String add(String socket, String user, Function<UserShare, StompConnection> factory) {
		if (this.connections.size() >= this.settings.sockets()) {
			return "Too many sockets: " + this.settings.sockets() + " may be open";
		}
		UserShare share = this.users.computeIfAbsent(user, (name) -> new UserShare(this.settings));
		if (!share.takeSocket()) {
			return "Too many sockets: one user may open " + this.settings.socketsPerUser();
		}
		this.connections.put(socket, factory.apply(share));
		return null;
	}

	synchronized @Nullable StompConnection get(String socket) {
		return this.connections.get(socket);
	}

	synchronized @Nullable StompConnection remove(String socket) {
		StompConnection removed = this.connections.remove(socket);
		if (removed != null) {
			this.users.computeIfPresent(removed.identity().caller().name(),
					(name, share) -> share.returnSocket() ? null : share);
		}
		return removed;
	}

	synchronized List<StompConnection> all() {
		return new ArrayList<>(this.connections.values());
	}

	/**
	 * Return how many sockets each user has open.
	 */
	synchronized Map<String, Integer> byUser() {
		Map<String, Integer> sockets = new TreeMap<>();
		this.users.forEach((name, share) -> sockets.put(name, share.sockets()));
		return sockets;
	}

	synchronized int size() {
		return this.connections.size();
	}

}

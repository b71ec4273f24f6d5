package dev.oriel.admin.live.convergence;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.oriel.admin.access.AccessPolicy;
import dev.oriel.admin.autoconfigure.HostApplication;
import dev.oriel.admin.autoconfigure.HostSecurity;
import dev.oriel.admin.change.LiveMode;
import dev.oriel.admin.change.postgres.PostgresChangeSource;
import dev.oriel.admin.live.convergence.RandomQueries.RandomQuery;
import dev.oriel.admin.live.convergence.RandomWrites.Row;
import dev.oriel.admin.schema.RelationName;
import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * A whole application, with clients that come over sockets.
 */
final class SocketNode implements Node {

	private static final int SOCKETS = 3;

	private static final Pattern NEXT = Pattern.compile("after=(~[^>&]+)>; rel=\"next\"");

	private final HostApplication application;

	private final List<Socket> sockets = new ArrayList<>();

	private final Map<ShowingClient, Socket> homes = new ConcurrentHashMap<>();

	/**
	 * @param mode how changes are to become known
	 * @param url the database, by the way that can be disturbed
	 */
	SocketNode(LiveMode mode, String url) {
		this.application = HostApplication.start(Host.class, "spring.datasource.url=" + url,
				"oriel.live.poll-interval=500ms", "oriel.live.limits.frames-per-second=1000",
				"oriel.live.source=" + ((mode == LiveMode.WAL) ? "wal" : "triggers"),
				"oriel.live.triggers=" + ((mode == LiveMode.TRIGGERS) ? "auto" : "on-request"));
	}

	@Override
	public List<String> users() {
		return List.of(Users.ADMIN, Users.SUPPORT);
	}

	@Override
	public LiveMode mode(String table) {
		return this.application.context().getBean(PostgresChangeSource.class).mode(new RelationName("public", table));
	}

	@Override
	public synchronized void subscribe(ShowingClient client) {
		Socket home = this.homes.get(client);
		if (home == null) {
			List<Socket> all = this.sockets.stream().filter((socket) -> socket.user().equals(client.user())).toList();
			home = (all.size() < SOCKETS) ? open(client.user())
					: all.stream().min((one, other) -> one.size() - other.size()).orElseThrow();
			this.homes.put(client, home);
		}
		client.forget();
		home.subscribe(client);
	}

	private Socket open(String user) {
		Socket socket = new Socket(this.application.port(), user);
		this.sockets.add(socket);
		return socket;
	}

	/**
	 * Cut the connection of some clients, who come again, or let them not read for a
	 * while.
	 */
	@Override
	public synchronized void disturb(Dice dice) {
		Socket socket = dice.one(this.sockets);
		if (dice.oneIn(2)) {
			socket.connectAgain();
		}
		else {
			socket.stall();
		}
	}

	@Override
	public synchronized void heal() {
		this.sockets.forEach(Socket::heal);
	}

	@Override
	public String get(String user, RandomQuery query) {
		HttpResponse<String> answer = send("GET", user, query.toString(), "", "count=none");
		return answer.body().startsWith("[") ? answer.body() : ShowingClient.problem(answer.body());
	}

	@Override
	public @Nullable String next(String user, RandomQuery query) {
		HttpResponse<String> answer = send("GET", user, query.toString(), "", "page=keyset");
		Matcher next = NEXT.matcher(String.join(",", answer.headers().allValues("Link")));
		return next.find() ? next.group(1) : null;
	}

	@Override
	public void write(Row row) {
		String which = row.table() + "?n=eq." + row.number();
		String prefer = "resolution=merge-duplicates,return=minimal";
		switch (row.choice()) {
			case 0 -> send("DELETE", Users.ADMIN, which, "", prefer);
			case 1, 2, 3 -> send("POST", Users.ADMIN, row.table(), row.json(), prefer);
			default -> send("PATCH", Users.ADMIN, which, row.json(), prefer);
		}
	}

	private HttpResponse<String> send(String method, String user, String path, String body, String prefer) {
		return this.application.send(method, "/admin/api/rest/" + path, body, new String[] { "Authorization",
				HostApplication.basic(user), "Content-Type", "application/json", "Prefer", prefer });
	}

	int port() {
		return this.application.port();
	}

	/**
	 * Return every frame that went to a user.
	 */
	Collection<String> frames(String user) {
		return this.sockets.stream()
			.filter((socket) -> socket.user().equals(user))
			.flatMap((socket) -> socket.frames().stream())
			.toList();
	}

	@Override
	public void close() {
		this.sockets.forEach(Socket::close);
		this.application.close();
	}

	/**
	 * An application whose users may not all see the same.
	 */
	@Configuration(proxyBeanMethods = false)
	@Import(HostSecurity.Own.class)
	static class Host {

		@Bean
		AccessPolicy policy() {
			return new Users();
		}

	}

}

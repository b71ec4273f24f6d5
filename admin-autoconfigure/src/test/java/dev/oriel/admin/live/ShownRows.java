package dev.oriel.admin.live;

import java.util.ArrayList;
import java.util.List;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Applies messages as a browser does, and keeps the bytes of each row.
 */
public class ShownRows {

	private static final JsonMapper JSON = new JsonMapper();

	protected volatile List<String> rows;

	protected volatile String problem;

	/** How many rows came in before, as it was told. */
	protected volatile String newer;

	protected volatile int deltas;

	protected volatile int gaps;

	private long version;

	/**
	 * Apply a message.
	 * @param message the body
	 */
	public synchronized void apply(String message) {
		JsonNode json = JSON.readTree(message);
		this.newer = json.has("newer") ? json.get("newer").toString() : this.newer;
		switch (json.get("type").asString()) {
			case "snapshot" -> {
				this.rows = RawJson.elements(message, "\"rows\":");
				this.version = json.get("version").asLong();
			}
			case "delta" -> {
				this.gaps += (json.get("from").asLong() == this.version) ? 0 : 1;
				this.version = json.get("to").asLong();
				List<String> changes = RawJson.elements(message, "\"changes\":");
				for (int i = 0; i < changes.size(); i++) {
					apply(json.get("changes").get(i), changes.get(i));
				}
				this.deltas += changes.isEmpty() ? 0 : 1;
			}
			default -> this.problem = message;
		}
	}

	/**
	 * Return the version of what is shown; 0 while it is unknown.
	 */
	public synchronized long version() {
		return this.version;
	}

	private void apply(JsonNode change, String raw) {
		List<String> next = new ArrayList<>(this.rows);
		switch (change.get("op").asString()) {
			case "insert" -> next.add(change.get("at").asInt(), RawJson.row(raw));
			case "update" -> next.set(change.get("at").asInt(), RawJson.row(raw));
			case "move" -> next.add(change.get("at").asInt(), next.remove(change.get("from").asInt()));
			default -> next.remove(change.get("at").asInt());
		}
		this.rows = next;
	}

	/**
	 * Return the rows as an answer would hold them, or nothing while they are unknown.
	 */
	public synchronized String json() {
		return (this.rows != null) ? "[" + String.join(",", this.rows) + "]" : "";
	}

}

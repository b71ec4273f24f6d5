package dev.oriel.admin.benchmark;

/**
 * A way to learn of changes.
 */
enum ChangeSide {

	/** The least that a client of the driver can do. */
	BARE("the driver, LISTEN", "no source", "bare"),

	/** Triggers that keep what changed. */
	TRIGGERS("triggers", "triggers", "triggered"),

	/** The server's own log. */
	WAL("write-ahead log", "the write-ahead log", "logged");

	private final String label;

	private final String writing;

	private final String table;

	ChangeSide(String label, String writing, String table) {
		this.label = label;
		this.writing = writing;
		this.table = table;
	}

	/**
	 * Return who tells of changes.
	 */
	String label() {
		return this.label;
	}

	/**
	 * Return what those who write have to bear.
	 */
	String writing() {
		return this.writing;
	}

	/**
	 * Return the table whose changes are told in this way.
	 */
	String table() {
		return this.table;
	}

	/**
	 * Return an update as this way needs it.
	 * @param update the statement
	 */
	String announced(String update) {
		return (this == BARE) ? update + "; NOTIFY bare" : update;
	}

}

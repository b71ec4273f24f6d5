package dev.oriel.admin.stomp;

/**
 * Writes the frames that a server sends.
 */
final class Frames {

	static final String HEARTBEAT = "\n";

	private Frames() {
	}

	/**
	 * The answer to a connect, whose headers alone are not escaped.
	 */
	static String connected(String version, String user, String epoch, long heartbeatMillis) {
		return "CONNECTED\nversion:" + version + "\nheart-beat:" + heartbeatMillis + "," + heartbeatMillis + "\nepoch:"
				+ epoch + "\nuser-name:" + user.replaceAll("[\r\n\0]", "") + "\n\n\0";
	}

	/**
	 * Return how all messages of a subscription begin.
	 */
	static String messageHead(String subscription, String destination) {
		StringBuilder head = new StringBuilder(destination.length() + 128);
		head.append("MESSAGE\nsubscription:");
		escape(head, subscription);
		head.append("\ndestination:");
		escape(head, destination);
		return head.append("\ncontent-type:application/json\nmessage-id:").toString();
	}

	/**
	 * Return a message, in one copy of what it is made of.
	 */
	static String message(String head, long id, String json) {
		return head + id + "\n\n" + json + '\0';
	}

	static String receipt(String receipt) {
		StringBuilder frame = new StringBuilder("RECEIPT\nreceipt-id:");
		escape(frame, receipt);
		return frame.append("\n\n\0").toString();
	}

	static String error(String message) {
		StringBuilder frame = new StringBuilder("ERROR\nmessage:");
		escape(frame, message);
		return frame.append("\n\n\0").toString();
	}

	private static void escape(StringBuilder frame, String value) {
		for (int i = 0; i < value.length(); i++) {
			char character = value.charAt(i);
			switch (character) {
				case '\\' -> frame.append("\\\\");
				case ':' -> frame.append("\\c");
				case '\n' -> frame.append("\\n");
				case '\r' -> frame.append("\\r");
				case '\0' -> frame.append('?');
				default -> frame.append(character);
			}
		}
	}

}

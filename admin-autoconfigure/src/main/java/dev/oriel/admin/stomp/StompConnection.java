package dev.oriel.admin.stomp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.oriel.admin.live.LiveMessage;
import dev.oriel.admin.live.Subscription;
import dev.oriel.admin.live.TopicRequest;
import dev.oriel.admin.live.Topics;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.messaging.Message;
import org.springframework.messaging.simp.SimpMessageType;
import org.springframework.messaging.simp.stomp.BufferingStompDecoder;
import org.springframework.messaging.simp.stomp.StompDecoder;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketSession;

/**
 * One client: its frames in, its messages out. It may connect once, subscribe and
 * unsubscribe; whatever else it sends ends the connection.
 */
final class StompConnection {

	private static final Log logger = LogFactory.getLog(StompConnection.class);

	/** How many nanoseconds without taking a frame tell that a client will not soon. */
	private static final long STALLED = Duration.ofSeconds(1).toNanos();

	private static final int LONGEST_NAME = 1_000;

	private final WebSocketSession socket;

	private final SocketIdentity identity;

	private final StompSettings settings;

	private final Topics topics;

	private final Executor closer;

	private final SocketWriter writer;

	private final Mailbox mailbox;

	private final BufferingStompDecoder decoder;

	private final UserShare share;

	private final Map<String, TopicSlot> slots = new HashMap<>();

	private final AtomicBoolean closing = new AtomicBoolean();

	private final SignsOfLife life = new SignsOfLife();

	private volatile boolean connected;

	private boolean ended;

	StompConnection(WebSocketSession socket, SocketIdentity identity, StompSettings settings, Topics topics,
			Executor executor, Executor closer, UserShare share) {
		this.socket = socket;
		this.identity = identity;
		this.settings = settings;
		this.topics = topics;
		this.closer = closer;
		this.decoder = new BufferingStompDecoder(new StompDecoder(), settings.frameSize());
		this.share = share;
		this.writer = SocketWriter.to(socket, settings.sendTimeout());
		this.mailbox = new Mailbox(this.writer, executor, (failure) -> {
			logger.debug("A client cannot be written to", failure);
			close(CloseStatus.SESSION_NOT_RELIABLE);
		});
	}

	SocketIdentity identity() {
		return this.identity;
	}

	/**
	 * Read what the client sent. Called by one thread at a time.
	 */
	void receive(String text) {
		this.life.heard();
		if (this.closing.get()) {
			return;
		}
		try {
			List<Message<byte[]>> messages = decode(text);
			if (messages.isEmpty()) {
				// All that came so far of a frame is looked at again with each part.
				takeFrame();
			}
			for (Message<byte[]> message : messages) {
				takeFrame();
				handle(StompHeaderAccessor.wrap(message));
				if (this.closing.get()) {
					return;
				}
			}
		}
		catch (StompException ex) {
			refuse(String.valueOf(ex.getMessage()));
		}
		catch (RuntimeException ex) {
			// The decoder and the header accessor answer nonsense with various
			// exceptions.
			logger.debug("A frame cannot be read", ex);
			refuse("Malformed frame");
		}
	}

	private void takeFrame() {
		if (!this.share.takeFrame()) {
			throw new StompException("Too many frames: one user may send " + this.settings.framesPerSecond()
					+ " a second and ten times as many in a burst");
		}
	}

	private List<Message<byte[]>> decode(String text) {
		return this.decoder.decode(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
	}

	private void handle(StompHeaderAccessor frame) {
		if (frame.getMessageType() == SimpMessageType.HEARTBEAT) {
			return;
		}
		if (frame.getCommand() == null) {
			throw new StompException("Malformed frame");
		}
		requireShort("id", frame.getFirstNativeHeader("id"));
		requireShort("receipt", frame.getReceipt());
		switch (frame.getCommand()) {
			case CONNECT, STOMP -> connect(frame);
			case SUBSCRIBE -> subscribe(connected(frame));
			case UNSUBSCRIBE -> unsubscribe(connected(frame));
			case DISCONNECT -> disconnect(connected(frame));
			default -> throw new StompException(frame.getCommand() + " is not supported: this endpoint only tells");
		}
	}

	/**
	 * What a client names is sent back to it, however slowly it reads.
	 */
	private static void requireShort(String header, @Nullable String value) {
		if (value != null && value.length() > LONGEST_NAME) {
			throw new StompException("Header '" + header + "' may have " + LONGEST_NAME + " characters at most");
		}
	}

	private StompHeaderAccessor connected(StompHeaderAccessor frame) {
		if (!this.connected) {
			throw new StompException("CONNECT must come first");
		}
		return frame;
	}

	private void connect(StompHeaderAccessor frame) {
		if (this.connected) {
			throw new StompException("Already connected");
		}
		String version = version(frame.getAcceptVersion());
		if (!this.identity.acceptsConnect(frame::getFirstNativeHeader)) {
			throw new StompException("The CSRF token is missing or wrong");
		}
		long[] beat = frame.getHeartbeat();
		this.life.agree(beat[0], beat[1], this.settings.heartbeat());
		this.connected = true;
		this.mailbox.answer(Frames.connected(version, this.identity.caller().name(), this.topics.epoch(),
				this.settings.heartbeat().toMillis()));
	}

	private static String version(Set<String> accepted) {
		if (accepted.contains("1.2")) {
			return "1.2";
		}
		if (accepted.contains("1.1")) {
			return "1.1";
		}
		throw new StompException("Only STOMP 1.2 and 1.1 are spoken");
	}

	private void subscribe(StompHeaderAccessor frame) {
		String id = frame.getSubscriptionId();
		String destination = frame.getDestination();
		if (id == null || destination == null) {
			throw new StompException("SUBSCRIBE needs an id and a destination");
		}
		if (!Topics.exists(destination)) {
			throw new StompException("There is no such topic");
		}
		String acknowledgement = frame.getFirstNativeHeader("ack");
		if (frame.getFirstNativeHeader("selector") != null
				|| (acknowledgement != null && !acknowledgement.equals("auto"))) {
			throw new StompException("Selectors and acknowledgements are not supported");
		}
		TopicSlot slot = new TopicSlot(id, destination);
		boolean taken;
		synchronized (this.slots) {
			if (this.ended || this.slots.containsKey(id)) {
				throw new StompException("There is a subscription of that id");
			}
			taken = this.share.takeSubscription();
			if (taken) {
				this.slots.put(id, slot);
			}
		}
		if (taken) {
			follow(slot,
					new TopicRequest(destination, frame.getFirstNativeHeader("schema"),
							frame.getFirstNativeHeader("count"),
							Boolean.parseBoolean(frame.getFirstNativeHeader("row-version")),
							frame.getFirstNativeHeader("epoch"), frame.getFirstNativeHeader("version")));
		}
		else {
			// Those that there are go on.
			this.mailbox.put(slot, Topics.tooManySubscriptions(this.settings.subscriptionsPerUser()));
		}
		acknowledge(frame);
	}

	private void follow(TopicSlot slot, TopicRequest request) {
		Subscription subscription = this.topics.subscribe(this.identity.caller(), request,
				(LiveMessage message) -> this.mailbox.put(slot, message));
		this.mailbox.attach(slot, subscription);
		synchronized (this.slots) {
			if (this.ended) {
				subscription.close();
			}
		}
	}

	private void unsubscribe(StompHeaderAccessor frame) {
		TopicSlot slot;
		synchronized (this.slots) {
			slot = this.slots.remove(String.valueOf(frame.getSubscriptionId()));
		}
		if (slot != null) {
			release(slot);
		}
		acknowledge(frame);
	}

	private void disconnect(StompHeaderAccessor frame) {
		String receipt = frame.getReceipt();
		if (receipt != null) {
			finish(Frames.receipt(receipt), CloseStatus.NORMAL);
		}
		else {
			close(CloseStatus.NORMAL);
		}
	}

	private void acknowledge(StompHeaderAccessor frame) {
		String receipt = frame.getReceipt();
		if (receipt != null) {
			this.mailbox.answer(Frames.receipt(receipt));
		}
	}

	private void refuse(String message) {
		finish(Frames.error(message), CloseStatus.PROTOCOL_ERROR);
	}

	private void finish(String frame, CloseStatus status) {
		if (this.closing.compareAndSet(false, true)) {
			end();
			this.mailbox.finish(frame, () -> closeLater(status));
		}
	}

	/**
	 * Close the socket from any thread, without waiting for it.
	 */
	void close(CloseStatus status) {
		this.closing.set(true);
		end();
		this.mailbox.close();
		if (this.mailbox.isStuck(STALLED)) {
			this.writer.giveUp();
		}
		closeLater(status);
	}

	private void closeLater(CloseStatus status) {
		try {
			this.closer.execute(() -> closeSocket(status));
		}
		catch (RejectedExecutionException ex) {
			logger.trace("Stopped meanwhile", ex);
		}
	}

	private void closeSocket(CloseStatus status) {
		try {
			this.socket.close(status);
		}
		catch (IOException | RuntimeException ex) {
			logger.debug("A socket cannot be closed", ex);
		}
	}

	/**
	 * Let go of everything, because the socket is or will be closed.
	 */
	void end() {
		List<TopicSlot> left;
		synchronized (this.slots) {
			this.ended = true;
			left = List.copyOf(this.slots.values());
			this.slots.clear();
		}
		left.forEach(this::release);
	}

	private void release(TopicSlot slot) {
		this.share.returnSubscription();
		this.mailbox.remove(slot);
		Subscription subscription = slot.subscription();
		if (subscription != null) {
			subscription.close();
		}
	}

	/**
	 * Return why the connection must end by now, or {@code null} if it may go on.
	 */
	@Nullable CloseStatus overdue() {
		if (!this.connected && this.life.isOpenFor(this.settings.connectTimeout())) {
			return CloseStatus.POLICY_VIOLATION.withReason("No CONNECT");
		}
		if (this.life.isMissing()) {
			return CloseStatus.SESSION_NOT_RELIABLE.withReason("No heartbeat");
		}
		if (this.mailbox.isStuck(this.settings.sendTimeout().toNanos())) {
			return CloseStatus.SESSION_NOT_RELIABLE.withReason("Too slow");
		}
		return null;
	}

	void heartbeat() {
		if (this.life.outgoing() > 0) {
			this.mailbox.heartbeat(this.life.outgoing());
		}
	}

}

package dev.oriel.admin.stomp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;

import org.springframework.messaging.Message;
import org.springframework.messaging.simp.stomp.StompDecoder;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Frames}.
 */
class FramesTests {

	@Test
	void messageIsReadByAnotherImplementation() {
		Message<byte[]> message = decode(
				Frames.message(Frames.messageHead("a:b\\c\r\n", "/topic/rows/x?a=eq.1:2"), 7, "{\"ä\":1}"));
		StompHeaderAccessor headers = StompHeaderAccessor.wrap(message);
		assertThat(headers.getCommand()).hasToString("MESSAGE");
		assertThat(headers.getSubscriptionId()).isEqualTo("a:b\\c\r\n");
		assertThat(headers.getDestination()).isEqualTo("/topic/rows/x?a=eq.1:2");
		assertThat(new String(message.getPayload(), StandardCharsets.UTF_8)).isEqualTo("{\"ä\":1}");
	}

	@Test
	void nameOfAUserAddsNoHeader() {
		StompHeaderAccessor headers = StompHeaderAccessor
			.wrap(decode(Frames.connected("1.2", "eve\nevil:yes", "e1", 10)));
		assertThat(headers.getFirstNativeHeader("evil")).isNull();
		assertThat(headers.getFirstNativeHeader("epoch")).isEqualTo("e1");
		assertThat(headers.getHeartbeat()).containsExactly(10, 10);
	}

	private static Message<byte[]> decode(String frame) {
		List<Message<byte[]>> messages = new StompDecoder()
			.decode(ByteBuffer.wrap(frame.getBytes(StandardCharsets.UTF_8)));
		return messages.get(0);
	}

}

package dev.oriel.admin.schema;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Comment}.
 */
class CommentTests {

	@Test
	void linesThatBeginWithAnAtSignAreTags() {
		assertThat(Comment.parse("What it costs.\n@label Price in euros \r\n\n  @format currency\nWithout tax."))
			.isEqualTo(new Comment("What it costs.\n\nWithout tax.",
					Map.of("label", "Price in euros", "format", "currency")));
	}

	@Test
	void tagsNeedNoValueAndNoText() {
		assertThat(Comment.parse("@hidden")).isEqualTo(new Comment(null, Map.of("hidden", "")));
		assertThat(Comment.parse(" @hidden  \n\n")).isEqualTo(new Comment(null, Map.of("hidden", "")));
	}

	@Test
	void lastTagOfANameCounts() {
		assertThat(Comment.parse("@label a\n@label b").tags()).containsExactly(Map.entry("label", "b"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "Ask support@example.org", "@", "@ label", "@Label x", "@1st", "a @hidden", "@label: x",
			"", "two\r\nlines" })
	void everythingElseStaysAsItIs(String comment) {
		assertThat(Comment.parse(comment)).isEqualTo(new Comment(comment, Map.of()));
	}

	@Test
	void noCommentIsNone() {
		assertThat(Comment.parse(null)).isSameAs(Comment.NONE);
	}

}

package dev.oriel.admin.web;

import java.util.List;
import java.util.stream.Stream;

import dev.oriel.admin.schema.Privileges;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.schema.RelationKind;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.SchemaSnapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PathNames}.
 */
class PathNamesTests {

	private static final SchemaSnapshot SNAPSHOT = new SchemaSnapshot("1", "test", List.of("public", "a;b"),
			Stream
				.of(new RelationName("public", "x;y"), new RelationName("public", "x~2f~y"),
						new RelationName("public", "x/y"), new RelationName("a;b", "50%"),
						new RelationName("a;b", "plain"), new RelationName("public", "\uD83D\uDE00;"))
				.map((name) -> new Relation(1, name, RelationKind.TABLE, null, List.of(), List.of(), List.of(),
						List.of(), null, null, Privileges.ALL))
				.toList());

	@ParameterizedTest
	@CsvSource({ "public, x;y, public.x;y", "public, x~3b~y, public.x;y", "public, x~2f~y, public.x~2f~y",
			"a~3b~b, 50~25~, a;b.50%", "a~3b~b, plain, a;b.plain", "a;b, 50~25~, a;b.50%",
			"public, ~1f600~~3b~, public.\uD83D\uDE00;", "public, none~3b~, public.none~3b~",
			"public, ~0~~ffffff~~d800~, public.~0~~ffffff~~d800~", "public, ~~~, public.~~~" })
	void namesAreReadAsWrittenFirst(String schema, String relation, String meant) {
		assertThat(PathNames.resolve(SNAPSHOT, schema, relation, (each) -> true)).hasToString(meant);
	}

	@Test
	void whatIsHiddenIsNotRead() {
		assertThat(PathNames.resolve(SNAPSHOT, "public", "x~3b~y", (each) -> false)).hasToString("public.x~3b~y");
		assertThat(PathNames.resolve(SNAPSHOT, "public", "x~2f~y", (each) -> each.name().name().equals("x/y")))
			.hasToString("public.x/y");
	}

}

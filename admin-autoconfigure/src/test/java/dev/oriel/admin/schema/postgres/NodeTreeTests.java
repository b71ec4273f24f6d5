package dev.oriel.admin.schema.postgres;

import dev.oriel.admin.schema.postgres.NodeTree.Node;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link NodeTree}.
 */
class NodeTreeTests {

	@Test
	void fieldsHoldTokensNodesAndLists() {
		Node query = NodeTree.query("({QUERY :hasAggs true :cteList <> :jointree {FROMEXPR :quals <>} "
				+ ":targetList ({A :resno 1} {B :resno 2}) :numbers (i 1 2 3) :oid 4294967295})");
		assertThat(query.flag("hasAggs")).isTrue();
		assertThat(query.flag("missing")).isFalse();
		assertThat(query.has("cteList")).isFalse();
		assertThat(query.nodes("jointree")).singleElement().extracting(Node::name).isEqualTo("FROMEXPR");
		assertThat(query.nodes("targetList")).extracting((node) -> node.number("resno")).containsExactly(1, 2);
		assertThat(query.nodes("numbers")).isEmpty();
		assertThat(query.has("numbers")).isTrue();
		assertThat(query.oid("oid")).isEqualTo(4_294_967_295L);
	}

	@Test
	void namesMayLookLikeStructure() {
		Node query = NodeTree
			.query("({QUERY :resname :resno :other \\{a\\}\\ \\(\\\\ :constvalue 4 [ 5 0 0 0 ] :resno 7})");
		assertThat(query.token("resname")).isEqualTo(":resno");
		assertThat(query.number("resno")).isEqualTo(7);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "<>", "()", "({NOTIFY :a 1})", "({QUERY", "({QUERY :a", "({QUERY :a 1} {QUERY :a 1})",
			"({QUERY :a \\", "(((", ")" })
	void anythingElseIsRefused(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> NodeTree.query(text));
	}

	@Test
	void depthIsBounded() {
		String text = "({QUERY :a " + "(".repeat(100_000);
		assertThatIllegalArgumentException().isThrownBy(() -> NodeTree.query(text));
	}

}

package dev.oriel.admin.sql;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

import dev.oriel.admin.query.Anchor;
import dev.oriel.admin.query.Filter;
import dev.oriel.admin.query.Operator;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.query.QueryException;
import dev.oriel.admin.query.QueryParser;
import dev.oriel.admin.schema.Relation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link StatementCache}.
 */
class StatementCacheTests {

	private final Relation item = StatementsTests.ALL.relation();

	private final StatementCache cache = new StatementCache();

	@ParameterizedTest
	@ValueSource(strings = { "", "id=eq.1", "id=eq.2", "id=eq.1&name=neq.x", "name=neq.1&id=eq.x", "id=gt.1&limit=5",
			"id=gt.1&limit=5&offset=0", "id=gt.1&limit=5&offset=7", "limit=3&order=name.desc", "id=eq.1&order=name",
			"select=name&id=eq.1", "select=doc->a->>b&id=eq.1", "id=like.a*", "id=like.b", "or=(id.eq.1,name.eq.2)",
			"and=(id.eq.1,name.eq.2)", "id=not.eq.1", "id=in.(1,2)", "doc->>a=eq.1", "id=eq.9223372036854775806",
			"select=doc->922337203&limit=2" })
	void givesWhatIsWrittenAnew(String query) {
		for (int i = 0; i < 2; i++) {
			for (String other : List.of(query, "id=eq.99&limit=4", "select=name&id=eq.98")) {
				Query parsed = new QueryParser().parse(other);
				for (VersionMode version : VersionMode.values()) {
					assertThat(this.cache.rows(StatementsTests.ALL, parsed, Returned.json(version), false))
						.isEqualTo(ReadStatements.rows(StatementsTests.ALL, parsed, version));
					assertThat(this.cache.rows(StatementsTests.ALL, parsed, Returned.json(version), true))
						.isEqualTo(ReadStatements.countedRows(StatementsTests.ALL, parsed, version));
				}
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "order=name", "order=name.desc&id=gt.5", "order=name&id=gt.6", "name=like.a*&order=id",
			"order=name.desc.nullslast,id.desc&select=name" })
	void givesThePagesThatAreWrittenAnew(String query) {
		Query parsed = new QueryParser().parse(query);
		Returned returned = Returned.json(VersionMode.IN_ROW);
		for (int i = 0; i < 2; i++) {
			Keyset fresh = Keyset.of(StatementsTests.ALL, parsed);
			Keyset cached = this.cache.keyset(StatementsTests.ALL, parsed);
			assertThat(cached.order()).isEqualTo(fresh.order());
			assertThat(cached.steps()).isEqualTo(fresh.steps());
			for (Bound bound : bounds(fresh.steps())) {
				assertThat(cached.rows(returned, true, bound, 7)).isEqualTo(fresh.rows(returned, true, bound, 7));
				assertThat(cached.rows(returned, false, bound, 8)).isEqualTo(fresh.rows(returned, false, bound, 8));
				if (!bound.isEnd()) {
					assertThat(cached.beyond(bound)).isEqualTo(fresh.beyond(bound));
				}
			}
		}
	}

	private static List<Bound> bounds(int steps) {
		List<Bound> bounds = new ArrayList<>();
		for (Anchor.Side side : Anchor.Side.values()) {
			bounds.add(new Bound(side, List.of()));
			bounds.add(new Bound(side, Collections.nCopies(steps, "x")));
			bounds.add(new Bound(side, Collections.nCopies(steps, "y")));
			List<String> values = new ArrayList<>(Collections.nCopies(steps, "z"));
			values.set(0, null);
			bounds.add(new Bound(side, values));
		}
		return bounds;
	}

	@Test
	void whatOneCallerMayReadSaysNothingAboutTheNext() {
		Query query = new QueryParser().parse("name=eq.x");
		assertThat(
				this.cache.rows(scope(Set.of("id", "name"), Filter.NONE), query, Returned.json(VersionMode.NONE), false)
					.sql())
			.contains("\"name\"");
		assertThatExceptionOfType(QueryException.class).isThrownBy(
				() -> this.cache.rows(scope(Set.of("id"), Filter.NONE), query, Returned.json(VersionMode.NONE), false));
	}

	@Test
	void rulesOnRowsArePartOfTheStatement() {
		Query query = new QueryParser().parse("name=eq.x");
		SqlStatement free = this.cache.rows(scope(Set.of("id", "name"), Filter.NONE), query,
				Returned.json(VersionMode.NONE), false);
		SqlStatement mine = this.cache.rows(
				scope(Set.of("id", "name"), Filter.Comparison.of("name", Operator.EQ, "mine")), query,
				Returned.json(VersionMode.NONE), false);
		SqlStatement yours = this.cache.rows(
				scope(Set.of("id", "name"), Filter.Comparison.of("name", Operator.EQ, "yours")), query,
				Returned.json(VersionMode.NONE), false);
		assertThat(free.args()).containsExactly("x");
		assertThat(mine.args()).containsExactly("mine", "x");
		assertThat(yours.args()).containsExactly("yours", "x");
	}

	private Scope scope(Set<String> readable, Filter rows) {
		return new Scope(this.item, readable, rows);
	}

}

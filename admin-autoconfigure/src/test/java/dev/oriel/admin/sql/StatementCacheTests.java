package dev.oriel.admin.sql;

import java.util.List;
import java.util.Set;

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

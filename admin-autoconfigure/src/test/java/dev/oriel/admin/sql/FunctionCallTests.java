package dev.oriel.admin.sql;

import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.oriel.admin.query.Query;
import dev.oriel.admin.schema.DataType;
import dev.oriel.admin.schema.Function;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the text of statements that call functions: {@link FunctionCall} and
 * {@link CallStatements}.
 */
class FunctionCallTests {

	private static final DataType INTEGER = new DataType.Base(23, "integer", "int4", 'N');

	private static final DataType INTEGERS = new DataType.Array(1007, "integer[]", INTEGER);

	@Test
	void membersAreReadByPostgresql() {
		FunctionArguments members = new FunctionArguments.Members("{\"n\": 1, \"v\": [2]}", Set.of("n", "v"));
		SqlStatement statement = CallStatements.values(new FunctionCall(function(), members), Query.ALL,
				RowFormat.JSON);
		assertThat(statement.sql()).isEqualTo("SELECT coalesce(to_json(p.v)::text, 'null') FROM (SELECT "
				+ "\"shop\".\"f\"\"\"(\"n\" => a.\"n\", VARIADIC \"v\" => a.\"v\") AS v "
				+ "FROM json_to_record(CAST(? AS json)) AS a(\"n\" integer, \"v\" integer[])) p");
		assertThat(statement.args()).containsExactly("{\"n\": 1, \"v\": [2]}");
	}

	@Test
	void textsAreCastAndOnlyVariadicOnesTakeSeveral() {
		FunctionArguments texts = new FunctionArguments.Texts(
				Map.of("n", List.of("1", "2"), "v", List.of("3", "a\"b")));
		SqlStatement statement = CallStatements.values(new FunctionCall(function(), texts),
				Query.ALL.withPage(5L, null), RowFormat.JSON);
		assertThat(statement.sql()).isEqualTo("SELECT coalesce(to_json(p.v)::text, 'null') FROM (SELECT "
				+ "\"shop\".\"f\"\"\"(\"n\" => CAST(? AS integer), VARIADIC \"v\" => CAST(? AS integer[])) AS v "
				+ "LIMIT CAST(? AS int8)) p");
		assertThat(statement.args()).containsExactly("2", "{\"3\",\"a\\\"b\"}", "5");
	}

	@Test
	void argumentsThatAreNotGivenKeepTheirDefaults() {
		FunctionArguments none = new FunctionArguments.Members("{}", Set.of());
		assertThat(CallStatements.count(new FunctionCall(function(), none)).sql())
			.isEqualTo("SELECT count(*) FROM (SELECT \"shop\".\"f\"\"\"() AS v) p");
	}

	private static Function function() {
		return new Function(1, "shop", "f\"",
				List.of(new Function.Argument("n", INTEGER, Function.Mode.IN, true),
						new Function.Argument("v", INTEGERS, Function.Mode.VARIADIC, true)),
				new Function.Result(INTEGER, Function.Shape.VALUE, false, List.of(), null),
				Function.Volatility.VOLATILE, null, true);
	}

}

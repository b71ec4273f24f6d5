package dev.oriel.admin.schema;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ValueKind}.
 */
class ValueKindTests {

	@ParameterizedTest
	@CsvSource({ "int8, N, INTEGER", "numeric, N, NUMBER", "money, N, NUMBER", "bool, B, BOOLEAN", "date, D, DATE",
			"timestamp, D, TIMESTAMP", "timestamptz, D, TIMESTAMPTZ", "time, D, TIME", "timetz, D, TIMETZ",
			"interval, T, INTERVAL", "uuid, U, UUID", "jsonb, U, JSON", "bytea, U, BYTEA", "inet, I, NETWORK",
			"point, G, GEOMETRIC", "varbit, V, BITS", "xml, U, XML", "bpchar, S, TEXT", "char, Z, TEXT",
			"ltree, S, TEXT", "tsvector, U, OTHER" })
	void baseTypesAreGroupedByTheirName(String name, char category, ValueKind kind) {
		assertThat(ValueKind.of(base(name, category))).isEqualTo(kind);
	}

	@Test
	void domainsCountAsTheirBaseAndArraysAsTheirElement() {
		DataType domain = new DataType.Domain(1, "public.amount", base("numeric", 'N'), true, List.of());
		DataType array = new DataType.Array(2, "public.amount[]", domain);
		DataType domainOfArray = new DataType.Domain(3, "public.amounts", array, false, List.of());
		assertThat(ValueKind.of(domainOfArray)).isEqualTo(ValueKind.NUMBER);
	}

	@Test
	void constructedTypesHaveTheirOwnKind() {
		assertThat(ValueKind.of(new DataType.Enumeration(1, "public.mood", List.of("sad")))).isEqualTo(ValueKind.ENUM);
		assertThat(ValueKind.of(new DataType.Range(2, "int4multirange", true))).isEqualTo(ValueKind.RANGE);
		assertThat(ValueKind.of(new DataType.Composite(3, "public.address", List.of()))).isEqualTo(ValueKind.OTHER);
	}

	@Test
	void labelsAreLowerCase() {
		assertThat(ValueKind.TIMESTAMPTZ.label()).isEqualTo("timestamptz");
	}

	private static DataType.Base base(String name, char category) {
		return new DataType.Base(1, name, name, category);
	}

}

package dev.oriel.sample.database;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

class EmbeddedDatabasePropertiesTests {

	@Test
	void keepsTheDataByDefault() {
		EmbeddedDatabaseProperties properties = bind(Map.of());
		assertThat(properties.resetAsked()).isFalse();
		assertThat(properties.databasePort()).isNull();
		assertThat(properties.dataDir()).isEqualTo("data");
	}

	@ParameterizedTest
	@CsvSource({ "'',true", "true,true", "false,false" })
	void resetsWhenAskedWithOrWithoutAValue(String value, boolean expected) {
		assertThat(bind(Map.of("sample.reset", value)).resetAsked()).isEqualTo(expected);
	}

	private static EmbeddedDatabaseProperties bind(Map<String, String> values) {
		return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("sample",
				EmbeddedDatabaseProperties.class);
	}

}

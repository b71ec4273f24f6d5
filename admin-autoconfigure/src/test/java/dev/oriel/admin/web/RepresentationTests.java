package dev.oriel.admin.web;

import java.util.List;

import dev.oriel.admin.data.ProblemException;
import dev.oriel.admin.data.Row;
import dev.oriel.admin.data.RowPage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Representation}.
 */
class RepresentationTests {

	@Test
	void plansAreNotShownUnlessTheyAreOffered() {
		AcceptedTypes plan = AcceptedTypes.parse(List.of("application/vnd.pgrst.plan+json"));
		assertThatExceptionOfType(ProblemException.class)
			.isThrownBy(() -> Representation.negotiate(plan, new Offers(false, () -> null)))
			.satisfies((ex) -> assertThat(ex.problem().code()).isEqualTo("PGRST107"));
		assertThat(Representation.negotiate(plan, new Offers(true, () -> null)))
			.isInstanceOf(Representation.Plan.class);
	}

	@Test
	void postGisMakesFeaturesOfRows() {
		Representation features = Representation.negotiate(AcceptedTypes.parse(List.of("application/geo+json")),
				new Offers(false, () -> "my \"gis\""));
		assertThat(features.output().format().before()).isEqualTo("\"my \"\"gis\"\"\".st_asgeojson(");
		assertThat(features.body(new RowPage(List.of(new Row("{\"type\": \"Feature\"}", List.of(), null)))))
			.isEqualTo("{\"type\": \"FeatureCollection\", \"features\": [{\"type\": \"Feature\"}]}");
		assertThat(features.contentType()).isEqualTo("application/geo+json;charset=UTF-8");
	}

	@Test
	void compositeValuesAreTakenApart() {
		assertThat(CsvLines.fields("(a,\"b \"\"c\"\", d\",,\"\",\"\\\\x\")")).containsExactly("a", "b \"c\", d", null,
				"", "\\x");
		assertThat(CsvLines.fields("(,)")).containsExactly(null, null);
		assertThat(CsvLines.fields("(1)")).containsExactly("1");
		assertThat(CsvLines.fields("(\"a)\")")).containsExactly("a)");
	}

}

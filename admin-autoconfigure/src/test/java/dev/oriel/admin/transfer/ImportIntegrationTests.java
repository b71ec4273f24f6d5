package dev.oriel.admin.transfer;

import java.nio.file.Path;

import dev.oriel.admin.data.Problem;
import dev.oriel.admin.testing.PostgresDatabase;
import dev.oriel.admin.transfer.ImportRig.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Imports}.
 */
class ImportIntegrationTests {

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create("dev/oriel/admin/transfer/import.sql");

	@TempDir
	Path directory;

	ImportRig rig;

	@BeforeEach
	void reset() {
		database.execute("TRUNCATE place, item, node, guarded RESTART IDENTITY CASCADE;"
				+ "INSERT INTO place VALUES (1, 'here'), (2, 'there')");
		this.rig = ImportRig.of(database, this.directory);
	}

	@Test
	void goodRowsAreInserted() {
		Outcome outcome = this.rig.csv("item", "", """
				id,name,place_id,price,day
				1,a,1,1.50,2020-02-29
				2,"b ""quoted"", and more",,,
				3,ü€😀\\t,2,-3,infinity
				""");
		assertThat(outcome.state()).isEqualTo("done");
		assertThat(outcome.counts()).isEqualTo("3 3 0 0 0");
		assertThat(items()).isEqualTo("1|a|1|1.50|2020-02-29; 2|b \"quoted\", and more|||; 3|ü€😀\\t|2|-3.00|infinity");
		assertThat(outcome.job().file()).isNull();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void everyBadRowIsFoundWithItsReason(boolean softErrors) {
		this.rig = ImportRig.of(database, this.directory, new dev.oriel.admin.access.PrivilegeAccessPolicy(false),
				softErrors);
		database.execute("INSERT INTO item (id, name) VALUES (100, 'old')");
		String file = """
				id,name,place_id,price,day
				1,good,1,1,2020-01-01
				x,no number,1,1,2020-01-01
				2,no place,99,1,2020-01-01
				3,,1,1,2020-01-01
				4,too cheap,1,-10,2020-01-01
				5,too much,1,12345678901.1,2020-01-01
				6,good,1,1,2020-01-01
				6,twice,1,1,2020-01-01
				100,taken,1,1,2020-01-01
				7,no day,1,1,2020-02-30
				8,guess,1,1,02/03/2020
				9,a name that is much too long for its column,1,1,2020-01-01
				10,short
				11,good,2,1,2020-01-01
				""";
		Outcome outcome = this.rig.csv("item", "on-rejected=skip", file);
		assertThat(outcome.counts()).isEqualTo("14 3 0 0 11");
		assertThat(outcome.state()).isEqualTo("done");
		assertThat(database.jdbc()
			.sql("SELECT string_agg(id::text, ',' ORDER BY id) FROM item")
			.query(String.class)
			.single()).isEqualTo("1,6,11,100");
		assertThat(outcome.rejected().lines()).hasSize(12)
			.first()
			.isEqualTo("id,name,place_id,price,day,_line,_reason");
		assertThat(outcome.rejected()
			.lines()
			.skip(1)
			.map((line) -> line.replaceAll("^.*2020,|^.*2020-0\\d-\\d\\d,|^10,short,,,,", "")))
			.satisfiesExactly((line) -> assertThat(line).startsWith("3,").contains("id", "invalid input syntax"),
					(line) -> assertThat(line).startsWith("4,").contains("place_id"),
					(line) -> assertThat(line).startsWith("5,").contains("name"),
					(line) -> assertThat(line).startsWith("6,").contains("price"),
					(line) -> assertThat(line).startsWith("7,").contains("price", "overflow"),
					(line) -> assertThat(line).startsWith("9,").contains("line 8"),
					(line) -> assertThat(line).startsWith("10,").contains("id"),
					(line) -> assertThat(line).startsWith("11,").contains("day", "2020-02-30"),
					(line) -> assertThat(line).startsWith("12,").contains("day", "02/03/2020", "guess"),
					(line) -> assertThat(line).startsWith("13,").contains("name", "too long"),
					(line) -> assertThat(line).startsWith("14,").contains("2", "5"));
		String corrected = "id,name,place_id,price,day,_line,_reason\n2,no place,1,1,2020-01-01,4,\"whatever, it was\"\n";
		assertThat(this.rig.csv("item", "", corrected).counts()).isEqualTo("1 1 0 0 0");
	}

	private static String items() {
		return database.jdbc()
			.sql("SELECT string_agg(concat_ws('|', id, name, coalesce(place_id::text, ''), coalesce(price::text, ''), "
					+ "coalesce(day::text, '')), '; ' ORDER BY id) FROM item")
			.query(String.class)
			.single();
	}

}

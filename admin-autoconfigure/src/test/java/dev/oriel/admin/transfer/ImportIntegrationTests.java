package dev.oriel.admin.transfer;

import java.time.Duration;

import dev.oriel.admin.access.PrivilegeAccessPolicy;
import dev.oriel.admin.data.BulkTransactions;
import dev.oriel.admin.data.ProblemException;
import dev.oriel.admin.data.Transactions;
import dev.oriel.admin.data.WriteHooks;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.postgres.PostgresSchemaSource;
import dev.oriel.admin.schema.postgres.ReflectionSettings;
import dev.oriel.admin.transfer.ImportRig.Outcome;
import dev.oriel.admin.transfer.format.FileFormat;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for imports: what is kept, what stays out and what is told.
 */
class ImportIntegrationTests extends ImportFixture {

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

	@Test
	void rejectedRowKeepsAllOutUnlessGoodOnesAreWanted() {
		String file = "id,name\n1,a\n2,\n3,c\n";
		Outcome outcome = this.rig.csv("item", "", file);
		assertThat(outcome.state()).isEqualTo("rejected");
		assertThat(outcome.counts()).isEqualTo("3 0 0 0 1");
		assertThat(items()).isEmpty();
		assertThat(this.rig.csv("item", "on-rejected=skip", file).counts()).isEqualTo("3 2 0 0 1");
	}

	@Test
	void batchesAreKeptByThemselves() {
		String file = "id,name\n1,a\n2,b\n3,c\n4,\n5,e\n6,f\n";
		Outcome stopped = this.rig.csv("item", "batch=2", file);
		assertThat(stopped.state()).isEqualTo("rejected");
		assertThat(stopped.counts()).isEqualTo("4 2 0 0 1");
		assertThat(items()).isEqualTo("1|a|||; 2|b|||");
		database.execute("TRUNCATE item");
		Outcome skipped = this.rig.csv("item", "batch=2&on-rejected=skip", file);
		assertThat(skipped.counts()).isEqualTo("6 5 0 0 1");
		assertThat(skipped.rejected()).contains("\n4,,5,");
	}

	@Test
	void dryRunTellsAllAndKeepsNothing() {
		Outcome outcome = this.rig.csv("item", "dry-run=true&on-rejected=skip&batch=1",
				"ID,Name,Place Id\n1,a,1\n2,b,99\n1,c,\n");
		assertThat(outcome.counts()).isEqualTo("3 1 0 0 2");
		assertThat(outcome.job().details().get("columns").toString())
			.isEqualTo("{ID=id, Name=name, Place Id=place_id}");
		assertThat(outcome.job().details()).containsEntry("dryRun", true);
		assertThat(items()).isEmpty();
	}

	@Test
	void upsertChangesWhatDiffersAndInsertsTheRest() {
		database.execute("INSERT INTO item (id, name, price) VALUES (1, 'a', 1), (2, 'b', 2), (3, 'c', 3)");
		Outcome outcome = this.rig.csv("item", "mode=upsert&on-rejected=skip",
				"id,name,price\n1,a,1.00\n2,B,2\n4,d,4\n4,again,5\n5,,5\nx,y,1\n");
		assertThat(outcome.counts()).isEqualTo("6 1 1 1 3");
		assertThat(items()).isEqualTo("1|a||1.00|; 2|B||2.00|; 3|c||3.00|; 4|d||4.00|");
		assertThat(outcome.rejected()).contains("line 4");
	}

	@Test
	void updateRejectsWhatIsNotThereOnce() {
		database.execute("INSERT INTO item (id, name, price) VALUES (1, 'a', 1), (2, 'b', 2), (3, 'b', 3)");
		Outcome outcome = this.rig.csv("item", "mode=update&on-rejected=skip", "id,price\n1,10\n9,1\n2,-50\n");
		assertThat(outcome.counts()).isEqualTo("3 0 1 0 2");
		assertThat(outcome.rejected()).contains("9,1,3,", "no row with this key", "2,-50,4,");
		Outcome byName = this.rig.csv("item", "mode=update&key=name&on-rejected=skip", "name,price\na,11\nb,12\n");
		assertThat(byName.counts()).isEqualTo("2 0 1 0 1");
		assertThat(byName.rejected()).contains("several rows");
		assertThat(items()).isEqualTo("1|a||11.00|; 2|b||2.00|; 3|b||3.00|");
	}

	@Test
	void columnThatIsComputedIsLeftOutAsTheAnswerSays() {
		String file = "id,name,Doubled\n1,a,2\n";
		ProblemException refused = catchThrowableOfType(ProblemException.class, () -> this.rig.csv("item", "", file));
		assertThat(refused.problem().hint()).isEqualTo("Leave it out with map=Doubled:-.");
		assertThat(this.rig.csv("item", "map=Doubled:-", file).counts()).isEqualTo("1 1 0 0 0");
	}

	@Test
	void rowsMayPointAtEachOtherInAnyOrder() {
		Outcome outcome = this.rig.csv("node", "on-rejected=skip",
				"id,parent_id\n1,3\n2,1\n3,\n4,99\n5,4\n6,5\nx,\n7,8\n8,7\n");
		assertThat(outcome.counts()).isEqualTo("9 5 0 0 4");
		assertThat(database.jdbc()
			.sql("SELECT string_agg(id::text, ',' ORDER BY id) FROM node")
			.query(String.class)
			.single()).isEqualTo("1,2,3,7,8");
	}

	@Test
	void whoMayNotMakeTemporaryTablesIsTold() {
		database.execute("CREATE ROLE importer LOGIN PASSWORD 'importer'; GRANT ALL ON item TO importer; "
				+ "REVOKE TEMPORARY ON DATABASE \"" + database.name() + "\" FROM PUBLIC");
		BulkTransactions transactions = new BulkTransactions(
				() -> database.dataSource("importer", "importer").getConnection(),
				Transactions.of(database.dataSource()),
				new PostgresSchemaSource(database.dataSource(), ReflectionSettings.ALL),
				new PrivilegeAccessPolicy(false), WriteHooks.NONE, ImportRig.DATA, Duration.ofMinutes(1));
		ProblemException exception = catchThrowableOfType(ProblemException.class,
				() -> new Imports(transactions, this.rig.jobs()).run(ImportRig.CALLER,
						ImportRequest.of(new RelationName("public", "item"), FileFormat.CSV),
						ImportRig.bytes("id,name\n1,a\n")));
		assertThat(exception.problem().hint()).contains("GRANT TEMPORARY");
		database.execute("GRANT TEMPORARY ON DATABASE \"" + database.name()
				+ "\" TO PUBLIC; DROP OWNED BY importer; DROP ROLE importer");
	}

	@Test
	void keysAreLookedAtWhereTriggersAreCalledBefore() {
		database.execute("INSERT INTO guarded (id, code) VALUES (1, 'a')");
		Outcome update = this.rig.csv("guarded", "mode=update&on-rejected=skip", "id,code\n1,b\n1,c\n9,d\n");
		assertThat(update.counts()).isEqualTo("3 0 1 0 2");
		Outcome upsert = this.rig.csv("guarded", "mode=upsert&on-rejected=skip", "id,code\n1,c\n9,d\n9,e\n");
		assertThat(upsert.counts()).isEqualTo("3 1 1 0 1");
		assertThat(database.jdbc()
			.sql("SELECT string_agg(id || code, ',' ORDER BY id) FROM guarded")
			.query(String.class)
			.single()).isEqualTo("1C,9D");
	}

}

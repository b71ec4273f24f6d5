package dev.oriel.admin.schema.postgres;

import java.util.List;

import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.DataType;
import dev.oriel.admin.schema.ValueKind;
import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Tests for the reflection of columns and their types.
 */
class TypeReflectionIntegrationTests {

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create("dev/oriel/admin/schema/types.sql");

	private static Reflection reflection;

	@BeforeAll
	static void reflect() {
		reflection = Reflection.of(database);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			small | smallint | smallint | INTEGER
			exact | numeric(12,2) | numeric | NUMBER
			name | character varying(40) | character varying | TEXT
			fixed | character(3) | bpchar | TEXT
			blank | bpchar | bpchar | TEXT
			letter | "char" | "char" | TEXT
			bits | bit(4) | "bit" | BITS
			at | timestamp(3) with time zone | timestamp with time zone | TIMESTAMPTZ
			span | interval day to second(2) | interval | INTERVAL
			vector | int2vector | int2vector | OTHER
			place | point | point | GEOMETRIC
			feeling | public.mood | public.mood | ENUM
			feelings | public.mood[] | public.mood[] | ENUM
			quoted | "odd ""types"."a?b" | "odd ""types"."a?b" | ENUM
			grid | integer[] | integer[] | INTEGER
			cost | public.amount | public.amount | NUMBER
			labels | public.tags | public.tags | TEXT
			label_lists | public.tags[] | public.tags[] | TEXT
			period | daterange | daterange | RANGE
			home | public.address | public.address | OTHER
			homes | public.address[] | public.address[] | OTHER
			doc | jsonb | jsonb | JSON
			""")
	void typesAreNamedAndGrouped(String name, String declaredType, String sqlName, ValueKind kind) {
		Column column = reflection.column("typed", name);
		assertThat(column.declaredType()).isEqualTo(declaredType);
		assertThat(column.type().sqlName()).isEqualTo(sqlName);
		assertThat(column.kind()).isEqualTo(kind);
	}

	@Test
	void everyTypeNameCanStandInACast() {
		for (Column column : reflection.relation("typed").columns()) {
			database.execute("SELECT CAST(value AS %s) FROM (SELECT NULL::text AS value LIMIT 0) nothing"
				.formatted(column.type().sqlName()));
		}
	}

	@Test
	void labelsKeepTheirDeclaredOrder() {
		assertThat(reflection.column("typed", "feeling").type()).isInstanceOfSatisfying(DataType.Enumeration.class,
				(type) -> assertThat(type.labels()).containsExactly("sad", "so-so", "ok", "happy"));
		assertThat(reflection.column("typed", "quoted").type()).isInstanceOfSatisfying(DataType.Enumeration.class,
				(type) -> assertThat(type.labels()).containsExactly("x", "y,\"z"));
	}

	@Test
	void domainsOverDomainsKeepEveryLayer() {
		DataType.Domain price = (DataType.Domain) reflection.column("typed", "list_price").type();
		assertThat(price.notNull()).isTrue();
		assertThat(price.checks()).containsExactly("CHECK (((VALUE)::numeric < (1000)::numeric))");
		DataType.Domain amount = (DataType.Domain) price.base();
		assertThat(amount.notNull()).isFalse();
		assertThat(amount.checks()).containsExactly("CHECK ((VALUE >= (0)::numeric))");
		assertThat(price.unwrapped()).isInstanceOfSatisfying(DataType.Base.class, (type) -> {
			assertThat(type.name()).isEqualTo("numeric");
			assertThat(type.category()).isEqualTo('N');
		});
	}

	@Test
	void arraysAndDomainsNestEitherWay() {
		DataType.Domain domainOfArray = (DataType.Domain) reflection.column("typed", "labels").type();
		assertThat(((DataType.Array) domainOfArray.base()).element().sqlName()).isEqualTo("text");
		DataType.Array arrayOfDomainOfArray = (DataType.Array) reflection.column("typed", "label_lists").type();
		assertThat(arrayOfDomainOfArray.element()).isEqualTo(domainOfArray);
		DataType.Array arrayOfEnumeration = (DataType.Array) reflection.column("typed", "feelings").type();
		assertThat(arrayOfEnumeration.element()).isInstanceOf(DataType.Enumeration.class);
		DataType.Array arrayOfDomain = (DataType.Array) reflection.column("typed", "prices").type();
		assertThat(arrayOfDomain.element()).isInstanceOf(DataType.Domain.class);
	}

	@Test
	void typesWithElementsAreNoArraysUnlessTheyLookLikeOne() {
		assertThat(reflection.column("typed", "vector").type()).isInstanceOf(DataType.Base.class);
		assertThat(reflection.column("typed", "place").type()).isInstanceOf(DataType.Base.class);
	}

	@Test
	void rangesAndCompositesAreToldApart() {
		assertThat(reflection.column("typed", "period").type()).isInstanceOfSatisfying(DataType.Range.class,
				(type) -> assertThat(type.multirange()).isFalse());
		assertThat(reflection.column("typed", "home").type()).isInstanceOf(DataType.Composite.class);
	}

	@Test
	void multirangesAreRanges() {
		assumeTrue(serverVersion() >= 14, "PostgreSQL has multiranges since 14");
		assertThat(reflection.column("typed", "periods").type()).isInstanceOfSatisfying(DataType.Range.class,
				(type) -> assertThat(type.multirange()).isTrue());
	}

	@Test
	void defaultsArePrintedAndComeFromTheDomainWhereTheColumnHasNone() {
		assertThat(reflection.column("typed", "number").defaultExpression()).isEqualTo("7");
		assertThat(reflection.column("typed", "name").defaultExpression()).isEqualTo("'it''s'::character varying");
		assertThat(reflection.column("typed", "feeling").defaultExpression()).isEqualTo("'ok'::public.mood");
		assertThat(reflection.column("typed", "cost").defaultExpression()).isEqualTo("0");
		assertThat(reflection.column("typed", "small").defaultExpression()).isNull();
		assertThat(reflection.column("computed", "serial").defaultExpression())
			.isEqualTo("nextval('public.computed_serial_seq'::regclass)");
	}

	@Test
	void nullIsForbiddenByTheColumnOrItsDomain() {
		assertThat(reflection.column("typed", "number").nullable()).isFalse();
		assertThat(reflection.column("typed", "list_price").nullable()).isFalse();
		assertThat(reflection.column("typed", "cost").nullable()).isTrue();
		assertThat(reflection.column("typed", "prices").nullable()).isTrue();
	}

	@Test
	void identityAndGeneratedColumnsCannotBeWritten() {
		Column always = reflection.column("computed", "id");
		assertThat(always.identity()).isEqualTo(Column.Identity.ALWAYS);
		assertThat(always.insertable()).isFalse();
		assertThat(reflection.column("computed", "other").identity()).isEqualTo(Column.Identity.BY_DEFAULT);
		assertThat(reflection.column("computed", "other").insertable()).isTrue();
		Column gross = reflection.column("computed", "gross");
		assertThat(gross.generated()).isTrue();
		assertThat(gross.updatable()).isFalse();
		assertThat(gross.defaultExpression()).isEqualTo("(net * 1.2)");
		assertThat(reflection.column("computed", "net").generated()).isFalse();
	}

	@Test
	void virtualColumnsAreGenerated() {
		assumeTrue(serverVersion() >= 18, "PostgreSQL has virtual columns since 18");
		assertThat(reflection.column("computed", "tax").generated()).isTrue();
	}

	@Test
	void droppedColumnsLeaveAGap() {
		assertThat(reflection.relation("dropped").columns()).extracting(Column::name, Column::position)
			.containsExactly(tuple("a", 1), tuple("c", 3));
		assertThat(List.copyOf(reflection.relation("dropped").columnsByName().keySet())).containsExactly("a", "c");
	}

	private static int serverVersion() {
		return database.jdbc()
			.sql("SELECT current_setting('server_version_num')::integer / 10000")
			.query(Integer.class)
			.single();
	}

}

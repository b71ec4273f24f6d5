package dev.oriel.admin.query;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class QueryWriterTests {

	private static final int QUERIES = 5_000;

	private final QueryParser parser = new QueryParser();

	private final QueryWriter writer = new QueryWriter();

	@Test
	void writesWhatIsReadAgain() {
		int read = 0;
		for (int seed = 0; seed < QUERIES; seed++) {
			Query query = new RandomQueries(seed).query();
			String written = this.writer.write(query);
			assertThat(this.parser.parse(written)).as("seed %d: %s", seed, written).isEqualTo(query);
			assertThat(written).matches("[\\x21-\\x7E]*").doesNotContain("\"", "<", ">", "{", "}", "#", "\\", " ");
			read++;
		}
		assertThat(read).isEqualTo(QUERIES);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-",
			value = { "limit=05&a=eq.1|a=eq.1&limit=5", "and=(a.eq.1,b.eq.2)|a=eq.1&b=eq.2", "or=(a.eq.1)|a=eq.1",
					"order=a.asc|order=a", "after=~a-_9&limit=5|limit=5&after=~a-_9",
					"select= a , b!left( c )|select=a,b(c)", "a=in.(%22x%22,y%20z)|a=in.(x,%22y%20z%22)",
					"a=is.NULL|a=is.null", "select=t:b()&b.x=eq.1|select=t:b()&t.x=eq.1",
					"select=b()&b=is.not_null|select=b()&b=not.is.null", "flag&columns=a|``",
					"a=like(any).{O*,P*}|a=like(any).%7BO*,P*%7D",
					"or=(a.cs.{1,2},b.eq.)|or=(a.cs.%22%7B1,2%7D%22,b.eq.%22%22)", "not.or=(a.eq.1)|a=not.eq.1",
					"not.and=(not.or(a.eq.1,b.eq.2))|not.and=(not.or(a.eq.1,b.eq.2))", "q=eq.5|%22q%22=eq.5" })
	void writesOneFormForAllEqualOnes(String text, String expected) {
		assertThat(this.writer.write(this.parser.parse(text))).isEqualTo(expected);
	}

	@Test
	void leavesOutWhatAlwaysHolds() {
		Filter a = Trees.eq("a", "1");
		Filter b = Trees.eq("b", "1");
		Filter never = Trees.or();
		assertThat(write(Trees.and(Trees.and(), a, Trees.or(Trees.not(never), b)))).isEqualTo("a=eq.1");
		assertThat(write(Trees.or(never, a, Trees.and(b)))).isEqualTo("or=(a.eq.1,b.eq.1)");
		assertThat(write(Trees.not(Trees.not(a)))).isEqualTo("not.and=(a.not.eq.1)");
		assertThat(write(Trees.not(never))).isEmpty();
	}

	@Test
	void refusesWhatTheLanguageHasNoWordsFor() {
		assertThatIllegalArgumentException().isThrownBy(() -> write(Trees.or()));
		assertThatIllegalArgumentException().isThrownBy(() -> write(Trees.and(Trees.eq("a", "1"), Trees.or())));
		SelectItem cast = new SelectItem.Count(null, "numeric(12,2)");
		assertThatIllegalArgumentException().isThrownBy(() -> this.writer.write(Query.ALL.withSelect(List.of(cast))));
	}

	private String write(Filter filter) {
		return this.writer.write(Query.ALL.withFilter(filter));
	}

}

package dev.oriel.admin.data;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.oriel.admin.data.FamilyRow.Mark;
import dev.oriel.admin.json.UnlimitedJson;
import dev.oriel.admin.schema.Relationship;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

import org.jspecify.annotations.Nullable;

/**
 * Reads a body whose rows embed related rows. As with other bodies only names are looked
 * at: each value stays the text that was sent.
 */
final class FamilyParser {

	/** How many levels of related rows there are at most. */
	static final int MAX_DEPTH = 16;

	private static final String VERSION = "_version";

	private static final Map<String, Mark> MARKS = Map.of("_unlink", Mark.UNLINK, "_delete", Mark.DELETE);

	private final FamilyRelations relations;

	private final Payload payload;

	private final long maxRows;

	private long rows;

	/**
	 * @param relations what names stand for
	 * @param payload the body
	 * @param maxRows how many rows it holds at most, related ones included
	 */
	FamilyParser(FamilyRelations relations, Payload payload, long maxRows) {
		this.relations = relations;
		this.payload = payload;
		this.maxRows = maxRows;
	}

	Family parse(Target target) {
		try (JsonParser parser = UnlimitedJson.factory().createParser(ObjectReadContext.empty(), this.payload.json())) {
			List<FamilyRow> roots = new ArrayList<>();
			boolean array = parser.nextToken() == JsonToken.START_ARRAY;
			if (!array) {
				roots.add(row(parser, target, "", 0));
			}
			else {
				readRows(parser, target, "", 0, roots);
			}
			if (parser.nextToken() != null) {
				throw malformed("Only one JSON value is expected", null);
			}
			return new Family(target, roots, array);
		}
		catch (JacksonException ex) {
			throw malformed(MalformedJson.describe(ex), null);
		}
	}

	private void readRows(JsonParser parser, Target target, String path, int depth, List<FamilyRow> rows) {
		while (parser.nextToken() != JsonToken.END_ARRAY) {
			rows.add(row(parser, target, "%s[%d]".formatted(path, rows.size()), depth));
		}
	}

	private FamilyRow row(JsonParser parser, Target target, String path, int depth) {
		if (parser.currentToken() != JsonToken.START_OBJECT) {
			throw malformed("An object is expected", path);
		}
		if (++this.rows > this.maxRows) {
			throw FamilyProblems.invalid(path, "There are too many rows in one body",
					"At most %d are written at a time, related ones included.".formatted(this.maxRows),
					"Send fewer rows at a time.");
		}
		Members members = new Members(target, path, depth);
		Set<String> names = new HashSet<>();
		while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
			String name = parser.currentName();
			if (!names.add(name)) {
				throw malformed("Duplicate member '%s'".formatted(name), members.at(name));
			}
			parser.nextToken();
			if (depth == 0 && this.payload.columns() != null && !this.payload.columns().contains(name)) {
				parser.skipChildren();
			}
			else {
				members.read(parser, name);
			}
		}
		if (depth == 0 && this.payload.columns() != null) {
			members.fill(this.payload.columns(), this.payload.defaults());
		}
		return members.toRow();
	}

	/**
	 * Return what a JSON text stands for where that can be told without reading it: a
	 * text without its quotes.
	 */
	static String plain(String json) {
		boolean text = json.startsWith("\"") && json.indexOf('\\') < 0;
		return text ? json.substring(1, json.length() - 1) : json;
	}

	private static ProblemException malformed(String details, @Nullable String path) {
		return new ProblemException(FamilyProblems.at((path != null) ? path : "", new Problem(400, "PGRST102",
				"Empty or invalid json", details, "Send one object, or an array of objects.")));
	}

	/**
	 * The members of one row.
	 */
	private final class Members {

		private final Target target;

		private final String path;

		private final int depth;

		private final Map<String, String> values = new LinkedHashMap<>();

		private final List<FamilyLink> links = new ArrayList<>();

		private @Nullable String version;

		private Mark mark = Mark.KEEP;

		private Members(Target target, String path, int depth) {
			this.target = target;
			this.path = path;
			this.depth = depth;
		}

		private String at(String name) {
			return this.path.isEmpty() ? name : this.path + "." + name;
		}

		private void read(JsonParser parser, String name) {
			if (FamilyRelations.column(this.target, name) != null) {
				this.values.put(name, value(parser, name));
				return;
			}
			if (name.equals(VERSION)) {
				this.version = version(parser, name);
				return;
			}
			Mark mark = MARKS.get(name);
			if (mark != null) {
				mark(parser, name, mark);
				return;
			}
			Relationship relationship = FamilyProblems.at(at(name),
					() -> FamilyParser.this.relations.relationship(this.target, name));
			if (relationship == null) {
				throw new ProblemException(FamilyProblems.at(this.path, new WriteColumns(this.target).unknown(name)));
			}
			this.links.add(link(parser, name, relationship));
		}

		private FamilyLink link(JsonParser parser, String name, Relationship relationship) {
			if (this.depth == MAX_DEPTH) {
				throw FamilyProblems.invalid(at(name), "The rows are nested too deeply",
						"There may be %d levels of related rows.".formatted(MAX_DEPTH), "Write them in two requests.");
			}
			Target related = FamilyParser.this.relations.target(relationship.target());
			List<FamilyRow> rows = new ArrayList<>();
			boolean one = relationship.cardinality().toOne();
			JsonToken token = parser.currentToken();
			if (one && token == JsonToken.START_OBJECT) {
				rows.add(row(parser, related, at(name), this.depth + 1));
			}
			else if (!one && token == JsonToken.START_ARRAY) {
				readRows(parser, related, at(name), this.depth + 1, rows);
			}
			else if (!one || token != JsonToken.VALUE_NULL) {
				throw malformed("'%s' is %s".formatted(name, one ? "one related row: an object, or null, is expected"
						: "a list of related rows: an array of objects is expected"), at(name));
			}
			return new FamilyLink(name, at(name), relationship, rows);
		}

		private String value(JsonParser parser, String name) {
			int start = (int) parser.currentTokenLocation().getCharOffset();
			if (parser.currentToken() == JsonToken.VALUE_STRING) {
				if (!WriteBody.isStorable(parser.getString())) {
					throw new ProblemException(FamilyProblems.at(at(name),
							new Problem(400, "22P05", "The text holds what PostgreSQL cannot store",
									"A NUL character, or half of a surrogate pair.", "Leave it out.")));
				}
			}
			else if (parser.currentToken().isScalarValue()) {
				return parser.getString();
			}
			parser.skipChildren();
			return FamilyParser.this.payload.json().substring(start, (int) parser.currentLocation().getCharOffset());
		}

		private String version(JsonParser parser, String name) {
			if (parser.currentToken() != JsonToken.VALUE_STRING) {
				throw malformed("'%s' is a text".formatted(name), at(name));
			}
			return parser.getString();
		}

		private void mark(JsonParser parser, String name, Mark mark) {
			boolean set = parser.currentToken() == JsonToken.VALUE_TRUE;
			if (!set && parser.currentToken() != JsonToken.VALUE_FALSE) {
				throw malformed("'%s' is true or false".formatted(name), at(name));
			}
			if (set && this.mark != Mark.KEEP) {
				throw FamilyProblems.invalid(at(name), "A row is either unlinked or deleted", null,
						"Leave out one of '_unlink' and '_delete'.");
			}
			this.mark = set ? mark : this.mark;
		}

		/**
		 * Add the columns that are to be written but are not given.
		 */
		private void fill(List<String> columns, boolean defaults) {
			for (String name : columns) {
				boolean given = this.values.containsKey(name)
						|| this.links.stream().anyMatch((link) -> link.name().equals(name));
				if (given) {
					continue;
				}
				if (FamilyRelations.column(this.target, name) != null) {
					if (!defaults) {
						this.values.put(name, "null");
					}
				}
				else if (!FamilyParser.this.relations.isRelated(this.target, name)) {
					throw new ProblemException(
							FamilyProblems.at(this.path, new WriteColumns(this.target).unknown(name)));
				}
			}
		}

		private FamilyRow toRow() {
			return new FamilyRow(this.target, this.path, this.values, this.version, this.mark, this.links);
		}

	}

}

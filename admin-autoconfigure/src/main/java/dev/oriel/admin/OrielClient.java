package dev.oriel.admin;

import java.util.List;
import java.util.Map;

import dev.oriel.admin.access.Caller;
import dev.oriel.admin.data.CallBody;
import dev.oriel.admin.data.CallOptions;
import dev.oriel.admin.data.CallResult;
import dev.oriel.admin.data.CountMode;
import dev.oriel.admin.data.Output;
import dev.oriel.admin.data.Problem;
import dev.oriel.admin.data.ProblemException;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.query.QueryException;
import dev.oriel.admin.query.QueryParser;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.SchemaSnapshot;
import dev.oriel.admin.schema.SchemaUnavailableException;

import org.jspecify.annotations.Nullable;

/**
 * Oriel on behalf of one caller.
 *
 * @since 0.1.0
 */
public final class OrielClient {

	private static final String PUBLIC = "public";

	private final Oriel.Parts parts;

	private final Caller caller;

	OrielClient(Oriel.Parts parts, Caller caller) {
		this.parts = parts;
		this.caller = caller;
	}

	/**
	 * Return on whose behalf this acts.
	 */
	public Caller caller() {
		return this.caller;
	}

	/**
	 * Return a table or view, which is looked up when something is done with it.
	 * @param name {@code table} in the default schema, or {@code schema.table}
	 */
	public OrielTable table(String name) {
		int dot = name.indexOf('.');
		return (dot < 0) ? new OrielTable(this, null, name)
				: new OrielTable(this, name.substring(0, dot), name.substring(dot + 1));
	}

	/**
	 * Return a table or view, which is looked up when something is done with it.
	 * @param schema its schema
	 * @param name its name, whatever characters it holds
	 */
	public OrielTable table(String schema, String name) {
		return new OrielTable(this, schema, name);
	}

	/**
	 * Call a function.
	 * @param function {@code function} in the default schema, or {@code schema.function}
	 * @param arguments the arguments by their names; those with defaults may be left out
	 * @return what it returns: rows, or one value
	 * @throws ProblemException when it cannot be called, or fails; then nothing was
	 * changed
	 */
	public OrielRows call(String function, Map<String, ?> arguments) {
		return call(function, arguments, "");
	}

	/**
	 * Call a function.
	 * @param function {@code function} in the default schema, or {@code schema.function}
	 * @param arguments the arguments by their names; those with defaults may be left out
	 * @param query what is asked of the rows it returns, as in a URL
	 * @return what it returns: rows, or one value
	 * @throws ProblemException when it cannot be called, or fails; then nothing was
	 * changed
	 */
	public OrielRows call(String function, Map<String, ?> arguments, String query) {
		int dot = function.indexOf('.');
		String schema = (dot < 0) ? defaultSchema() : function.substring(0, dot);
		CallOptions options = new CallOptions(false, CountMode.NONE, null, false, false, null, Output.JSON, true);
		CallResult result = this.parts.functions()
			.call(this.caller, schema, function.substring(dot + 1), CallBody.ofJson(RowJson.write(arguments)),
					parse(query), options);
		return new OrielRows(result.page().rows(), result.json());
	}

	Oriel.Parts parts() {
		return this.parts;
	}

	RelationName relation(@Nullable String schema, String name) {
		return new RelationName((schema != null) ? schema : defaultSchema(), name);
	}

	private String defaultSchema() {
		try {
			SchemaSnapshot snapshot = this.parts.source().snapshot();
			List<String> schemas = snapshot.schemas();
			return schemas.isEmpty() ? PUBLIC : schemas.get(0);
		}
		catch (SchemaUnavailableException ex) {
			throw new ProblemException(Problem.unavailable(), ex);
		}
	}

	static Query parse(String query) {
		try {
			return new QueryParser().parse(query);
		}
		catch (QueryException ex) {
			throw new ProblemException(Problem.of(ex), ex);
		}
	}

}

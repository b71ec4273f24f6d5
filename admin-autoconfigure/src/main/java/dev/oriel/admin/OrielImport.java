package dev.oriel.admin;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.oriel.admin.data.ProblemException;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.transfer.ImportOutcome;
import dev.oriel.admin.transfer.ImportParameters;
import dev.oriel.admin.transfer.format.FileFormat;

/**
 * A file that is to become rows, and how. Without more, all of its rows are inserted, or
 * none if one of them cannot be. Methods that say how return another object and leave
 * this one as it is; what they are told is looked at when the import begins.
 *
 * @since 0.1.0
 */
public final class OrielImport {

	private final OrielClient client;

	private final Supplier<RelationName> relation;

	private final FileFormat format;

	private final Map<String, List<String>> parameters;

	OrielImport(OrielClient client, Supplier<RelationName> relation, FileFormat format,
			Map<String, List<String>> parameters) {
		this.client = client;
		this.relation = relation;
		this.format = format;
		this.parameters = parameters;
	}

	/**
	 * Change the rows that are there and insert the others.
	 * @param key the columns of a unique key; none for the primary key
	 */
	public OrielImport upsert(String... key) {
		return option("mode", "upsert").key(key);
	}

	/**
	 * Change the rows that are there and reject the others.
	 * @param key the columns that name a row; none for the primary key
	 */
	public OrielImport update(String... key) {
		return option("mode", "update").key(key);
	}

	private OrielImport key(String... columns) {
		return (columns.length == 0) ? this
				: option("key", Stream.of(columns).map(OrielImport::quoted).collect(Collectors.joining(",")));
	}

	/**
	 * Say where a column of the file goes. Otherwise it goes to the column of its name.
	 * @param header its name in the file, or its number from 1
	 * @param column the column of the relation
	 */
	public OrielImport map(String header, String column) {
		return and("map", quoted(header) + ":" + quoted(column));
	}

	/**
	 * Leave a column of the file out.
	 * @param header its name in the file, or its number from 1
	 */
	public OrielImport leaveOut(String header) {
		return and("map", quoted(header) + ":-");
	}

	/**
	 * Say how all dates and points in time are written.
	 * @param patterns ways to write them, such as {@code DD.MM.YYYY}; tried in their
	 * order
	 */
	public OrielImport dates(String... patterns) {
		return option("dates", String.join("|", patterns));
	}

	/**
	 * Say how the dates or points in time of a column are written.
	 * @param column the column of the relation
	 * @param patterns ways to write them, tried in their order
	 */
	public OrielImport datesOf(String column, String... patterns) {
		return option("dates." + column, String.join("|", patterns));
	}

	/**
	 * Keep the good rows where others are rejected.
	 */
	public OrielImport skipRejected() {
		return option("on-rejected", "skip");
	}

	/**
	 * Keep so many rows at a time, each time in a transaction of its own.
	 * @param rows how many
	 */
	public OrielImport batch(int rows) {
		return option("batch", Integer.toString(rows));
	}

	/**
	 * Keep nothing in the end, to see what would happen.
	 */
	public OrielImport dryRun() {
		return option("dry-run", "true");
	}

	/**
	 * Say how to import by a parameter of the HTTP interface, such as {@code decimal},
	 * {@code encoding}, {@code separator}, {@code null.column}, {@code trim},
	 * {@code sheet} or {@code unknown}.
	 * @param name the parameter
	 * @param value its value, not encoded; it replaces an earlier one
	 */
	public OrielImport option(String name, String value) {
		return with(name, List.of(value));
	}

	private OrielImport and(String name, String value) {
		List<String> values = new ArrayList<>(this.parameters.getOrDefault(name, List.of()));
		values.add(value);
		return with(name, values);
	}

	private OrielImport with(String name, List<String> values) {
		Map<String, List<String>> parameters = new LinkedHashMap<>(this.parameters);
		parameters.put(name, List.copyOf(values));
		return new OrielImport(this.client, this.relation, this.format, parameters);
	}

	private static String quoted(String name) {
		return '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
	}

	/**
	 * Import a file and wait until that is done.
	 * @param file the file
	 * @return what became of its rows. That rows were rejected is told there, and is no
	 * exception
	 * @throws ProblemException when the file cannot be imported at all, or a transaction
	 * surrounds the call
	 * @throws UncheckedIOException when there is no such file
	 */
	public ImportOutcome from(Path file) {
		try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
			return from(in, Files.size(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Import a file and wait until that is done.
	 * @param file the file; not closed
	 * @return what became of its rows
	 * @see #from(Path)
	 */
	public ImportOutcome from(InputStream file) {
		return from(file, -1);
	}

	private ImportOutcome from(InputStream file, long size) {
		return this.client.parts()
			.imports()
			.alone(this.client.caller(),
					ImportParameters.of(this.parameters).request(this.relation.get(), this.format, size), file);
	}

}

package dev.oriel.admin.transfer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.oriel.admin.access.Operation;
import dev.oriel.admin.data.BulkTarget;
import dev.oriel.admin.data.Problem;
import dev.oriel.admin.data.ProblemException;
import dev.oriel.admin.schema.Column;

import org.jspecify.annotations.Nullable;

/**
 * One file's header being understood: each name is that of a column, or mapped to one.
 */
final class HeaderMatch {

	private static final int BAD_REQUEST = 400;

	private final List<String> header;

	private final ImportRequest request;

	private final BulkTarget target;

	private final Map<Integer, Integer> same = new LinkedHashMap<>();

	private final Map<String, Integer> taken = new LinkedHashMap<>();

	private final List<FileColumns.Assigned> assigned = new ArrayList<>();

	HeaderMatch(List<String> header, ImportRequest request, BulkTarget target) {
		this.header = header;
		this.request = request;
		this.target = target;
	}

	FileColumns resolve() {
		Map<Integer, ColumnOptions.Mapped> mapped = mapped();
		for (int i = 0; i < this.header.size(); i++) {
			ColumnOptions.Mapped given = mapped.get(i);
			if (given != null) {
				if (given.column() != null) {
					assign(i, column(given.column()));
				}
			}
			else if (!isRepeated(i)) {
				Column column = matching(this.header.get(i));
				if (column != null) {
					assign(i, column);
				}
			}
		}
		return new FileColumns(this.assigned, this.same);
	}

	private void assign(int index, Column column) {
		Integer other = this.taken.putIfAbsent(column.name(), index);
		if (other != null) {
			throw problem("Two columns of the file go to '%s'".formatted(column.name()),
					"They are the columns %d ('%s') and %d ('%s').".formatted(other + 1, this.header.get(other),
							index + 1, this.header.get(index)),
					"Say which one is meant: map=%d:-".formatted(index + 1), column.name());
		}
		this.assigned.add(new FileColumns.Assigned(index, this.header.get(index), column));
	}

	private Map<Integer, ColumnOptions.Mapped> mapped() {
		Map<Integer, ColumnOptions.Mapped> mapped = new LinkedHashMap<>();
		for (ColumnOptions.Mapped each : this.request.columns().map()) {
			List<Integer> places = places(each.header());
			for (Integer place : places) {
				if (mapped.put(place, each) != null) {
					throw problem("The column '%s' of the file is mapped twice".formatted(this.header.get(place)), null,
							"Map each column once.", null);
				}
			}
		}
		return mapped;
	}

	/**
	 * Return where a name of the file is, or the place that a number means.
	 */
	private List<Integer> places(String name) {
		List<Integer> places = IntStream.range(0, this.header.size())
			.filter((i) -> this.header.get(i).equals(name))
			.boxed()
			.toList();
		if (places.isEmpty() && name.matches("[1-9]\\d{0,4}") && Integer.parseInt(name) <= this.header.size()
				&& isTable()) {
			return List.of(Integer.parseInt(name) - 1);
		}
		if (places.isEmpty() && isTable()) {
			throw problem("The file has no column '%s'".formatted(name),
					"Its columns are: %s".formatted(shortened(String.join(", ", this.header))),
					"Name a column of the file, or give its number from 1.", null);
		}
		if (places.size() > 1) {
			throw problem("The file has %d columns '%s'".formatted(places.size(), name), null,
					"Name them by their numbers: %s".formatted(places.stream()
						.map((place) -> "map=%d:…".formatted(place + 1))
						.collect(Collectors.joining(", "))),
					null);
		}
		return places;
	}

	private boolean isTable() {
		return switch (this.request.format()) {
			case CSV, XLSX -> true;
			case NDJSON, JSON -> false;
		};
	}

	private boolean isRepeated(int index) {
		int first = this.header.indexOf(this.header.get(index));
		if (first == index) {
			return false;
		}
		switch (this.request.columns().repeated()) {
			case ERROR -> throw problem("The file has two columns '%s'".formatted(this.header.get(index)),
					"They are the columns %d and %d.".formatted(first + 1, index + 1),
					"Say which one is meant: map=%d:-, or duplicates=same if both hold the same, or duplicates=first"
						.formatted(index + 1),
					null);
			case SAME -> this.same.put(index, first);
			case FIRST -> {
				// Left out.
			}
		}
		return true;
	}

	/**
	 * Return the column that a name of the file means: the one that is called like it, or
	 * else the only one that is called like it but for case and separators.
	 */
	private @Nullable Column matching(String name) {
		Set<String> known = FileColumns.known(this.target);
		if (known.contains(name)) {
			return written(name, name);
		}
		if (name.equals(FileColumns.LINE) || name.equals(FileColumns.REASON)) {
			return null;
		}
		List<String> similar = known.stream()
			.filter((column) -> !plain(name).isEmpty() && plain(column).equals(plain(name)))
			.sorted()
			.toList();
		if (similar.size() == 1) {
			return written(name, similar.get(0));
		}
		if (this.request.columns().skipUnknown() && similar.isEmpty()) {
			return null;
		}
		if (!similar.isEmpty()) {
			throw problem("The column '%s' of the file can mean several columns".formatted(name),
					"They are: %s".formatted(String.join(", ", similar)),
					"Say which one is meant: map=%s:%s".formatted(name, similar.get(0)), null);
		}
		throw unknown(name);
	}

	private Column written(String header, String name) {
		try {
			return column(name);
		}
		catch (ProblemException ex) {
			Problem problem = ex.problem();
			if (!problem.code().equals("428C9")) {
				throw ex;
			}
			throw new ProblemException(new Problem(problem.status(), problem.code(), problem.message(),
					problem.details(), "Leave it out with map=%s:-.".formatted(header), problem.column()));
		}
	}

	private ProblemException unknown(String name) {
		Problem problem;
		try {
			this.target.column(name, Set.of());
			throw new IllegalStateException("It is known");
		}
		catch (ProblemException ex) {
			// It says which names are similar.
			problem = ex.problem();
		}
		String hint = "Say where it goes with map=%s:column, or leave it out with map=%s:-, or all such columns with unknown=skip."
			.formatted(name, name);
		return new ProblemException(new Problem(BAD_REQUEST, problem.code(), problem.message(), null,
				(problem.hint() != null) ? problem.hint() + ". " + hint : hint, name));
	}

	private static String plain(String name) {
		return name.codePoints()
			.filter(Character::isLetterOrDigit)
			.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
			.toString()
			.toLowerCase(Locale.ROOT);
	}

	private Column column(String name) {
		boolean key = this.request.mode() == ImportRequest.Mode.UPDATE && isKey(name);
		// The key of a row to change is only compared.
		return this.target.column(name,
				key ? this.target.access().readable() : writable(this.request, this.target, name));
	}

	private boolean isKey(String name) {
		List<String> key = this.request.key().isEmpty() ? this.target.relation().primaryKey() : this.request.key();
		return key.contains(name) && this.target.access().allows(Operation.SELECT);
	}

	private static Set<String> writable(ImportRequest request, BulkTarget target, String name) {
		List<String> key = request.key().isEmpty() ? target.relation().primaryKey() : request.key();
		// The key of a row that is there is not changed.
		return (request.mode() == ImportRequest.Mode.UPSERT && key.contains(name)) ? target.access().insertable()
				: FileColumns.writable(request, target);
	}

	private static String shortened(String text) {
		return (text.length() <= 500) ? text : text.substring(0, 500) + "…";
	}

	private static ProblemException problem(String message, @Nullable String details, String hint,
			@Nullable String column) {
		return new ProblemException(new Problem(BAD_REQUEST, "ORIEL400", message, details, hint, column));
	}

}

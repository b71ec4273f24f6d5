package dev.oriel.admin;

import java.security.Principal;
import java.util.function.Function;
import java.util.function.Supplier;

import dev.oriel.admin.access.Caller;
import dev.oriel.admin.data.FunctionCaller;
import dev.oriel.admin.data.RelationReader;
import dev.oriel.admin.data.RelationWriter;
import dev.oriel.admin.data.RowCursor;
import dev.oriel.admin.live.LiveEngine;
import dev.oriel.admin.schema.SchemaSource;
import dev.oriel.admin.transfer.Exporter;
import dev.oriel.admin.transfer.Imports;

import org.jspecify.annotations.Nullable;

/**
 * The tables, views and functions of the database for the application's own code: in a
 * controller, a scheduled job, a runner, with or without a web server. It speaks the
 * language of the HTTP interface and goes the same way: the same queries, checks, rules
 * of access and errors.
 * <p>
 * Nothing is done without saying on whose behalf:
 *
 * <pre>
 * oriel.asSystem().table("sales.orders").where("status", "eq", "open").orderBy("id.desc").list();
 * </pre>
 *
 * A transaction that surrounds the call is joined: what is written is kept or undone with
 * it, and a write that fails leaves it usable. Without one, each call is a transaction of
 * its own.
 * <p>
 * What cannot be done ends with a {@link dev.oriel.admin.data.ProblemException} that says
 * why. All objects that come from here are immutable and may be kept and shared.
 *
 * @since 0.1.0
 */
public final class Oriel {

	private final Parts parts;

	/**
	 * Create Oriel; the auto-configuration does.
	 * @param parts what does the work
	 */
	public Oriel(Parts parts) {
		this.parts = parts;
	}

	/**
	 * Act for the application itself: {@link Caller#SYSTEM}. It may do what the access
	 * policy lets that caller do; the usual one, everything that the database role may.
	 */
	public OrielClient asSystem() {
		return as(Caller.SYSTEM);
	}

	/**
	 * Act for a user that Spring Security has authenticated. The same users are admitted
	 * as over HTTP, and may do the same.
	 * @param authentication an {@code Authentication}, as a controller gets it
	 * @throws dev.oriel.admin.data.ProblemException with status 401 if nobody is
	 * authenticated, 403 if the user has none of {@code oriel.security.authorities}
	 */
	public OrielClient as(@Nullable Principal authentication) {
		return as(this.parts.callers().apply(authentication));
	}

	/**
	 * Act for a caller. Only the access policy decides on what it may do.
	 * @param caller a name and authorities
	 */
	public OrielClient as(Caller caller) {
		return new OrielClient(this.parts, caller);
	}

	/**
	 * What does the work.
	 *
	 * @param source where the schema comes from
	 * @param reader reads rows
	 * @param cursor passes many rows on
	 * @param writer writes rows
	 * @param functions calls functions
	 * @param exporter writes rows into files
	 * @param imports makes rows of files
	 * @param live shows rows while they change; {@code null} where that is switched off
	 * @param callers tells which caller a principal is, or refuses it
	 */
	public record Parts(SchemaSource source, RelationReader reader, RowCursor cursor, RelationWriter writer,
			FunctionCaller functions, Exporter exporter, Imports imports, Supplier<@Nullable LiveEngine> live,
			Function<@Nullable Principal, Caller> callers) {
	}

}

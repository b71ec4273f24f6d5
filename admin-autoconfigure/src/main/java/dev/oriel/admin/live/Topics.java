package dev.oriel.admin.live;

import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import dev.oriel.admin.access.Caller;
import dev.oriel.admin.data.CountMode;
import dev.oriel.admin.data.Problem;
import dev.oriel.admin.query.Destination;
import dev.oriel.admin.query.QueryException;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.SchemaSnapshot;
import dev.oriel.admin.schema.SchemaSource;
import dev.oriel.admin.schema.SchemaUnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * The topics that messaging clients can subscribe to, by name.
 *
 * @since 0.1.0
 */
public final class Topics {

	private static final String ROWS = "/topic/rows/";

	private static final String CHANGES = "/topic/changes/";

	private static final String SCHEMA = "/topic/schema";

	private static final String JOBS = "/topic/jobs/";

	private final LiveEngine engine;

	private final SchemaSource schema;

	private final JobSource jobs;

	private final Set<Consumer<LiveMessage>> schemaReaders = ConcurrentHashMap.newKeySet();

	/**
	 * Create the topics.
	 * @param engine shows windows
	 * @param schema the relations
	 */
	public Topics(LiveEngine engine, SchemaSource schema) {
		this(engine, schema, JobSource.NONE);
	}

	/**
	 * Create the topics.
	 * @param engine shows windows
	 * @param schema the relations
	 * @param jobs the imports and exports
	 */
	public Topics(LiveEngine engine, SchemaSource schema, JobSource jobs) {
		this.engine = engine;
		this.schema = schema;
		this.jobs = jobs;
		schema.addListener((snapshot) -> {
			LiveMessage message = Messages.schema(snapshot.version());
			this.schemaReaders.forEach((reader) -> reader.accept(message));
		});
	}

	/**
	 * Whether there is a topic of that name, whatever may be wrong with its query.
	 * @param destination the topic
	 */
	public static boolean exists(String destination) {
		return destination.equals(SCHEMA) || destination.startsWith(ROWS) || destination.startsWith(CHANGES)
				|| destination.startsWith(JOBS);
	}

	/**
	 * Return what tells the versions of this run of this node from those of all others.
	 */
	public String epoch() {
		return this.engine.epoch();
	}

	/**
	 * Return what to tell somebody who may not subscribe to more.
	 * @param limit how many subscriptions there may be
	 */
	public static LiveMessage tooManySubscriptions(int limit) {
		return Messages.error(new Problem(429, "ORIEL429", "There are too many subscriptions",
				"One user may have %d at a time, over all sockets.".formatted(limit),
				"Unsubscribe from what is not shown any more"));
	}

	/**
	 * Subscribe to a topic. What is wrong with the request is told as a message.
	 * @param caller on whose behalf
	 * @param request the topic
	 * @param sink told of it; must neither block nor throw
	 */
	public Subscription subscribe(Caller caller, TopicRequest request, Consumer<LiveMessage> sink) {
		try {
			String destination = request.destination();
			if (destination.equals(SCHEMA)) {
				return schema(sink);
			}
			if (destination.startsWith(JOBS)) {
				return job(caller, destination.substring(JOBS.length()), sink);
			}
			return destination.startsWith(CHANGES) ? changes(caller, destination, sink) : rows(caller, request, sink);
		}
		catch (QueryException ex) {
			return failed(new Problem(400, ex.code(), String.valueOf(ex.getMessage()), ex.details(), ex.hint()), sink);
		}
		catch (SchemaUnavailableException ex) {
			return failed(new Problem(503, "PGRST000", "The database cannot be reached", null, "Subscribe again later"),
					sink);
		}
	}

	private Subscription rows(Caller caller, TopicRequest request, Consumer<LiveMessage> sink) {
		Destination destination = Destination.parse(request.destination());
		WindowOptions options = new WindowOptions(request.rowVersion(), count(request.count()));
		HeldState held = HeldState.parse(request.epoch(), request.version());
		String schemaName = request.schema();
		if (schemaName == null || schemaName.isBlank()) {
			SchemaSnapshot snapshot = this.schema.snapshot();
			schemaName = snapshot.schemas().isEmpty() ? "public" : snapshot.schemas().get(0);
		}
		return this.engine.subscribe(caller, new RelationName(schemaName, destination.relation()), destination.query(),
				options, held, sink);
	}

	private Subscription changes(Caller caller, String destination, Consumer<LiveMessage> sink) {
		String name = destination.substring(CHANGES.length());
		int dot = name.indexOf('.');
		if (dot <= 0 || dot == name.length() - 1) {
			throw new QueryException("PGRST125", "Invalid path specified in request URL", null,
					"Subscribe to " + CHANGES + "{schema}.{table}");
		}
		return this.engine.changes(caller, new RelationName(name.substring(0, dot), name.substring(dot + 1)), sink);
	}

	private Subscription job(Caller caller, String id, Consumer<LiveMessage> sink) {
		if (this.jobs.current(caller, id) == null) {
			return failed(new Problem(404, "ORIEL404", "There is no job with this id", null, null), sink);
		}
		Runnable end = this.jobs.follow(caller, id, (document) -> sink.accept(Messages.job(document)));
		return new Subscription() {

			@Override
			public @Nullable LiveMessage current() {
				String document = Topics.this.jobs.current(caller, id);
				return (document != null) ? Messages.job(document) : null;
			}

			@Override
			public void close() {
				end.run();
			}

		};
	}

	private Subscription schema(Consumer<LiveMessage> sink) {
		this.schemaReaders.add(sink);
		tellVersion(sink);
		return new Subscription() {

			@Override
			public LiveMessage current() {
				return Messages.schema(Topics.this.schema.snapshot().version());
			}

			@Override
			public void close() {
				Topics.this.schemaReaders.remove(sink);
			}

		};
	}

	/**
	 * Tell which version is in force, because one who has read the schema a moment ago
	 * may have missed a change since. What comes last is the newest.
	 */
	private void tellVersion(Consumer<LiveMessage> sink) {
		try {
			SchemaSnapshot told;
			do {
				told = this.schema.snapshot();
				sink.accept(Messages.schema(told.version()));
			}
			while (this.schema.snapshot() != told);
		}
		catch (SchemaUnavailableException ex) {
			// The first version is not a change either.
		}
	}

	private static CountMode count(@Nullable String mode) {
		if (mode == null) {
			return CountMode.ESTIMATED;
		}
		try {
			return CountMode.valueOf(mode.toUpperCase(Locale.ROOT));
		}
		catch (IllegalArgumentException ex) {
			throw new QueryException("PGRST100", "'" + mode + "' is no way to count", null,
					"Use none, exact, planned or estimated");
		}
	}

	private static Subscription failed(Problem problem, Consumer<LiveMessage> sink) {
		LiveMessage message = Messages.error(problem);
		sink.accept(message);
		return new Subscription() {

			@Override
			public LiveMessage current() {
				return message;
			}

			@Override
			public void close() {
				// There is nothing to end.
			}

		};
	}

}

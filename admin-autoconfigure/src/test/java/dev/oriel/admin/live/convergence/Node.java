package dev.oriel.admin.live.convergence;

import java.util.List;

import dev.oriel.admin.change.LiveMode;
import dev.oriel.admin.live.convergence.RandomQueries.RandomQuery;
import dev.oriel.admin.live.convergence.RandomWrites.Row;
import org.jspecify.annotations.Nullable;

/**
 * An application, as far as a storm uses it.
 */
interface Node extends AutoCloseable {

	/**
	 * Return who there is.
	 */
	List<String> users();

	/**
	 * Return how changes of a table become known.
	 */
	LiveMode mode(String table);

	/**
	 * Let a client subscribe to its query, once more if it had before.
	 */
	void subscribe(ShowingClient client);

	/**
	 * Return what a GET answers at this moment: rows, or the code of a problem.
	 */
	String get(String user, RandomQuery query);

	/**
	 * Return the cursor of the page behind a query's, or {@code null} if there is none.
	 */
	@Nullable String next(String user, RandomQuery query);

	/**
	 * Write a row through Oriel, or fail to.
	 */
	void write(Row row);

	/**
	 * Make it hard for some clients.
	 */
	void disturb(Dice dice);

	/**
	 * Let all clients live in peace.
	 */
	void heal();

	@Override
	void close();

}

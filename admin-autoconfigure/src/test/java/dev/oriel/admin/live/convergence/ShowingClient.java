package dev.oriel.admin.live.convergence;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.oriel.admin.live.RawJson;
import dev.oriel.admin.live.ShownRows;
import dev.oriel.admin.live.convergence.RandomQueries.RandomQuery;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who looks at a query and knows nothing but the messages.
 */
final class ShowingClient extends ShownRows {

	private static final Pattern CODE = Pattern.compile("\"code\":\"([^\"]*)\"");

	private static final int REMEMBERED = 6;

	private final String user;

	private final RandomQuery query;

	private final Deque<String> last = new ArrayDeque<>();

	private volatile @Nullable Throwable failure;

	ShowingClient(String user, RandomQuery query) {
		this.user = user;
		this.query = query;
	}

	String user() {
		return this.user;
	}

	RandomQuery query() {
		return this.query;
	}

	@Override
	public synchronized void apply(String message) {
		this.last.addLast(message.substring(0, Math.min(message.length(), 2_000)));
		if (this.last.size() > REMEMBERED) {
			this.last.removeFirst();
		}
		try {
			super.apply(message);
		}
		catch (RuntimeException ex) {
			// A message that does not fit what is shown.
			this.failure = ex;
		}
	}

	/**
	 * Forget everything, because the subscription is another from now on.
	 */
	synchronized void forget() {
		this.rows = null;
		this.problem = null;
	}

	/**
	 * Return what is shown: rows, or the code of a problem.
	 */
	synchronized String shown() {
		String told = this.problem;
		return (told != null) ? problem(told) : json();
	}

	static String problem(String json) {
		Matcher code = CODE.matcher(json);
		return "problem " + (code.find() ? code.group(1) : json);
	}

	boolean isInTrouble() {
		return this.problem != null;
	}

	boolean isShowing() {
		return this.rows != null;
	}

	/**
	 * Whether deltas came, rather than only snapshots.
	 */
	boolean wasTold() {
		return this.deltas > 0;
	}

	/**
	 * Whether the client shows an answer. Where the order of rows is not certain, any
	 * will do.
	 */
	boolean shows(String answer) {
		String shown = shown();
		return shown.equals(answer) || (!this.query.ordered() && !this.isInTrouble() && answer.startsWith("[")
				&& this.rows != null && sorted(shown).equals(sorted(answer)));
	}

	private static List<String> sorted(String json) {
		return RawJson.elements("{\"rows\":" + json + "}", "\"rows\":").stream().sorted().toList();
	}

	/**
	 * Return what is wrong with the messages themselves, or {@code null}.
	 */
	@Nullable String complaint() {
		if (this.failure != null) {
			return "a message did not fit what was shown: " + this.failure;
		}
		return (this.gaps > 0) ? this.gaps + " messages did not follow the one before" : null;
	}

	/**
	 * Describe what is shown instead of an answer.
	 */
	synchronized String difference(String answer) {
		String shown = shown();
		StringBuilder text = new StringBuilder("%s asks %s%n".formatted(this.user, this.query));
		if (shown.startsWith("[") && answer.startsWith("[")) {
			List<String> has = sorted(shown);
			List<String> wants = sorted(answer);
			text.append("  rows shown and not answered: ").append(without(has, wants)).append('\n');
			text.append("  rows answered and not shown: ").append(without(wants, has)).append('\n');
			text.append(has.equals(wants) ? "  the order differs\n" : "");
		}
		text.append("  shown:  ").append(shown).append("\n  answer: ").append(answer);
		this.last.forEach((message) -> text.append("\n  told: ").append(message));
		return text.toString();
	}

	private static List<String> without(List<String> all, List<String> others) {
		return all.stream().filter((each) -> !others.contains(each)).toList();
	}

}

package dev.oriel.admin.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import dev.oriel.admin.query.QueryException;
import dev.oriel.admin.query.SelectItem;
import dev.oriel.admin.schema.Relationship;

/**
 * What one level of a statement embeds.
 */
final class Embeddings {

	/** Nothing. */
	static final Embeddings NONE = new Embeddings(List.of());

	private final List<Embedding> embeddings;

	private Embeddings(List<Embedding> embeddings) {
		this.embeddings = embeddings;
	}

	/**
	 * Find the relationships that a level's select list names.
	 */
	static Embeddings resolve(Level level, AtomicInteger numbers) {
		List<Embedding> embeddings = new ArrayList<>();
		for (SelectItem item : level.query().select()) {
			if (item instanceof SelectItem.Embed embed) {
				Relationship relationship = RelationshipNames.resolve(level.scope(), embed);
				embeddings.add(Embedding.of(level, embed, relationship, numbers));
			}
		}
		return embeddings.isEmpty() ? NONE : new Embeddings(embeddings);
	}

	Embedding of(SelectItem.Embed embed) {
		return first((each) -> each.embed() == embed, embed.label());
	}

	/**
	 * Return the embed that filters and order call by this label.
	 */
	Embedding labelled(String label) {
		return first((each) -> each.embed().label().equals(label), label);
	}

	/**
	 * Return all of them.
	 */
	List<Embedding> all() {
		return this.embeddings;
	}

	/**
	 * Return those without which a row is left out.
	 */
	List<Embedding> inner() {
		return this.embeddings.stream().filter((each) -> each.embed().join() == SelectItem.Join.INNER).toList();
	}

	/**
	 * Return those that a field of the answer comes from.
	 */
	List<Embedding> shown() {
		return this.embeddings.stream().filter((each) -> !each.level().slots().isEmpty()).toList();
	}

	private Embedding first(Predicate<Embedding> condition, String label) {
		for (Embedding embedding : this.embeddings) {
			if (condition.test(embedding)) {
				return embedding;
			}
		}
		throw new QueryException("PGRST108", "'" + label + "' is not an embedded resource in this request", null,
				"Verify that '" + label + "' is included in the 'select' query parameter.");
	}

}

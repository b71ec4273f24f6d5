package dev.oriel.admin.extension;

import java.util.EnumSet;
import java.util.Set;

import dev.oriel.admin.access.Operation;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.schema.RelationName;

/**
 * Code of the host that takes part in writing rows: it may change what is about to be
 * written, refuse it, or follow it up. Every bean of this type is called, in the order of
 * {@code @Order} or {@link org.springframework.core.Ordered Ordered}; at equal order,
 * hooks on all relations come before those on some.
 * <p>
 * A hook is called once for each relation, operation and request, with all rows; only
 * imports of files call it with a thousand rows at a time, and again with fewer where a
 * row among them has to stay out. {@link #before} and {@link #after} run inside the
 * transaction that writes, on the thread of the request: what they do with the host's
 * {@code DataSource} by Spring's means, or with Oriel's Java interface, is kept or undone
 * with the rows. What functions, triggers and foreign keys write is not seen; neither are
 * reads.
 * <p>
 * A {@link VetoException} undoes everything and tells the caller why; in an import, it
 * rejects the rows that it comes from. Any other exception undoes everything too; the
 * caller learns only that the request failed, the log says why. Relations that no hook
 * applies to cost nothing.
 *
 * @since 0.1.0
 */
public interface WriteHook {

	/**
	 * Return the relations that this hook is about; none stands for all of them.
	 */
	default Set<RelationName> relations() {
		return Set.of();
	}

	/**
	 * Whether this hook is called for a relation; by default, for those of
	 * {@link #relations()}. Asked once for each relation as long as the schema is the
	 * same.
	 * @param relation the relation, with its columns and keys
	 */
	default boolean appliesTo(Relation relation) {
		return relations().isEmpty() || relations().contains(relation.name());
	}

	/**
	 * Return the operations that this hook is called for; by default, all that write.
	 */
	default Set<Operation> operations() {
		return EnumSet.of(Operation.INSERT, Operation.UPDATE, Operation.DELETE);
	}

	/**
	 * Look at rows that are about to be written, change their values or reject them.
	 * @param write the rows; at least one
	 * @throws VetoException to refuse them
	 */
	default void before(BeforeWrite write) {
	}

	/**
	 * Look at rows that were written, while they can still be undone.
	 * @param write the rows; at least one
	 * @throws VetoException to undo everything
	 */
	default void after(AfterWrite write) {
	}

	/**
	 * Follow up rows that are kept. The connection has been given back, and nothing can
	 * be undone any more: an exception is logged and otherwise ignored. Not called where
	 * everything was undone, by an error or because the request was only a try.
	 * @param write the same as was given to {@link #after}, or for an import equal to it
	 */
	default void afterCommit(AfterWrite write) {
	}

}

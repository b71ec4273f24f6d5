package dev.oriel.admin.data;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import dev.oriel.admin.access.Operation;
import dev.oriel.admin.extension.WriteHook;
import dev.oriel.admin.schema.Relation;

import org.springframework.util.function.SingletonSupplier;

/**
 * The hooks that the host has, in the order in which they are called.
 *
 * @since 0.1.0
 */
public final class WriteHooks {

	/** There are none. */
	public static final WriteHooks NONE = new WriteHooks(List::of);

	private final Supplier<List<WriteHook>> hooks;

	/**
	 * The hooks on each relation, by its OID, as long as the schema is the same.
	 */
	private final Map<Long, Applicable> applicable = new ConcurrentHashMap<>();

	/**
	 * Create hooks.
	 * @param hooks returns them in their order; asked once, when rows are first written,
	 * because hooks may write themselves
	 */
	public WriteHooks(Supplier<List<WriteHook>> hooks) {
		this.hooks = SingletonSupplier.of(() -> List.copyOf(hooks.get()));
	}

	/**
	 * Return the hooks on an operation on the rows of a relation.
	 */
	List<WriteHook> on(Relation relation, Operation operation) {
		if (this.hooks.get().isEmpty()) {
			return List.of();
		}
		Applicable last = this.applicable.get(relation.oid());
		if (last == null || last.relation() != relation) {
			last = new Applicable(relation,
					this.hooks.get().stream().filter((hook) -> hook.appliesTo(relation)).toList());
			this.applicable.put(relation.oid(), last);
		}
		return last.hooks().stream().filter((hook) -> hook.operations().contains(operation)).toList();
	}

	/**
	 * The hooks on a relation.
	 */
	private record Applicable(Relation relation, List<WriteHook> hooks) {

	}

}

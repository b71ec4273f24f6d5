package dev.oriel.admin.schema.postgres;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.DataType;
import dev.oriel.admin.schema.Enforcement;
import dev.oriel.admin.schema.ForeignKey;
import dev.oriel.admin.schema.Function;
import dev.oriel.admin.schema.Index;
import dev.oriel.admin.schema.InheritedKey;
import dev.oriel.admin.schema.Privileges;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.Structure;
import dev.oriel.admin.schema.UniqueKey;
import org.jspecify.annotations.Nullable;

/**
 * The hash of what a snapshot holds, the same on every node. Estimated numbers of rows do
 * not count: they change all the time and nothing depends on them.
 */
final class ContentHash {

	private static final int LENGTH = 16;

	private final MessageDigest digest;

	/**
	 * What is not in the digest yet, because it takes many bytes at once more quickly.
	 */
	private final ByteBuffer buffer = ByteBuffer.allocate(8_192);

	/** Those whose content is in the digest already. */
	private final Set<Long> types = new HashSet<>();

	private ContentHash() {
		try {
			this.digest = MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

	static String of(String database, List<String> schemas, Collection<Relation> relations,
			Collection<Function> functions, Collection<InheritedKey> inherited) {
		ContentHash hash = new ContentHash();
		hash.text(database);
		hash.all(schemas, hash::text);
		hash.all(relations, hash::relation);
		hash.all(functions, hash::function);
		hash.all(inherited, hash::inheritedKey);
		hash.flush();
		return HexFormat.of().formatHex(hash.digest.digest(), 0, LENGTH);
	}

	private void relation(Relation relation) {
		number(relation.oid());
		name(relation.name());
		text(relation.kind().name());
		text(relation.comment());
		all(relation.columns(), this::column);
		all(relation.primaryKey(), this::text);
		all(relation.uniqueKeys(), this::uniqueKey);
		all(relation.foreignKeys(), this::foreignKey);
		name(relation.partitionOf());
		privileges(relation.privileges());
		structure(relation.structure());
	}

	private void structure(Structure structure) {
		tags(structure.tags());
		flag(structure.unlogged());
		all(structure.parents(), this::name);
		text(structure.partitioning().key());
		text(structure.partitioning().bound());
		flag(structure.rowSecurity().enabled());
		flag(structure.rowSecurity().forced());
		all(structure.constraints(), (constraint) -> {
			text(constraint.name());
			text(constraint.definition());
			all(constraint.columns(), this::text);
			enforcement(constraint.enforcement());
		});
		all(structure.indexes(), this::index);
		text(structure.content().name());
		privileges(structure.supported());
	}

	private void index(Index index) {
		text(index.name());
		text(index.method());
		flag(index.primary());
		flag(index.unique());
		flag(index.valid());
		all(index.parts(), (part) -> text(part.text()));
		all(index.included(), this::text);
		text(index.predicate());
	}

	private void tags(Map<String, String> tags) {
		number(tags.size());
		new TreeMap<>(tags).forEach((name, value) -> {
			text(name);
			text(value);
		});
	}

	private void enforcement(Enforcement enforcement) {
		flag(enforcement.enforced());
		flag(enforcement.validated());
		flag(enforcement.deferrable());
		flag(enforcement.deferred());
	}

	private void column(Column column) {
		text(column.name());
		number(column.position());
		type(column.type());
		text(column.declaredType());
		flag(column.nullable());
		text(column.defaultExpression());
		text(column.identity().name());
		text(column.generation().name());
		text(column.comment());
		privileges(column.privileges());
		tags(column.tags());
	}

	private void type(DataType type) {
		number(type.oid());
		if (this.types.add(type.oid())) {
			content(type);
		}
	}

	private void content(DataType type) {
		text(type.sqlName());
		if (type instanceof DataType.Base base) {
			text(base.name());
			number(base.category());
		}
		else if (type instanceof DataType.Enumeration enumeration) {
			all(enumeration.labels(), this::text);
		}
		else if (type instanceof DataType.Domain domain) {
			type(domain.base());
			flag(domain.notNull());
			all(domain.checks(), this::text);
		}
		else if (type instanceof DataType.Array array) {
			type(array.element());
		}
		else if (type instanceof DataType.Range range) {
			flag(range.multirange());
		}
		else if (type instanceof DataType.Composite composite) {
			all(composite.fields(), (field) -> {
				text(field.name());
				type(field.type());
				text(field.declaredType());
			});
		}
	}

	private void function(Function function) {
		number(function.oid());
		text(function.schema());
		text(function.name());
		all(function.arguments(), (argument) -> {
			text(argument.name());
			type(argument.type());
			text(argument.mode().name());
			flag(argument.optional());
		});
		type(function.result().type());
		text(function.result().shape().name());
		flag(function.result().set());
		all(function.result().columns(), this::column);
		name(function.result().relation());
		text(function.volatility().name());
		text(function.comment());
		flag(function.executable());
		Function.Computed computed = function.computed();
		name((computed != null) ? computed.relation() : null);
		flag(computed != null && computed.single());
	}

	private void uniqueKey(UniqueKey key) {
		text(key.name());
		all(key.columns(), this::text);
	}

	private void foreignKey(ForeignKey key) {
		text(key.name());
		all(key.columns(), this::text);
		name(key.target());
		all(key.targetColumns(), this::text);
		text(key.onDelete().name());
		flag(key.unique());
		text(key.onUpdate().name());
		enforcement(key.enforcement());
	}

	private void inheritedKey(InheritedKey key) {
		text(key.name());
		text(key.onDelete().name());
		all(key.sources(), this::end);
		all(key.targets(), this::end);
	}

	private void end(InheritedKey.End end) {
		name(end.relation());
		all(end.columns(), this::text);
		flag(end.view());
		flag(end.unique());
		flag(end.ofPrimaryKey());
	}

	private void privileges(Privileges privileges) {
		flag(privileges.select());
		flag(privileges.insert());
		flag(privileges.update());
		flag(privileges.delete());
	}

	private void name(@Nullable RelationName name) {
		text((name != null) ? name.schema() : null);
		text((name != null) ? name.name() : null);
	}

	// The lengths keep neighbouring values apart, whatever is in them.
	private <T> void all(Collection<T> values, Consumer<T> each) {
		number(values.size());
		values.forEach(each);
	}

	private void text(@Nullable String text) {
		if (text == null) {
			number(-1);
			return;
		}
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		number(bytes.length);
		if (bytes.length > this.buffer.remaining()) {
			flush();
		}
		if (bytes.length > this.buffer.remaining()) {
			this.digest.update(bytes);
		}
		else {
			this.buffer.put(bytes);
		}
	}

	private void number(long number) {
		if (this.buffer.remaining() < Long.BYTES) {
			flush();
		}
		this.buffer.putLong(number);
	}

	private void flag(boolean flag) {
		if (!this.buffer.hasRemaining()) {
			flush();
		}
		this.buffer.put((byte) (flag ? 1 : 0));
	}

	private void flush() {
		this.digest.update(this.buffer.flip());
		this.buffer.clear();
	}

}

package dev.oriel.admin.web;

import java.util.List;

import dev.oriel.admin.access.RelationAccess;
import dev.oriel.admin.schema.Limitation;
import dev.oriel.admin.schema.Limitations;
import dev.oriel.admin.schema.Relation;

/**
 * Why a relation cannot be used in some way, in the shape of its JSON.
 *
 * @param code the reason, for programs
 * @param message the reason, for people
 * @param columns the columns it is about; empty if it is about the whole relation
 */
record LimitationDocument(String code, String message, List<String> columns) {

	/**
	 * Return the limitations of a relation, as far as the caller may know.
	 */
	static List<LimitationDocument> of(Relation relation, RelationAccess access) {
		return Limitations.of(relation, access.readable()).stream().map(LimitationDocument::of).toList();
	}

	private static LimitationDocument of(Limitation limitation) {
		return new LimitationDocument(limitation.reason().code(), limitation.message(), limitation.columns());
	}

}

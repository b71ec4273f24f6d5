package dev.oriel.admin.data;

import java.util.List;

import dev.oriel.admin.schema.Relationship;

/**
 * The related rows that a row of a body embeds as one of its members.
 *
 * @param name the name of the member
 * @param path where the member stands in the body
 * @param relationship the way to them
 * @param rows the rows; for a relationship to one row, none if the member is {@code null}
 */
record FamilyLink(String name, String path, Relationship relationship, List<FamilyRow> rows) {

	FamilyLink {
		rows = List.copyOf(rows);
	}

}

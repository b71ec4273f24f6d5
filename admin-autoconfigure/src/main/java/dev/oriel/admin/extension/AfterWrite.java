package dev.oriel.admin.extension;

import java.util.List;

/**
 * Rows that were written.
 *
 * @since 0.1.0
 */
public interface AfterWrite extends Write {

	/**
	 * Return the rows that were really written, without those that a trigger kept from it
	 * or that were left as they are.
	 */
	List<WrittenRow> rows();

}

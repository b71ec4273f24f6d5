package dev.oriel.admin.extension;

import java.util.List;

/**
 * Rows that are about to be written.
 *
 * @since 0.1.0
 */
public interface BeforeWrite extends Write {

	/**
	 * Return the rows, in the order in which the request names them, or else in the order
	 * of their key.
	 */
	List<PendingRow> rows();

}

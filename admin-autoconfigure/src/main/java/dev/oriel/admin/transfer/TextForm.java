package dev.oriel.admin.transfer;

import org.jspecify.annotations.Nullable;

/**
 * How the texts of a column are written in a file.
 */
interface TextForm {

	/**
	 * Return a text as PostgreSQL reads it, or {@code null} if it is not written in this
	 * form.
	 */
	@Nullable String read(String text);

	/**
	 * Whether what PostgreSQL reads can be another text than the one in the file.
	 */
	boolean isConverting();

	/**
	 * Return the SQLSTATE of a text that is not written in this form.
	 */
	String code();

	/**
	 * Return what is wrong with such a text.
	 */
	String problem(String text);

	/**
	 * Return what to do about such a text.
	 */
	String hint(String text);

}

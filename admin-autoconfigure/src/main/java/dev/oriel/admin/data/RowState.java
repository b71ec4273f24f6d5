package dev.oriel.admin.data;

/**
 * How far a row of a family has come: it is new, is found or absent once it was looked
 * up, and is done once it was written.
 */
enum RowState {

	/** It is not known whether it is there. */
	NEW,
	/** It is there, and may have to be changed. */
	FOUND,
	/** It is not there, and has to be inserted. */
	ABSENT,
	/** There is nothing left to do. */
	DONE

}

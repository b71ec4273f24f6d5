package dev.oriel.admin.web;

/**
 * Runs every example of docs/import-export.md.
 */
class TransferDocumentationIntegrationTests extends DocumentationTests {

	TransferDocumentationIntegrationTests() {
		super(DocumentedPage.TRANSFER);
	}

}

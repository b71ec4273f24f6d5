package dev.oriel.admin.web;

/**
 * Runs every example of docs/writing.md.
 */
class WritingDocumentationIntegrationTests extends DocumentationTests {

	WritingDocumentationIntegrationTests() {
		super(DocumentedPage.WRITING);
	}

}

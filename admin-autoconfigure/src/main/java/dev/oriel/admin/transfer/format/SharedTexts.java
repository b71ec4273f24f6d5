package dev.oriel.admin.transfer.format;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The texts that the cells of a workbook refer to by their number. Cells refer to them in
 * no order, so all of them are kept, and their size is limited.
 *
 * @param texts the texts
 */
record SharedTexts(List<String> texts) {

	static final SharedTexts NONE = new SharedTexts(List.of());

	/** What a text costs besides its characters, counted as characters. */
	private static final int OVERHEAD = 24;

	static SharedTexts read(XmlPart xml, int maxCharacters) throws IOException {
		List<String> texts = new ArrayList<>();
		StringBuilder text = new StringBuilder();
		long characters = 0;
		while (xml.next()) {
			if (!xml.atStart() || !xml.element().equals("si")) {
				continue;
			}
			text.setLength(0);
			readText(xml, "si", text);
			texts.add(XmlText.unescaped(text.toString()));
			characters += text.length() + OVERHEAD;
			if (characters > maxCharacters) {
				throw new FileFormatException(0,
						"The texts of the workbook are too many: they may have %d characters altogether"
							.formatted(maxCharacters),
						"Send the rows as CSV, or in several workbooks.");
			}
		}
		return new SharedTexts(texts);
	}

	/**
	 * Add the text of an element, with all of its runs but not how they are pronounced.
	 */
	static void readText(XmlPart xml, String element, StringBuilder text) throws IOException {
		boolean inText = false;
		int pronounced = 0;
		while (xml.next() && !xml.atEnd(element)) {
			if (xml.atStart()) {
				inText = xml.element().equals("t");
				pronounced += xml.element().equals("rPh") ? 1 : 0;
			}
			else if (xml.atEnd("t")) {
				inText = false;
			}
			else if (xml.atEnd("rPh")) {
				pronounced--;
			}
			else if (inText && pronounced == 0) {
				xml.addText(text);
			}
		}
	}

	@Nullable String get(String number) {
		try {
			int index = Integer.parseInt(number);
			return (index >= 0 && index < this.texts.size()) ? this.texts.get(index) : null;
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

}

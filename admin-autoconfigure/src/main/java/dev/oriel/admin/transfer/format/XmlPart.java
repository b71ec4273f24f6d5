package dev.oriel.admin.transfer.format;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

import org.jspecify.annotations.Nullable;

/**
 * One part of a workbook, read element by element. No part of a workbook declares a
 * document type, so one that does is refused, and with it all that entities can do.
 */
final class XmlPart implements Closeable {

	/** The JDK's own, whatever else an application has. */
	private static final XMLInputFactory FACTORY = factory();

	private final String name;

	private final InputStream in;

	private final XMLStreamReader xml;

	private final int longest;

	XmlPart(String name, InputStream in, int longest) throws IOException {
		this.name = name;
		this.in = in;
		this.longest = longest;
		try {
			this.xml = FACTORY.createXMLStreamReader(in);
		}
		catch (XMLStreamException ex) {
			throw damaged(ex);
		}
	}

	private static XMLInputFactory factory() {
		XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
		factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
		factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
		factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
		// It counts even &amp;, so that a long sheet would come to an end early.
		for (String limit : new String[] { "totalEntitySizeLimit", "maxGeneralEntitySizeLimit",
				"entityExpansionLimit" }) {
			if (factory.isPropertySupported("jdk.xml." + limit)) {
				factory.setProperty("jdk.xml." + limit, 0);
			}
		}
		return factory;
	}

	/**
	 * Go to the next beginning of an element and return its local name, or {@code null}
	 * at the end of the part.
	 */
	@Nullable String nextElement() throws IOException {
		while (next()) {
			if (this.xml.getEventType() == XMLStreamConstants.START_ELEMENT) {
				return this.xml.getLocalName();
			}
		}
		return null;
	}

	/**
	 * Go on to whatever is next and return whether there is anything.
	 */
	boolean next() throws IOException {
		try {
			if (!this.xml.hasNext()) {
				return false;
			}
			int event = this.xml.next();
			if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
				throw new FileFormatException(0,
						"The workbook declares a document type in its part '%s'".formatted(this.name),
						"No spreadsheet program does. Save it again with one.");
			}
			return event != XMLStreamConstants.END_DOCUMENT;
		}
		catch (XMLStreamException ex) {
			throw damaged(ex);
		}
		catch (RuntimeException ex) {
			// The parser of the JDK fails like that for some texts that are no XML.
			throw damaged(ex);
		}
	}

	private IOException damaged(Exception cause) {
		for (Throwable each = cause; each != null; each = (each instanceof XMLStreamException xmlException
				&& xmlException.getNestedException() != null) ? xmlException.getNestedException() : each.getCause()) {
			if (each instanceof FileFormatException ex) {
				return ex;
			}
		}
		FileFormatException ex = new FileFormatException(0,
				"The part '%s' of the workbook is damaged".formatted(this.name),
				"Save the workbook again with a spreadsheet program.");
		ex.initCause(cause);
		return ex;
	}

	boolean atStart() {
		return this.xml.getEventType() == XMLStreamConstants.START_ELEMENT;
	}

	boolean atEnd(String element) {
		return this.xml.getEventType() == XMLStreamConstants.END_ELEMENT && this.xml.getLocalName().equals(element);
	}

	String element() {
		return this.xml.getLocalName();
	}

	/**
	 * Return an attribute by its local name, or {@code null}.
	 */
	@Nullable String attribute(String attribute) {
		for (int i = 0; i < this.xml.getAttributeCount(); i++) {
			if (this.xml.getAttributeLocalName(i).equals(attribute)) {
				return this.xml.getAttributeValue(i);
			}
		}
		return null;
	}

	/**
	 * Return the number that an attribute holds.
	 * @param text the attribute, or {@code null} if it is not there
	 * @param otherwise what it counts as if it is not there or no number
	 */
	static long number(@Nullable String text, long otherwise) {
		return (text != null && text.matches("\\d{1,9}")) ? Long.parseLong(text) : otherwise;
	}

	/**
	 * Add the characters that this is at, if it is at any.
	 */
	void addText(StringBuilder text) throws FileFormatException {
		int event = this.xml.getEventType();
		if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA
				|| event == XMLStreamConstants.SPACE) {
			text.append(this.xml.getTextCharacters(), this.xml.getTextStart(), this.xml.getTextLength());
			if (text.length() > this.longest) {
				throw new FileFormatException(0, "A text in the part '%s' of the workbook has more than %d characters"
					.formatted(this.name, this.longest), null);
			}
		}
	}

	@Override
	public void close() throws IOException {
		try {
			this.xml.close();
		}
		catch (XMLStreamException ex) {
			throw new IOException(ex);
		}
		finally {
			this.in.close();
		}
	}

}

package dev.oriel.admin.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Tells which key is wrong and what to write instead.
 */
class InvalidOrielPropertyFailureAnalyzer extends AbstractFailureAnalyzer<InvalidOrielPropertyException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidOrielPropertyException cause) {
		return new FailureAnalysis(cause.description(), cause.action(), cause);
	}

}

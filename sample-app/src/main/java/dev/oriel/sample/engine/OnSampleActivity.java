package dev.oriel.sample.engine;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches where {@code sample.activity} says so; unless it does, a database that somebody
 * configured is left alone.
 */
class OnSampleActivity implements Condition {

	@Override
	public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
		Environment environment = context.getEnvironment();
		boolean embedded = !environment.containsProperty("spring.datasource.url");
		return environment.getProperty("sample.activity", Boolean.class, embedded);
	}

}
